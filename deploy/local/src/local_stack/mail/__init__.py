"""The post of a stack on one machine: nothing leaves it, everything can be read."""
