"""Imports: tickets of the past, many at once, as another desk's records hold them."""
