"""What a licence is, and which a listing shows; nothing here touches the world."""
