"""What was measured on circuits, and whether the back-up line takes over."""
