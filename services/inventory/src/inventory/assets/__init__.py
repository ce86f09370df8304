"""Assets: registered, changed, moved and retired."""
