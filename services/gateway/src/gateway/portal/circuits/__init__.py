"""The pages of the lines that join a school to the internet, and of their standard."""
