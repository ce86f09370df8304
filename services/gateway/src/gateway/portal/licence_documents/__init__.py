"""Documents of a licence on pages: adding one, and taking one away."""
