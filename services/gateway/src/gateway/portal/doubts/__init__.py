"""The pages of machines that may be one asset or another."""
