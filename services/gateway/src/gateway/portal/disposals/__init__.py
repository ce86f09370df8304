"""What left a school for good, on pages and as a record to keep."""
