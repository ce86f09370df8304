"""What a place's machines run, and how long that is supported."""
