"""Software: which titles are installed on the kit, told in bulk by other systems."""
