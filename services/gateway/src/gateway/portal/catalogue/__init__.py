"""Makes and models of kit, and titles of software, on pages of a school and an LA."""
