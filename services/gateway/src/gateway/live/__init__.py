"""Live hints: an open page hears that something it shows has changed."""
