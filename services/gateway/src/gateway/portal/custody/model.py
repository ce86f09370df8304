"""The words of custody."""

HOLDERS = {"person": "Person", "room": "Room", "class": "Class", "school": "School"}
PURPOSES = {
    "loan": "Loan",
    "one-to-one": "One-to-one scheme",
    "class-set": "Class set",
    "lent-to-school": "Lent to a school",
}
STATES = {
    "out": "Out now",
    "overdue": "Overdue",
    "due-soon": "Due within a week",
    "returned": "Back",
}
RETURNS = {"in-store": "In store", "in-use": "In use"}
"""Where it is when it is back."""
LOSSES = {"lost": "Lost", "stolen": "Stolen"}
GIVEN_OUT = frozenset({"in-use", "in-store"})
"""In which states kit is given out."""
LOSABLE = frozenset({"in-use", "in-store", "in-repair", "missing"})
"""In which states kit can be said to be lost."""
