"""Custody of kit: issued, renewed, returned, and never with two at a time."""
