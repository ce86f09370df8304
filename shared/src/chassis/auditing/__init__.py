"""The record of who did what as auditors read it over HTTP, alike in every service."""
