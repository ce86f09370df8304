"""A school as the register knows it: who it is, where, of whom, and what it was."""
