"""Documents of licences: orders, agreements, proofs of what was bought."""
