"""What kinds of kit there are and what is told of each; no I/O here."""
