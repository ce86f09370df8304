"""Who did what to what, from where: recorded with the change itself, and chained."""
