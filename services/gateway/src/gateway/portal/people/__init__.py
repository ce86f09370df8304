"""The people of a school or an LA, and the page of one of them."""
