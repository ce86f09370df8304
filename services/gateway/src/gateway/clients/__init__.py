"""API clients: systems that an LA's managers let in, for what, where, and how often."""
