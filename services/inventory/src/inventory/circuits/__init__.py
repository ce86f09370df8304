"""The lines that join a school to the internet, and what each is contracted to do."""
