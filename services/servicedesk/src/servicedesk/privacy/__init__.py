"""What the desk holds about people."""
