"""Finding a school and changing to it."""
