"""What an agent sends, read into one neutral form; nothing here touches the world."""
