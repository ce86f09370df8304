"""What a circuit is, and what may be done with it; nothing here touches the world."""
