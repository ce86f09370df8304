"""Agents: programs on the kit, and near it, that tell what a school has."""
