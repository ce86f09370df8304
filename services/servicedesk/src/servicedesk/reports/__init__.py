"""The report of a service over some days: a term, as FITS has it, or any others."""
