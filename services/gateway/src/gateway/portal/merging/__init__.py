"""Makes and models that are one: merged on pages of an LA, and parted again."""
