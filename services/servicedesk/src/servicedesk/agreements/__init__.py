"""What was promised to whom, in school time, and with whom it was agreed."""
