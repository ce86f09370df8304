"""What a wipe is, and why one is refused; nothing here touches the world."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from chassis import errors
from chassis.audit.model import Entry, Target
from chassis.auth import Actor
from chassis.errors import Fault
from inventory.assets.model import ACCESS, Asset, AssetNotFound
from inventory.kinds.model.categories import Category

Method = Literal["clear", "purge", "destroy", "removed"]
"""As NIST SP 800-88 has them: overwritten, made unreadable to a laboratory too, or the
medium destroyed; and that the medium was taken out and is kept."""
MOST = 500
"""Assets of one request: they are one transaction."""
MOST_TOLD = 200
"""Wipes of one asset that are told."""
EARLIEST = date(1990, 1, 1)
HOLDS_DATA: frozenset[Category] = frozenset(
    {"desktop", "laptop", "tablet", "phone", "server", "storage", "virtual-machine"}
)
"""The kinds of kit on which a school's data lies, whatever else is said of them."""


@dataclass(frozen=True, slots=True)
class Wipe:
    """That the data on an asset was erased, or its medium destroyed or taken out."""

    wipe_id: UUID
    la_code: str
    school_id: UUID
    asset_id: UUID
    wiped_on: date
    method: Method
    is_verified: bool
    tool: str | None
    done_by: str
    certificate: str | None
    note: str | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Wiped:
    """Of how many assets it was written down that their data was erased."""

    assets: int


class WipeImpossible(errors.Invalid):
    """A day on which it cannot have been, or one asset twice."""

    slug = "wipe-impossible"
    title = "The data cannot have been erased as it is said"


def require_sound(asset_ids: Sequence[UUID], wiped_on: date, today: date) -> None:
    """Refuse a day that is to come, and an asset that is named twice.

    Raises:
        WipeImpossible: as it says.
    """
    faults = [
        Fault(f"/asset_ids/{place}", "An earlier one is the same asset")
        for place, each in enumerate(asset_ids)
        if each in asset_ids[:place]
    ]
    if not EARLIEST <= wiped_on <= today:
        faults.append(Fault("/wiped_on", "Give the day on which it was, up to today"))
    if faults:
        raise WipeImpossible(faults=faults)


def require_known(asset_ids: Sequence[UUID], found: Mapping[UUID, Asset]) -> None:
    """Refuse assets that are not there.

    Raises:
        AssetNotFound: some are not; it says which by their place.
    """
    unknown = [
        Fault(f"/asset_ids/{place}", AssetNotFound.title)
        for place, each in enumerate(asset_ids)
        if each not in found
    ]
    if unknown:
        raise AssetNotFound(errors=unknown)


def require_allowed(
    actor: Actor, asset_ids: Sequence[UUID], kit: Iterable[Asset]
) -> None:
    """Refuse assets of schools where the actor does not write.

    Raises:
        errors.Forbidden: some are; it says which by their place.
    """
    closed = {
        each.asset_id
        for each in kit
        if not actor.may(ACCESS.write, each.la_code, each.school_id)
    }
    if closed:
        raise errors.Forbidden(
            errors=[
                Fault(f"/asset_ids/{place}", errors.Forbidden.title)
                for place, each in enumerate(asset_ids)
                if each in closed
            ]
        )


def recorded(asset: Asset, wiped_on: date, method: Method) -> Entry:
    """Say as the audit has it that an asset's data was erased; its free text is not."""
    target = Target("asset", asset.asset_id, asset.la_code, asset.school_id)
    after = {"wiped_on": wiped_on.isoformat(), "method": method}
    return Entry("asset.wiped", target, after=after)
