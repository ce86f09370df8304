"""How files of assets are read; no I/O here."""
