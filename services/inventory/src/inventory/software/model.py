"""What an installed title is, and why a report is refused; nothing here is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from chassis import errors
from chassis.audit.model import Entry, Target
from chassis.errors import Fault
from inventory.assets.model import OUT_OF_USE, AssetNotFound, AssetRetired

MOST = 500
"""Assets of one request: they are one transaction."""
MOST_TITLES = 500
"""Titles on one asset."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title in one version, and on how many devices in use it is installed."""

    publisher: str
    name: str
    version: str | None
    devices: int


@dataclass(frozen=True, slots=True)
class Installed:
    """A title on one asset, and when that was last heard. Times are UTC."""

    publisher: str
    name: str
    version: str | None
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Host:
    """An asset as far as software needs it."""

    asset_id: UUID
    la_code: str
    school_id: UUID
    status: str


@dataclass(frozen=True, slots=True)
class Reported:
    """Of how many assets the software was taken down, and how many titles."""

    assets: int
    titles: int


class Reportable(Protocol):
    """A title as an agent reports it; an unknown version is the empty text."""

    @property
    def publisher(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Found:
    """A title that an agent finds on an asset; an unknown version is the empty text."""

    publisher: str
    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A title as it was stored, and whether the asset did not have it before."""

    publisher: str
    name: str
    version: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Differing:
    """What an asset no longer has, and what it has since."""

    gone: Sequence[Found]
    new: Sequence[Found]


@dataclass(frozen=True, slots=True)
class TitleFilter:
    """Which titles a listing shows; None means any."""

    school_urn: int | None = None
    q: str | None = None


class AssetNamedTwice(errors.Invalid):
    """Two items are of one asset; the later one is pointed at."""

    slug = "asset-named-twice"
    title = "An earlier item is of the same asset"


def require_each_once(asset_ids: Sequence[UUID]) -> None:
    """Refuse to hear two lists of one asset.

    Raises:
        AssetNamedTwice: an item names the asset of an earlier one.
    """
    seen: set[UUID] = set()
    faults: list[Fault] = []
    for place, asset_id in enumerate(asset_ids):
        if asset_id in seen:
            faults.append(_fault(place, AssetNamedTwice.title))
        seen.add(asset_id)
    if faults:
        raise AssetNamedTwice(faults=faults)


def require_known(asset_ids: Sequence[UUID], known: Mapping[UUID, Host]) -> None:
    """Refuse items whose asset is not within the scope.

    Raises:
        AssetNotFound: some are not.
    """
    faults = [
        _fault(place, AssetNotFound.title)
        for place, asset_id in enumerate(asset_ids)
        if asset_id not in known
    ]
    if faults:
        raise AssetNotFound(errors=faults)


def require_working(asset_ids: Sequence[UUID], known: Mapping[UUID, Host]) -> None:
    """Refuse items whose asset is out of use, or was merged into another.

    Raises:
        AssetRetired: some are.
    """
    faults = [
        _fault(place, AssetRetired.title)
        for place, asset_id in enumerate(asset_ids)
        if known[asset_id].status in OUT_OF_USE
    ]
    if faults:
        raise AssetRetired(errors=faults)


def recorded(host: Host, titles: int) -> Entry:
    """Say as the audit has it that an asset's software was taken down."""
    target = Target("asset", host.asset_id, host.la_code, host.school_id)
    return Entry("asset.software-reported", target, after={"titles": titles})


def _fault(place: int, detail: str) -> Fault:
    return Fault(f"/items/{place}/asset_id", detail)
