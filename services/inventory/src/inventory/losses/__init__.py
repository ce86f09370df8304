"""Kit that is lost or stolen, and found again."""
