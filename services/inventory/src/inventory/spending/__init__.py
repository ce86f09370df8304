"""What consumables cost a place, month by month."""
