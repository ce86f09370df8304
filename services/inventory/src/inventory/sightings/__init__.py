"""When people last saw each piece of kit, and whether it was missed since."""
