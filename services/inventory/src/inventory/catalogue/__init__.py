"""The catalogue: makes and models of kit, named alike, and until when supported."""
