"""Inventory: every piece of kit that a school owns, and its history."""
