"""How long people worked on tickets, and what kind of work it was."""
