"""The next school year of a calendar, drafted, looked at and accepted, on pages."""
