"""What the catalogue knows of makes and models; nothing here touches the world."""
