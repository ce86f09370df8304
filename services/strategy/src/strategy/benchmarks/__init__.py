"""Benchmarks: schools of an LA beside each other, and LAs of a region."""
