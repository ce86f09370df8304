"""Which release of a browser or an office suite a title of software is."""

import re

from inventory.lifecycle.model.releases import Release, Releases

_CHROME = frozenset({"googlechrome", "googlechromestable"})
_FIREFOX = re.compile(r"(?:mozilla)?firefox(?:\d*esr)?")
_LIBRE = frozenset({"libreoffice", "libreofficecore"})
# The suites alone: single programs and parts of them have lives of their own.
_OFFICE = re.compile(
    r"microsoft office (?P<ltsc>ltsc )?(?:(?:professional|pro|standard|home|enterprise"
    r"|ultimate|basic|small business|personal|famille|mac)\b[\w &+-]*?\s)?"
    r"(?P<year>20\d\d)(?:\s+for mac)?"
)
_PARTS = re.compile(r"(\d+)(?:\.(\d+))?")
_CURRENT_LTSC = "2024"
"""Since this one the volume edition has a cycle of its own."""


def product_of(title_key: str, title: str) -> str | None:
    """Say which product a title is, by the key and the name that it is kept under."""
    if title_key in _CHROME:
        return "chrome"
    if _FIREFOX.fullmatch(title_key):
        return "firefox"
    if title_key in _LIBRE:
        return "libreoffice"
    return "office" if _OFFICE.fullmatch(title.lower()) else None


def release_of(
    product: str, title: str, version: str, known: Releases
) -> Release | None:
    """Say which release of a product a title is; None where none is known."""
    cycle = _of_office(title) if product == "office" else _of(product, version)
    return known.get(product, {}).get(cycle or "")


def _of(product: str, version: str) -> str | None:
    found = _PARTS.match(version)
    if found is None:
        return None
    return f"{found[1]}.{found[2]}" if product == "libreoffice" else found[1]


def _of_office(title: str) -> str | None:
    found = _OFFICE.fullmatch(title.lower())
    if found is None:
        return None
    year = found["year"]
    if found["ltsc"] and year >= _CURRENT_LTSC:
        return f"{year}-ltsc"
    return year
