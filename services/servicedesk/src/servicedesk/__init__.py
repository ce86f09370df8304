"""Service desk: what goes wrong or is asked for, and how it is settled."""
