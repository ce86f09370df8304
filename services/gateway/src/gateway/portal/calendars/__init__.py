"""When a school is open, on pages: its year by months, and what is written of it."""
