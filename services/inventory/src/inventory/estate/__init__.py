"""How the kit of a school or an LA stands: its age, its cover, its gaps, its health."""
