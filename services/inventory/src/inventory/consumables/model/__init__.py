"""What a consumable is, and when it runs out; nothing here touches the world."""
