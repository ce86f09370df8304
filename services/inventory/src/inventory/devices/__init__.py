"""Devices that agents found: what is known of them, and what is doubtful settled."""
