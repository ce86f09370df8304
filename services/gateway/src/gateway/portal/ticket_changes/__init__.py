"""A ticket put right: what it is, how much it presses, and in whose hands it is."""
