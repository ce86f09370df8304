"""The picture that an LA shows of a model."""
