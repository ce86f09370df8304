"""Machines by how what they run is supported; nothing here touches the world."""
