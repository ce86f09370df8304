"""From the door to the comparison, in real Chromium and through the API."""
