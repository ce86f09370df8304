"""Strategy: read models, comparisons and plans made from what the services say."""
