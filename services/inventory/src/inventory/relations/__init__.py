"""What of the kit hangs on what else, and what a failure would take along."""
