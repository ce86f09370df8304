"""What the portal's pages look like: the templates, and how values are written."""
