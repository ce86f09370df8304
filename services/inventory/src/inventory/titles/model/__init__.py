"""What a title of software is; nothing here touches the world."""
