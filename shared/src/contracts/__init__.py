"""What the services say to each other: the published language."""
