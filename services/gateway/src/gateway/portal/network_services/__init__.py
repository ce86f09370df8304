"""What a school takes over the network, on pages."""
