"""The pages on which an LA writes its notices, and where they are put away."""
