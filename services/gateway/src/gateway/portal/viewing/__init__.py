"""Looking as somebody else, from their page and back to it."""
