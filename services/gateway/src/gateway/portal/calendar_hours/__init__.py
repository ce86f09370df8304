"""When somebody is there, weekday by weekday, set on pages of a calendar."""
