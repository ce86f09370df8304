"""What of the kit hangs on what else, on the pages of an asset."""
