"""Pictures and documents on the pages of an asset: added and removed."""
