"""Titles of software on pages: versions, and the devices that have them."""
