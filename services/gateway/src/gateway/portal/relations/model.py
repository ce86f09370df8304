"""How a relation is said, from either side."""

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "runs-on": "Runs on",
    "connected-to": "Is connected to",
    "part-of": "Is part of",
}
BACK: Mapping[str, str] = {
    "runs-on": "Runs",
    "connected-to": "Connects",
    "part-of": "Has as its part",
}
"""The same, said of the other one."""


def said(kind: str, *, depends: bool) -> str:
    """Say how an asset stands to the listed one; `depends`: that hangs on it."""
    return (BACK if depends else KINDS).get(kind, kind)
