"""The words of scanning."""

ACTIONS = {"issue": "Out", "return": "In"}
RESULTS = {
    "taken": "Done",
    "repeated": "Done before",
    "held-already": "They have it already",
    "conflict": "To be settled",
}
TONES = {"taken": "good", "conflict": "bad"}
