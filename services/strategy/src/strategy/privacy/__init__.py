"""What strategy holds about people: nothing but who asked for what, in its record."""
