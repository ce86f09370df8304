"""What a service holds about people: told, erased, and kept for so long only."""
