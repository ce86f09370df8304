"""What happened to each asset after it was registered."""
