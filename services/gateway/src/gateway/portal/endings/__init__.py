"""How pages show what runs out."""
