"""The pages of what an LA knows of the suppliers of its schools."""
