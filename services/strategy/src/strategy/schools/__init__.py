"""Schools, as the directory says them; this service holds a copy."""
