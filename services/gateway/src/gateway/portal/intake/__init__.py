"""Bringing people in from a file: tried first, then done."""
