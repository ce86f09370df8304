"""What left for good, together, and whether its data was erased before it did."""
