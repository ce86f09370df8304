"""Stock-takes of rooms: what is there by scanning, and what the register says."""
