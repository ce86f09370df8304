"""An LA comes in: its authority, and the first of its technical managers."""
