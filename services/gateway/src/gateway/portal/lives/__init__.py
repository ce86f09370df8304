"""How long each kind of kit is expected to last, at a school or in an LA."""
