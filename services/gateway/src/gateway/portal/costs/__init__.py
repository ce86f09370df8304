"""The pages of what kit costs to own, and of what electricity costs."""
