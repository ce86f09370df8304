"""What lies before a desk just now, and in whose hands."""
