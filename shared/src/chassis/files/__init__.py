"""Files that were sent: kept once by their content, each row its owner's."""
