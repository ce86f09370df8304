"""What kit is still worth: straight line, over its expected life."""
