"""Rooms are counted by scanning."""
