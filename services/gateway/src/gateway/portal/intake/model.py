"""What a file of people may be, and the words of what it does."""

import base64
import binascii

from gateway.people.reading import MOST_ROWS

MOST_BYTES = 750_000
"""So much that it fits into one field of a form, as the page sends it back."""
SHOWN = 100
OUTCOMES = {
    "invited": "Will be invited",
    "role-given": "Gets this role",
    "unchanged": "Has it already",
}
TONES = {"invited": "good", "role-given": "note", "unchanged": "quiet"}
COLUMNS = (
    ("Name", "Nora Ng", "As colleagues know them"),
    ("E-mail", "nora@school.example", "Of one person only; they sign in with it"),
    ("Role", "Staff", "Or School leader, School technician, Learner, Auditor …"),
    ("URN", "123456", "Of the school; empty for a role of the whole LA"),
    ("LA code", "123", "For a role of the whole LA"),
    ("From", "01/09/2026", "If you like; otherwise today"),
    ("To", "31/08/2027", "If you like: the last day"),
)
ROWS = MOST_ROWS


def written(content: bytes) -> str:
    """Write a file as the text of a form's field."""
    return base64.b64encode(content).decode("ascii")


def read(text: str) -> bytes | None:
    """Read what `written` wrote; None of anything else."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
