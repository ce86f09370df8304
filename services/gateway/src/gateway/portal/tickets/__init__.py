"""The ticket pages: list, add, view, comment, resolve, reopen, close."""
