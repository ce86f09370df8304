"""How the kit of a school or an LA stands: figures, charts, and a school's day."""
