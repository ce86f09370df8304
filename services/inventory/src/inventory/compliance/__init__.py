"""Whether installed software is covered by the licences that are held of it."""
