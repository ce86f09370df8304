"""The pages on which two assets become one, and two again."""
