"""A map of an LA's schools: dots by their place, and the same as a list."""
