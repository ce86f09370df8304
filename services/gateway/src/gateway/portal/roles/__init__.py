"""The forms by which people are invited, and given, moved and ended their roles."""
