"""How often an API client may ask: one limit, whichever process it is that it asks."""
