"""The pages of what a school uses up, and of its stock."""
