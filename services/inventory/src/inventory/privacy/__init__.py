"""What the inventory holds about people."""
