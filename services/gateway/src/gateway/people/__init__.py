"""People and clients, as the directory knows them, and what they are assigned to."""
