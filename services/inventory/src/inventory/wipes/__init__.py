"""That the data on kit was erased, before it leaves."""
