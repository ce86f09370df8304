"""How much of a document of a licence is taken; no I/O."""

LARGEST = 10 << 20
"""Bytes of a file, as inventory takes them."""
LARGEST_FORM = 32 << 20
"""Bytes of the form around one: the page says at its field what is too large."""
FORMS = (
    "/schools/*/licences/*/files/new",
    "/authorities/*/licences/*/files/new",
)
TOO_LARGE = f"The file must be {LARGEST >> 20} MB or smaller"
LONGEST_TITLE = 200
