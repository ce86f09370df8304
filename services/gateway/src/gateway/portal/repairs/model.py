"""The words of repairs."""

OUTCOMES = {
    "repaired": "Repaired",
    "replaced": "Replaced by another",
    "no-fault-found": "No fault found",
    "beyond-repair": "Beyond repair",
}
RETURNS = {"in-use": "In use", "in-store": "In store"}
"""Where it is when it is back."""
SENDABLE = frozenset({"in-use", "in-store", "in-repair"})
