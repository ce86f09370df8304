"""The hop from the public address to a service: strict, streaming, bounded."""
