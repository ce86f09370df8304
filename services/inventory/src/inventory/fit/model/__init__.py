"""Needs, what machines lack of them, and the cheapest mend; no I/O."""
