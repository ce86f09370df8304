"""An administrator sees for a while what somebody else would see, and no more."""
