"""That data on kit was erased, on pages."""
