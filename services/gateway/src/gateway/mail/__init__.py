"""Post: what happened, told by e-mail to whom it concerns, as often as they chose."""
