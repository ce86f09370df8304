"""What only the gateway sees of who did what: signing in, exports, refused access."""
