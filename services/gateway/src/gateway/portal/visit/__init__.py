"""A person's visit: who, at which school, with which pages open to them."""
