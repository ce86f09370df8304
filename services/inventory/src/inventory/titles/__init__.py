"""Titles of software under one name each, and the devices that have them."""
