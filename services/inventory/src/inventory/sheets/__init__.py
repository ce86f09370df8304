"""Files of assets: read, tried, taken in, and taken back as a whole."""
