"""Releases of products, how they are told, and what that says on a day; no I/O."""
