"""Who has a thing, and why one is not given out or taken back; no I/O here."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from chassis import errors
from chassis.errors import Fault
from contracts.inventory import CustodyFact
from inventory.assets import model as assets
from inventory.assets.model import Asset, AssetOut
from inventory.history.model import Changes

HolderKind = Literal["person", "room", "class", "school"]
Purpose = Literal["loan", "one-to-one", "class-set", "lent-to-school"]
State = Literal["out", "overdue", "due-soon", "returned"]
Sort = Literal[
    "due_on",
    "-due_on",
    "issued_at",
    "-issued_at",
    "holder",
    "-holder",
    "tag",
    "-tag",
]
ReturnStatus = Literal["in-use", "in-store"]
MOST = 200
"""Custodies of one asset that are told."""
SOON = timedelta(days=7)
FIRST = datetime(2000, 1, 1, tzinfo=UTC)
"""Before it nothing was given out that is still to be written down."""
AHEAD = timedelta(minutes=5)
"""So far may the clock of whoever says when be before ours."""
_ENGLAND = ZoneInfo("Europe/London")
_GIVEN_OUT: frozenset[assets.Status] = frozenset({"in-use", "in-store"})


@dataclass(frozen=True, slots=True)
class Custody:
    """Who has or had an asset; it is out until `returned_at`. Times are UTC.

    Tag, make and model are None of what stands at another school by now.
    """

    custody_id: UUID
    la_code: str
    school_id: UUID
    school_urn: int
    asset_id: UUID
    tag: str | None
    manufacturer: str | None
    model: str | None
    holder_kind: HolderKind
    holder_name: str
    holder_reference: str | None
    purpose: Purpose
    issued_at: datetime
    due_on: date | None
    returned_at: datetime | None
    condition_out: str | None
    condition_in: str | None
    version: int


@dataclass(frozen=True, slots=True)
class Terms:
    """Whom a thing is given to, for what and until when."""

    holder_kind: HolderKind
    holder_name: str
    holder_reference: str | None
    purpose: Purpose
    issued_at: datetime
    due_on: date | None
    condition: str | None


@dataclass(frozen=True, slots=True)
class CustodyFilter:
    """Which custodies a listing shows; None means any."""

    la_code: str | None = None
    school_urn: int | None = None
    state: State | None = None
    purpose: Purpose | None = None
    holder_kind: HolderKind | None = None
    holder: str | None = None
    """The whole of a holder's name, whatever its case."""
    q: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is listed, at which school by its id, and on which day that is asked."""

    wanted: CustodyFilter
    school_id: UUID | None
    today: date


class CustodyNotFound(errors.NotFound):
    """No such custody, or none that the caller may know of: said alike."""

    slug = "custody-not-found"
    title = "There is no such custody within your scope"


class CustodyOverlaps(errors.Conflict):
    """Somebody else had it at that time."""

    slug = "custody-overlaps"
    title = "Somebody else had this asset at that time"


class CustodyReturned(errors.Conflict):
    """It is back already."""

    slug = "custody-returned"
    title = "This is back already"


class NotToGiveOut(errors.Conflict):
    """In its state an asset is not given out."""

    slug = "asset-not-to-give-out"
    title = "An asset in this state is not given out"


class CustodyTimesImpossible(errors.Invalid):
    """Times that do not follow each other, or are still to come."""

    slug = "custody-times-impossible"
    title = "These times cannot be right"


def day(moment: datetime) -> date:
    """Say which day it is in England, as schools count days."""
    return moment.astimezone(_ENGLAND).date()


def written(moment: datetime) -> str:
    """Write a day as the English do: 1 September 2026."""
    on = day(moment)
    return f"{on.day} {on:%B %Y}"


def out(custody: Custody) -> AssetOut:
    """Say who has a thing, since when and until when."""
    until = f", until {custody.due_on.isoformat()}" if custody.due_on else ""
    since = written(custody.issued_at)
    return AssetOut(
        f"{custody.holder_name} has it since {since}{until}",
        custody_id=custody.custody_id,
        holder_kind=custody.holder_kind,
        holder_name=custody.holder_name,
        issued_at=custody.issued_at,
        due_on=custody.due_on,
    )


def overlaps(custody: Custody) -> errors.Conflict:
    """Say what stands in the way of giving a thing out at some time."""
    if custody.returned_at is None:
        return out(custody)
    since, until = written(custody.issued_at), written(custody.returned_at)
    return CustodyOverlaps(
        f"{custody.holder_name} had it from {since} to {until}",
        custody_id=custody.custody_id,
        issued_at=custody.issued_at,
        returned_at=custody.returned_at,
    )


def given_out(asset: Asset, blocking: Custody | None) -> Asset:
    """Give a thing out, by which it is in use.

    Raises:
        AssetMerged: it is the duplicate of another.
        AssetOut: somebody has it.
        CustodyOverlaps: somebody had it then.
        NotToGiveOut: it is out of use, missing, being repaired or not there yet.
    """
    assets.present(asset)
    if blocking is not None:
        raise overlaps(blocking)
    if asset.status not in _GIVEN_OUT:
        said = f"{asset.tag} is {asset.status}, and is not given out"
        raise NotToGiveOut(said, present=asset.status)
    return replace(asset, status="in-use")


def taken_back(asset: Asset, status: ReturnStatus) -> Asset:
    """Let a thing be where it is now; who said otherwise meanwhile knows better.

    What was missing is found by coming back.
    """
    back = asset.status in {"in-use", "in-store", "missing"}
    return replace(asset, status=status) if back else asset


def require_terms(terms: Terms, now: datetime) -> None:
    """Refuse to give a thing out at a time that is to come, or until one before.

    Raises:
        CustodyTimesImpossible: as it says.
    """
    _require_over("/issued_at", terms.issued_at, now)
    require_due(terms.due_on, terms.issued_at)


def require_due(due_on: date | None, issued_at: datetime) -> None:
    """Refuse a day to come back on before that of the issue.

    Raises:
        CustodyTimesImpossible: it is one.
    """
    if due_on is not None and due_on < day(issued_at):
        said = f"It is given out on {written(issued_at)}: it is due then or later"
        raise CustodyTimesImpossible(faults=[Fault("/due_on", said)])


def require_return(custody: Custody, returned_at: datetime, now: datetime) -> None:
    """Refuse to take a thing back that is back, or before it was given out.

    Raises:
        CustodyReturned: it is back.
        CustodyTimesImpossible: that time is to come, or before the issue.
    """
    if custody.returned_at is not None:
        said = f"It came back on {written(custody.returned_at)}"
        raise CustodyReturned(said, returned_at=custody.returned_at)
    _require_over("/returned_at", returned_at, now)
    if returned_at < custody.issued_at:
        said = f"It was given out on {written(custody.issued_at)}: it came back later"
        raise CustodyTimesImpossible(faults=[Fault("/returned_at", said)])


def _require_over(pointer: str, moment: datetime, now: datetime) -> None:
    if not FIRST <= moment <= now + AHEAD:
        said = "Say when it was: since 2000, and not later than now"
        raise CustodyTimesImpossible(faults=[Fault(pointer, said)])


def beside(
    custody: Custody | Terms, was: Mapping[str, object] | None = None
) -> Changes:
    """Say what the history of an asset tells of a custody: whoever has it is not."""
    told = {
        "purpose": custody.purpose,
        "holder_kind": custody.holder_kind,
        "due_on": custody.due_on,
    }
    before = was or {}
    return {
        f"custody.{name}": {"before": before.get(name), "after": value}
        for name, value in told.items()
        if value != before.get(name)
    }


def said(fact: type[CustodyFact], custody: Custody) -> CustodyFact:
    """Say the publishable state of a custody: not whose it is."""
    return fact(
        entity_id=custody.custody_id,
        entity_version=custody.version,
        la_code=custody.la_code,
        school_id=custody.school_id,
        asset_id=custody.asset_id,
        holder_kind=custody.holder_kind,
        purpose=custody.purpose,
        issued_at=custody.issued_at,
        due_on=custody.due_on,
        returned_at=custody.returned_at,
    )
