"""What inventory answers of consumables, and what the browser sends."""
