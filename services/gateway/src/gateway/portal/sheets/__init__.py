"""Files of assets as pages: sent, read, tried, registered, taken back."""
