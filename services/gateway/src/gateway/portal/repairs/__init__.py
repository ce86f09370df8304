"""Repairs of kit, on the pages of an asset."""
