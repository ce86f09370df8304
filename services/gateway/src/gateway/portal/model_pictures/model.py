"""How much of a picture is taken, and what is said of one that is too much."""

LARGEST = 10 << 20
"""Bytes of a picture, as inventory takes them."""
LARGEST_FORM = 32 << 20
"""Bytes of the form around one: the page says at its field what is too large."""
FORM = "/authorities/*/models/*/picture"
TOO_LARGE = f"The picture must be {LARGEST >> 20} MB or smaller"
LONGEST_ALT = 200
