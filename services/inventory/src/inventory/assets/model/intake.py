"""What is to be registered, and what is wrong with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast
from uuid import UUID

from chassis import errors
from chassis.errors import Fault
from inventory.assets.model.asset import Asset, AssetTagTaken
from inventory.kinds.model import fields, own
from inventory.kinds.model.categories import Category
from inventory.kinds.model.fields import Value


class DetailsWrong(errors.Invalid):
    """Some details are no fields of that kind of kit, or no values of theirs."""

    slug = "details-wrong"
    title = "Some details are not of this kind of kit"


class Place(Protocol):
    """A school by its id and its LA, or whatever stands at one."""

    @property
    def la_code(self) -> str: ...
    @property
    def school_id(self) -> UUID: ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """An asset to be registered at a school, by the values of its columns.

    `pointer` says where it stands in what was asked: "" or, say, "/items/3".
    """

    at: Place
    told: Mapping[str, Any]
    pointer: str = ""


def rows_of(wanted: Iterable[Wanted]) -> list[dict[str, Any]]:
    """Say what is to be stored: the school by its id, the details as they are kept.

    Raises:
        DetailsWrong: a kind of kit has no such field, or a value is not of its form.
    """
    rows: list[dict[str, Any]] = []
    faults: list[Fault] = []
    for each in wanted:
        known = own.FIELDS[each.told["category"]]
        details, wrong = fields.checked(
            known, each.told["details"], f"{each.pointer}/details"
        )
        faults += wrong
        place = {"la_code": each.at.la_code, "school_id": each.at.school_id}
        row = {"status": "in-use", **each.told, **place}
        rows.append({**row, "details": fields.merged({}, details)})
    if faults:
        raise DetailsWrong(faults=faults)
    return rows


def in_order(wanted: Sequence[Wanted], stored: Iterable[Asset]) -> list[Asset]:
    """Put what was stored into the order in which it was wanted.

    Raises:
        AssetTagTaken: some were not stored; of two that want one tag, the first was.
    """
    made = {(asset.school_id, asset.tag): asset for asset in stored}
    assets: list[Asset] = []
    faults: list[Fault] = []
    for each in wanted:
        tag = each.told["tag"]
        if asset := made.pop((each.at.school_id, tag), None):
            assets.append(asset)
        else:
            faults.append(Fault(f"{each.pointer}/tag", f"{tag} is taken"))
    if faults:
        raise AssetTagTaken(errors=faults)
    return assets


def details_of(
    asset: Asset, category: str, told: Mapping[str, object]
) -> dict[str, Value]:
    """Say what an asset's details become; another kind keeps those that it has too.

    Raises:
        DetailsWrong: a kind of kit has no such field, or a value is not of its form.
    """
    known = own.FIELDS[cast("Category", category)]
    details, faults = fields.checked(known, told, "/details")
    if faults:
        raise DetailsWrong(faults=faults)
    kept = asset.details
    if category != asset.category:
        kept = {name: value for name, value in kept.items() if name in known}
    return fields.merged(kept, details)
