"""Imports: many assets at once, as another system's register holds them."""
