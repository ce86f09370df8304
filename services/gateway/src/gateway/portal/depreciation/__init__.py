"""What kit is still worth, and what each year writes off of it, as pages and files."""
