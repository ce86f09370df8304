"""Assets, as the inventory says them; this service holds a copy to link tickets to."""
