"""Two assets that are one thing: merged by hand, and split again."""
