"""The asset pages: list, add, view, edit, move, retire."""
