"""The portal: the pages that people see, drawn by the server."""
