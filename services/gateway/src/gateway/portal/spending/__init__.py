"""The pages of what consumables cost."""
