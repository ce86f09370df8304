"""The conversation of a ticket, between its requester and those who work on it."""
