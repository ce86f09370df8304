"""Kit as it is listed and counted: under the names of the catalogue."""
