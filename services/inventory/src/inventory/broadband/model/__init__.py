"""The broadband standard, and who meets it; nothing here touches the world."""
