"""The pages of the API clients that an LA lets in."""
