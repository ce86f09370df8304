"""Whose turn a ticket is, and the clocks of what each party promised."""
