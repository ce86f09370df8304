"""Notices that an LA shows to the people of its schools."""
