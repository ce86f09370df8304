"""The page that hands on what is in somebody's hands."""
