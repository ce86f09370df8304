"""What a stock-take is and how it stands; nothing here touches the world."""
