"""Which asset a device is: serial before UUID before hardware address before tag.

What is certain is done, what is doubtful goes to a person, and only what is certainly
nothing in the register becomes a new asset.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from inventory.agents.model import placeholders
from inventory.agents.model.report import Identity

By = Literal["serial", "uuid", "mac", "tag"]
Reason = Literal[
    "several-by-serial",
    "several-by-uuid",
    "several-by-mac",
    "serial-and-uuid-disagree",
    "tag-of-another-device",
    "nothing-certain",
]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An asset of the school that has something in common with the device."""

    asset_id: UUID
    by: By
    serial: str | None


@dataclass(frozen=True, slots=True)
class Match:
    """The device is this asset."""

    asset_id: UUID
    by: By


@dataclass(frozen=True, slots=True)
class Doubt:
    """The device may be one of these, or none: somebody has to look."""

    reason: Reason
    candidates: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class New:
    """The device is nothing that the register has."""


def decide(identity: Identity, candidates: Sequence[Candidate]) -> Match | Doubt | New:
    """Say which of some assets a device is, that it is none, or that it is doubtful."""
    by_serial, by_uuid = _assets(candidates, "serial"), _assets(candidates, "uuid")
    if len(by_serial) > 1:
        return Doubt("several-by-serial", by_serial)
    if by_serial:
        if by_uuid and by_uuid != by_serial:
            return Doubt("serial-and-uuid-disagree", _both(by_serial, by_uuid))
        return Match(by_serial[0], "serial")
    if by_uuid:
        return _by_uuid(identity, candidates, by_uuid)
    return _by_less(identity, candidates)


def _by_uuid(
    identity: Identity, candidates: Sequence[Candidate], found: tuple[UUID, ...]
) -> Match | Doubt:
    asset_id, *more = found
    if more:
        return Doubt("several-by-uuid", found)
    # A mainboard that was changed, or an image that took the UUID along.
    if _is_other(identity, candidates, asset_id):
        return Doubt("serial-and-uuid-disagree", found)
    return Match(asset_id, "uuid")


def _by_less(
    identity: Identity, candidates: Sequence[Candidate]
) -> Match | Doubt | New:
    # A network adapter goes from laptop to laptop: where the serials differ, it did.
    by_mac = tuple(
        asset_id
        for asset_id in _assets(candidates, "mac")
        if not _is_other(identity, candidates, asset_id)
    )
    if len(by_mac) > 1:
        return Doubt("several-by-mac", by_mac)
    if by_mac:
        return Match(by_mac[0], "mac")
    by_tag = _assets(candidates, "tag")
    if by_tag:
        if _is_other(identity, candidates, by_tag[0]):
            return Doubt("tag-of-another-device", by_tag)
        return Match(by_tag[0], "tag")
    if identity.serial or identity.uuid or identity.macs:
        return New()
    return Doubt("nothing-certain", ())


def _assets(candidates: Iterable[Candidate], by: By) -> tuple[UUID, ...]:
    return tuple(sorted({each.asset_id for each in candidates if each.by == by}))


def _both(*found: tuple[UUID, ...]) -> tuple[UUID, ...]:
    return tuple(sorted({each for some in found for each in some}))


def _is_other(
    identity: Identity, candidates: Iterable[Candidate], asset_id: UUID
) -> bool:
    """Say whether an asset bears a serial, and not the device's."""
    known = next(each.serial for each in candidates if each.asset_id == asset_id)
    if identity.serial is None or known is None or not placeholders.is_serial(known):
        return False
    return known.lower() != identity.serial.lower()
