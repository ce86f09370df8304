"""What schools take over the network, from their consortium or from others."""
