"""Pictures and documents of kit."""
