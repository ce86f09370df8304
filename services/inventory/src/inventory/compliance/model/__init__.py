"""How titles stand to their licences; nothing here touches the world."""
