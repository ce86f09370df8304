"""Assets and tickets as lists, of a school or a whole LA."""
