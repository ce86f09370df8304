"""How long products are supported: what is known, and which release a thing has."""
