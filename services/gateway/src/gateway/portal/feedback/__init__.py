"""What people said of how tickets went, and what stood in the team's way."""
