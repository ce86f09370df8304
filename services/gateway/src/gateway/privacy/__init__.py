"""What is held of people: told to them, erased when they are gone, kept for so long."""
