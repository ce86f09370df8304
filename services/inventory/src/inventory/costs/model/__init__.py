"""The decisions of what it costs to own kit."""
