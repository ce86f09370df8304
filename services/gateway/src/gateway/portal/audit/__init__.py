"""The record of who did what, as pages for auditors and managers of an LA."""
