"""Repairs of kit."""
