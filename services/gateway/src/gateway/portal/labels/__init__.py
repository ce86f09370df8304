"""Labels for kit: sheets to print, and what whoever scans one is led to."""
