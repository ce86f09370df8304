"""How long what machines run is supported, on pages of a school and an LA."""
