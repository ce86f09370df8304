"""How any service runs; knows no word of the domain."""
