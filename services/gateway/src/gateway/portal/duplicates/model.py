"""What the pages of merges know: the words of fields and of what moves; no I/O."""

from collections.abc import Iterator, Mapping
from typing import cast

from chassis import errors
from gateway.portal.assets import model as words
from gateway.portal.templates import formats

OF_PLACE = "place"
_PLACE = "Place"
MOVES = {
    "devices": "machine that reports",
    "attachments": "picture or document",
    "repairs": "repair",
    "relations": "relation",
}
MANY = {
    "devices": "machines that report",
    "attachments": "pictures and documents",
    "repairs": "repairs",
    "relations": "relations",
}


def label_of(name: str, labels: Mapping[str, str]) -> str:
    return _PLACE if name == OF_PLACE else words.label_of(name, labels)


def written(name: str, value: object) -> str:
    """Say the value of a field as people write it."""
    return formats.kept(name, value, {"cfr_code": words.CFR_CODES}, formats.ABSENT)


def moving(counts: Mapping[str, int]) -> Iterator[str]:
    """Say how much goes from the one to the other."""
    for name, count in counts.items():
        if count:
            yield f"{count} {MOVES[name] if count == 1 else MANY[name]}"


def since(refusal: errors.Refusal, labels: Mapping[str, str]) -> list[str]:
    """Say what of a merge has changed since, as the inventory lists it."""
    listed = refusal.members.get("errors")
    told: list[str] = []
    faults = cast("list[errors.Fault]", listed) if isinstance(listed, list) else []
    for fault in faults:
        what, _, name = fault.pointer.strip("/").partition("/")
        said = f"{label_of(name, labels)}: " if what == "field" else ""
        told.append(f"{said}{fault.detail}")
    return told
