"""The words of notices."""

from collections.abc import Iterable, Mapping

TONES = {
    "note": "For information",
    "warn": "Take care",
    "bad": "Urgent",
}
ROLES = {
    "school-leader": "School leaders",
    "school-technician": "School technicians",
    "staff": "Staff",
    "learner": "Learners",
    "la-technician": "LA support desk",
    "auditor": "Auditors",
}
STATES = {"draft": "Draft", "published": "Published", "withdrawn": "Withdrawn"}
STATE_TONES = {"draft": "note", "published": "good", "withdrawn": "quiet"}


def named(names: Mapping[str, str], codes: Iterable[str]) -> list[str]:
    """Name some codes; one without a name stands for itself."""
    return [names.get(code, code) for code in codes]
