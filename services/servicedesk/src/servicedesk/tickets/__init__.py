"""Tickets: opened, changed, resolved, reopened and closed, each with its history."""
