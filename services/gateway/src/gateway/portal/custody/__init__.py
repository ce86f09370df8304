"""Who has kit: on the page of an asset, and all that one holder has."""
