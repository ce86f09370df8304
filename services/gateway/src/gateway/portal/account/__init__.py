"""What somebody sees and chooses of their own account."""
