"""People of the directory are brought to the sign-on, which knows who someone is."""
