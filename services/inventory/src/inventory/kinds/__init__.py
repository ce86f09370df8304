"""Kinds of kit: their own fields, how long each lasts, and what an LA adds to them."""
