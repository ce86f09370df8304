"""Why a machine is doubtful, and how it stands beside what it may be; no I/O."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from gateway.portal.assets import model as asset_words
from gateway.portal.assets.schemas import Asset
from gateway.portal.devices import model as device_words
from gateway.portal.devices.schemas import Detail
from gateway.portal.templates import formats

REASONS = {
    "several-by-serial": "Several assets have its serial number",
    "several-by-uuid": "Several assets were seen with its mainboard",
    "several-by-mac": "Several assets were seen with its network card",
    "serial-and-uuid-disagree": "Its serial number and its mainboard are not of one"
    " asset",
    "tag-of-another-device": "Its asset tag is of an asset with another serial number",
    "nothing-certain": "It told neither a serial number nor a network card of its own",
    "asked-again": "Somebody took it off its asset",
}
ADVICE = {
    "several-by-serial": "Two assets of one serial number are mostly one that was"
    " entered twice. Choose either, and merge the two on its page.",
    "serial-and-uuid-disagree": "Mostly a mainboard was changed, or a machine was set"
    " up from another\u2019s image.",
    "tag-of-another-device": "Mostly the tag was set in the firmware of the machine"
    " that this one replaced.",
    "nothing-certain": "Some virtual machines and tablets keep these to themselves."
    " Compare the name and the model.",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One fact of the machine, and of each asset that it may be."""

    label: str
    machine: str
    assets: Sequence[str]

    def is_alike(self, at: int) -> bool:
        """Whether an asset says the same as the machine, where both say anything."""
        mine, theirs = self.machine, self.assets[at]
        return mine != formats.ABSENT and mine.casefold() == theirs.casefold()


def rows(device: Detail, assets: Sequence[Asset]) -> Iterator[Row]:
    """Lay the machine beside the assets, fact by fact."""
    own = cast("dict[str, Any]", device.sections.get("device") or {})
    kind = device_words.KINDS.get(device.kind, device.kind)
    told: dict[str, tuple[str | None, Sequence[str | None]]] = {
        "Tag": (own.get("asset_tag"), [a.tag for a in assets]),
        "Name": (device.name, [_detail(a, "hostname") for a in assets]),
        "Kind": (
            kind,
            [asset_words.CATEGORIES.get(a.category, a.category) for a in assets],
        ),
        "Make": (device.manufacturer, [a.manufacturer for a in assets]),
        "Model": (device.model, [a.model for a in assets]),
        "Serial number": (device.serial, [a.serial for a in assets]),
        "Network card": (
            ", ".join(own.get("macs") or ()),
            [_detail(a, "mac_address") for a in assets],
        ),
        "Place": (None, [a.place for a in assets]),
        "Status": (
            None,
            [asset_words.STATUSES.get(a.status, a.status) for a in assets],
        ),
        "Bought": (
            None,
            [formats.day(a.purchased_on) if a.purchased_on else None for a in assets],
        ),
    }
    for label, (machine, theirs) in told.items():
        if machine or any(theirs):
            absent = formats.ABSENT
            yield Row(label, machine or absent, [each or absent for each in theirs])


def _detail(asset: Asset, name: str) -> str | None:
    found = asset.details.get(name)
    return None if found is None else str(found)
