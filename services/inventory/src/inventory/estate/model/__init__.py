"""What is counted of kit, and what follows from it; nothing here touches the world."""
