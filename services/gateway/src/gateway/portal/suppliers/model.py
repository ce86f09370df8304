"""Suppliers in words; no I/O."""

from collections.abc import Mapping

ENDS: Mapping[str, str] = {
    "quarter": "Within 90 days",
    "year": "Within a year",
    "past": "Has ended",
}


def is_address(website: str | None) -> bool:
    """Whether a website may be linked to: what else was typed is shown as text."""
    return bool(website and website.startswith("https://"))
