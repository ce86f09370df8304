"""A stock-take of a room, what is scanned in it, and why one is refused."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from chassis import errors
from chassis.errors import Fault
from inventory.assets.model import Status

State = Literal["open", "closed", "abandoned"]
Ended = Literal["closed", "abandoned"]
Standing = Literal["missing", "elsewhere", "not-in-use", "unknown", "on-loan", "found"]
"""What there is to say of a piece of kit or a code, what needs somebody first."""
LineStanding = Literal[Standing, "late"]
Result = Literal["found", "elsewhere", "not-in-use", "unknown", "repeated", "late"]
"""What comes of a scan; `late`: the stock-take had ended as it came."""
MOST_SCANS = 500
"""Scans that come at once."""
MOST_MOVED = 2_000
MOST_PLACES = 1_000
"""Rooms of one school that are told."""
_ENGLAND = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Spot:
    """A room by what it is called, with its building and site; without any: no room."""

    site: str | None
    building: str | None
    room: str | None

    @property
    def key(self) -> tuple[str, ...]:
        """Say it whatever its case."""
        parts = (self.site, self.building, self.room)
        return tuple((each or "").lower() for each in parts)


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted of a stock-take.

    `expected` is kit in use that the register has there and nobody has, and what was
    found of it; `on_loan` is what somebody has instead.
    """

    expected: int = 0
    found: int = 0
    missing: int = 0
    elsewhere: int = 0
    not_in_use: int = 0
    on_loan: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class StockTake:
    """A stock-take of a room. Times are UTC; counts are as of its last scan or end."""

    stock_take_id: UUID
    la_code: str
    school_id: UUID
    school_urn: int
    site: str | None
    building: str | None
    room: str | None
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None
    closed_by: str | None
    state: State
    expected: int
    found: int
    missing: int
    elsewhere: int
    not_in_use: int
    on_loan: int
    unknown: int
    moved: int
    version: int

    @property
    def spot(self) -> Spot:
        return Spot(self.site, self.building, self.room)


@dataclass(frozen=True, slots=True)
class TakeFilter:
    """Which stock-takes a listing shows; None means any."""

    la_code: str | None = None
    school_urn: int | None = None
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """A code that somebody scanned; its id is made by whoever did, for ever."""

    scan_id: UUID
    scanned_at: datetime
    code: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A scan as it was kept, and what came of it; null only as it is taken in."""

    scan_id: UUID
    scanned_at: datetime
    code: str
    asset_id: UUID | None
    bearers: int
    result: Result | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a scan, in words for whoever scanned."""

    scan_id: UUID
    result: Result
    asset_id: UUID | None = None
    bearers: int = 0
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A room of a school: how much kit in use is said to be there, when it was counted.

    `open_id` is the stock-take that is under way there.
    """

    site: str | None
    building: str | None
    room: str | None
    assets: int
    open_id: UUID | None
    last_id: UUID | None
    last_closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of kit or a code in a stock-take: what the register said, what is found.

    `line_id` is the asset's, or the first scan's of a code that no asset bears. With
    `asset_version` what is to be moved is named as it was seen.
    """

    line_id: UUID
    standing: LineStanding
    code: str | None
    asset_id: UUID | None
    tag: str | None
    category: str | None
    manufacturer: str | None
    model: str | None
    serial: str | None
    site: str | None
    building: str | None
    room: str | None
    status: Status | None
    asset_version: int | None
    is_out: bool
    bearers: int
    scanned_at: datetime | None
    is_moved: bool = False


class StockTakeNotFound(errors.NotFound):
    """No such stock-take, or none that the caller may know of: said alike."""

    slug = "stock-take-not-found"
    title = "There is no such stock-take within your scope"


class StockTakeOpen(errors.Conflict):
    """Somebody counts this room already: `stock_take_id` is the one to join."""

    slug = "stock-take-open"
    title = "A stock-take of this room is under way: join it"


class StockTakeClosed(errors.Conflict):
    """It has ended; `detail` says how and when."""

    slug = "stock-take-closed"
    title = "This stock-take has ended"


class StockTakeMoved(errors.Conflict):
    """What was to be moved is not as it was seen; `errors` say what is true."""

    slug = "stock-take-kit-changed"
    title = "Some of this kit has changed since you looked"


def require_open(take: StockTake) -> None:
    """Refuse to end what has ended.

    Raises:
        StockTakeClosed: it has.
    """
    if take.closed_at is not None:
        raise StockTakeClosed(
            ended(take), closed_at=take.closed_at, closed_by=take.closed_by
        )


def ended(take: StockTake) -> str:
    """Say when and how a stock-take ended."""
    if take.closed_at is None:
        return ""
    local = take.closed_at.astimezone(_ENGLAND)
    how = "closed" if take.state == "closed" else "given up"
    return (
        f"This stock-take was {how} on {local.day} {local:%B %Y} at {local:%H:%M}:"
        " start another to go on"
    )


def day(moment: datetime) -> date:
    """Say which day it is in England, as schools count days."""
    return moment.astimezone(_ENGLAND).date()


def sent_once(scans: Sequence[Scan], take: StockTake, now: datetime) -> list[Scan]:
    """Put scans in the order in which they were made, each once.

    By a clock that is wrong, one was made before the stock-take, or is yet to come.
    """
    once = {each.scan_id: each for each in reversed(scans)}
    past = [
        Scan(each.scan_id, max(take.opened_at, min(each.scanned_at, now)), each.code)
        for each in once.values()
    ]
    return sorted(past, key=lambda each: (each.scanned_at, each.scan_id))


def require_as_seen(
    wanted: Sequence[tuple[UUID, int]], lines: Sequence[Line]
) -> list[Line]:
    """Find what is to be moved: each was found here, and is as it was seen.

    Raises:
        StockTakeMoved: some of it is not; nothing is moved then.
    """
    known = {each.asset_id: each for each in lines if each.asset_id is not None}
    found: list[Line] = []
    faults: list[Fault] = []
    for at, (asset_id, version) in enumerate(wanted):
        line = known.get(asset_id)
        pointer = f"/move/{at}/asset_id"
        if line is None or line.standing != "elsewhere":
            faults.append(Fault(pointer, _now(line)))
        elif line.asset_version != version:
            faults.append(Fault(f"/move/{at}/version", _changed(line)))
        else:
            found.append(line)
    if faults:
        raise StockTakeMoved(errors=faults)
    return found


def where(at: Spot | Line) -> str:
    """Name a room as people do: its name, its building, its site."""
    parts = [each for each in (at.room, at.building, at.site) if each]
    if at.room is None:
        parts = ["no room", *parts]
    return ", ".join(parts)


def counted(take: StockTake | Counts) -> dict[str, object]:
    """Say what the audit keeps of how a stock-take stands."""
    return {each.name: getattr(take, each.name) for each in fields(Counts)}


def _now(line: Line | None) -> str:
    if line is None:
        return "This was not scanned here, or is no asset of this school any more"
    said = {
        "found": "is said to be here already",
        "not-in-use": f"is {line.status} now",
        "missing": "was not scanned here",
        "on-loan": "was not scanned here",
    }
    return f"{line.tag} {said.get(line.standing, 'was not scanned here')}"


def _changed(line: Line) -> str:
    return f"{line.tag} has changed: the register says {where(line)} now"
