"""Kit that goes out and comes in by scanning, offline as well."""
