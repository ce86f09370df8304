"""How stock comes and goes; nothing here touches the world."""
