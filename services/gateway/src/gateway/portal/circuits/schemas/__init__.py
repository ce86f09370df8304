"""What inventory answers of circuits, and what the browser sends of them."""
