"""Many tickets changed at once, each answered for, and the whole taken back."""
