"""The stock of consumables: lines that came, and what was taken out of them."""
