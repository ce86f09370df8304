"""Many assets or tickets of a list changed at once: asked, done, undone."""
