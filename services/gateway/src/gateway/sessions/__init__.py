"""Sessions of people at the portal: one opaque cookie, everything else kept here."""
