"""Kit goes out and comes in by scanning."""
