"""What schools use up: what there is of it, and when to order more."""
