"""The time that went into a ticket: who worked on it, for how long, of which kind."""
