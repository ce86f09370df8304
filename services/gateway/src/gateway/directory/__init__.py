"""The directory: regions, local authorities and schools, and who may see them."""
