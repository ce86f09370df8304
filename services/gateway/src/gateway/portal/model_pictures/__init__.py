"""Pictures of models on pages of an LA: shown and taken away."""
