"""How two versions of an asset differ, as its history and the audit have it."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

from chassis.audit.model import Entry, Target
from inventory.assets.model.asset import Asset
from inventory.history.model import Changes, Happened, Happening
from inventory.kinds.model.fields import merged

_NOT_CHANGES = frozenset(
    {"version", "changed_at", "registered_at", "expected_years", "replace_on"}
)
_OF_DETAILS = "details."
_DATES = (
    "ordered_on",
    "purchased_on",
    "warranty_until",
    "support_until",
    "disposed_on",
)
_IDS = ("school_id", "merged_into")
_PLACES = frozenset({"asset_id", "school_id", "la_code"})


def happening(
    fact: Happened, old: Asset, new: Asset, beside: Changes | None = None
) -> Happening:
    """Say what made an asset the version that it is, by field and by detail.

    `beside` is what changed of what belongs to it.
    """
    was, now = laid_out(old), laid_out(new)
    changed = {
        name: {"before": was.get(name), "after": now.get(name)}
        for name in {**was, **now}
        if was.get(name) != now.get(name)
    }
    changes = changed | (beside or {})
    place = new.la_code, new.school_id, new.asset_id
    return Happening(*place, new.version, fact, changes)


def before(asset: Asset, changes: Mapping[str, Mapping[str, object]]) -> dict[str, Any]:
    """Read the values that some changes of an asset put others in the place of."""
    told: dict[str, Any] = {name: each["before"] for name, each in changes.items()}
    details = {
        name.removeprefix(_OF_DETAILS): told.pop(name)
        for name in list(told)
        if name.startswith(_OF_DETAILS)
    }
    if details:
        told["details"] = merged(asset.details, details)
    for name in _DATES:
        if told.get(name) is not None:
            told[name] = date.fromisoformat(str(told[name]))
    for name in _IDS:
        if told.get(name) is not None:
            told[name] = UUID(str(told[name]))
    return told


def registration(asset: Asset) -> Entry:
    """Say as the audit has it that an asset was registered, and as what."""
    values = {
        name: value
        for name, value in laid_out(asset).items()
        if name not in _PLACES and value is not None
    }
    target = Target("asset", asset.asset_id, asset.la_code, asset.school_id)
    return Entry("asset.registered", target, after=values)


def laid_out(asset: Asset) -> dict[str, Any]:
    """Lay an asset out field by field; a detail counts as one."""
    told = {
        field.name: getattr(asset, field.name)
        for field in fields(Asset)
        if field.name not in _NOT_CHANGES
    }
    details = told.pop("details")
    return told | {f"{_OF_DETAILS}{name}": value for name, value in details.items()}
