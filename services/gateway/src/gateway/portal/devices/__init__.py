"""The pages of the machines that report by themselves."""
