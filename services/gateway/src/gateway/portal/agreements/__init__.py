"""The pages of what was promised to schools, and agreed with suppliers."""
