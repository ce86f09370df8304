"""What inventory answers of stock-takes, and what the browser sends."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from chassis import errors
from gateway.portal.stocktakes import model
from gateway.portal.visit.schemas import Answer, FormBody


class Place(Answer):
    """A room of a school, and when it was last counted."""

    site: str | None = None
    building: str | None = None
    room: str | None = None
    assets: int = 0
    open_id: UUID | None = None
    last_id: UUID | None = None
    last_closed_at: datetime | None = None

    @property
    def called(self) -> str:
        return model.called(self.site, self.building, self.room)

    def is_same(self, form: "RoomForm") -> bool:
        """Whether it is the room that a form names."""
        mine = (self.site, self.building, self.room)
        theirs = (form.site, form.building, form.room)
        return [(each or "").lower() for each in mine] == [
            each.lower() for each in theirs
        ]


class PlaceList(Answer):
    items: list[Place]


class StockTake(Answer):
    """A stock-take of a room."""

    stock_take_id: UUID
    school_urn: int
    site: str | None = None
    building: str | None = None
    room: str | None = None
    state: str
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None = None
    closed_by: str | None = None
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
    def called(self) -> str:
        return model.called(self.site, self.building, self.room)

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    @property
    def people(self) -> set[str]:
        """Who had to do with it, by their principals."""
        return {each for each in (self.opened_by, self.closed_by) if each}

    @property
    def spot(self) -> dict[str, str | None]:
        return {"site": self.site, "building": self.building, "room": self.room}


class Line(Answer):
    """A piece of kit or a code in a stock-take."""

    line_id: UUID
    standing: str
    code: str | None = None
    asset_id: UUID | None = None
    tag: str | None = None
    category: str | None = None
    manufacturer: str | None = None
    model: str | None = None
    serial: str | None = None
    site: str | None = None
    building: str | None = None
    room: str | None = None
    status: str | None = None
    asset_version: int | None = None
    is_out: bool = False
    bearers: int = 0
    scanned_at: datetime | None = None
    is_moved: bool = False

    @property
    def called(self) -> str:
        return f"{self.manufacturer} {self.model}" if self.manufacturer else ""

    @property
    def place(self) -> str:
        return model.called(self.site, self.building, self.room)

    @property
    def pick(self) -> str:
        """By what a form names it: as it was seen."""
        return f"{self.asset_id}:{self.asset_version}"


class Outcome(Answer):
    """What came of a scan."""

    scan_id: UUID
    result: str
    asset_id: UUID | None = None
    detail: str | None = None


class Results(Answer):
    results: list[Outcome]
    stock_take: StockTake


class RoomForm(FormBody):
    """Which room is to be counted."""

    site: str = ""
    building: str = ""
    room: str = ""
    once: str = ""

    @property
    def body(self) -> dict[str, object]:
        told = {"site": self.site, "building": self.building, "room": self.room}
        return {name: value or None for name, value in told.items()}


class CodeForm(FormBody):
    """One code."""

    code: str = ""
    scan_id: str = ""

    def scan(self, now: datetime) -> dict[str, object]:
        """Say the scan as inventory takes it.

        Raises:
            errors.Invalid: nothing was scanned.
        """
        if not self.code:
            said = "Scan or type a tag"
            raise errors.Invalid(faults=[errors.Fault("/code", said)])
        return {"scan_id": self.scan_id, "at": now.isoformat(), "code": self.code}


class EndForm(FormBody):
    """How a stock-take ends: what is ticked, at the version that was shown."""

    end_as: str = "closed"
    move: list[str] = Field(default_factory=list)
    mark_seen: str = ""
    list_missing: str = ""
    version: str = ""

    @property
    def at(self) -> int:
        """The version; one that nobody sent is that of nothing."""
        known = self.version.isascii() and self.version.isdigit()
        return int(self.version) if known else 0

    def body(self) -> dict[str, object]:
        """Say it as inventory takes it.

        Raises:
            errors.Invalid: what is ticked is none of what a page of ours sends.
        """
        return {
            "end_as": "abandoned" if self.end_as == "abandoned" else "closed",
            "move": [_picked(each) for each in self.move],
            "mark_seen": self.mark_seen != "",
            "list_missing": self.list_missing != "",
        }


def _picked(text: str) -> dict[str, object]:
    asset_id, _, version = text.partition(":")
    try:
        return {"asset_id": str(UUID(asset_id)), "version": int(version)}
    except ValueError:
        raise errors.Invalid("This page has been changed on its way") from None
