"""The comparison of schools: an LA's table, a school's own place in it."""
