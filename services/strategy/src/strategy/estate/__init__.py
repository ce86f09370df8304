"""The estate: every school's assets as the inventory says them, and their count."""
