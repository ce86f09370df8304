"""Stock-takes on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer, Body, Line, Moment, Urn, Version
from inventory.assets.model import Status
from inventory.assets.schemas import Building, Room, Site
from inventory.kinds.model.categories import Category
from inventory.stocktakes.model.takes import (
    MOST_MOVED,
    MOST_SCANS,
    Ended,
    LineStanding,
    Result,
    Scan,
    State,
)


class OpenStockTake(Body):
    """Which room is to be counted; without any: what is said to be in no room."""

    school_urn: Urn
    site: Site | None = None
    building: Building | None = None
    room: Room | None = None


class ScanMade(Body):
    """A code that was scanned; its id is made by whoever scanned, for ever."""

    scan_id: UUID = Field(description="A repeat of it changes nothing.")
    at: Moment
    code: Annotated[
        Line,
        Field(min_length=1, max_length=300, description="A tag, serial or label."),
    ]

    @property
    def scan(self) -> Scan:
        return Scan(self.scan_id, self.at, self.code)


class TakeScans(Body):
    """What was scanned in one go."""

    scans: Annotated[list[ScanMade], Field(min_length=1, max_length=MOST_SCANS)]


class MoveFound(Body):
    """What was found and is said to be elsewhere, as it was seen."""

    asset_id: UUID
    version: Version


class EndStockTake(Body):
    """How a stock-take ends, and what comes of what was found.

    One that was opened by mistake is abandoned: it says nothing of the room then, and
    nothing comes of it.
    """

    end_as: Ended = "closed"
    move: list[MoveFound] = Field(
        default_factory=list[MoveFound],
        max_length=MOST_MOVED,
        description="What was found elsewhere and is to be in this room from now.",
    )
    mark_seen: bool = Field(
        default=True, description="Keep of all that was found that people saw it."
    )
    list_missing: bool = Field(
        default=True, description="Keep of all that is missing that it is."
    )


class StockTakeAnswer(Answer):
    """A stock-take of a room; while it is open the counts go by its last scan."""

    stock_take_id: UUID
    la_code: str
    school_id: UUID
    school_urn: int
    site: str | None
    building: str | None
    room: str | None = Field(description="Null: what is said to be in no room.")
    state: State
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None
    closed_by: str | None
    expected: int = Field(
        description="Kit in use that the register has there, but for what is on loan"
        " and was not found."
    )
    found: int = Field(description="Of what is expected.")
    missing: int = Field(description="The rest of what is expected.")
    elsewhere: int = Field(description="Found, and said to be in another room.")
    not_in_use: int = Field(description="Found, and in store, retired or the like.")
    on_loan: int = Field(description="Said to be there, and somebody has it.")
    unknown: int = Field(description="Codes that no asset of the school bears.")
    moved: int = Field(description="How many were moved here as it ended.")
    version: int


class StockTakePage(Answer):
    """A page of stock-takes."""

    items: list[StockTakeAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class StockTakeCount(Answer):
    """How many there are in all."""

    count: int
    is_exact: bool


class PlaceAnswer(Answer):
    """A room of a school, and when it was last counted."""

    site: str | None
    building: str | None
    room: str | None = Field(description="Null: what is said to be in no room.")
    assets: int = Field(description="Kit in use that is said to be there.")
    open_id: UUID | None = Field(description="The stock-take under way there.")
    last_id: UUID | None = Field(description="The last one that was closed.")
    last_closed_at: datetime | None


class PlaceList(Answer):
    """The rooms of a school by name: at most 1,000."""

    items: list[PlaceAnswer]


class ScanOutcome(Answer):
    """What came of a scan."""

    scan_id: UUID
    result: Result = Field(
        description="`repeated`: it, its thing or its code came before."
        " `late`: the stock-take had ended, and it is kept beside it."
    )
    asset_id: UUID | None
    detail: str | None = Field(description="What is true, where something is amiss.")


class ScanResults(Answer):
    """What came of each, in the order in which they were sent, and how it stands."""

    results: list[ScanOutcome]
    stock_take: StockTakeAnswer


class LineAnswer(Answer):
    """A piece of kit or a code in a stock-take.

    While it is open this is what is true now, and afterwards what was true at its end;
    `late` is what came after that.
    """

    line_id: UUID
    standing: LineStanding
    code: str | None = Field(description="As it was scanned.")
    asset_id: UUID | None
    tag: str | None
    category: Category | None
    manufacturer: str | None
    model: str | None
    serial: str | None
    site: str | None = Field(description="Where the register has it.")
    building: str | None
    room: str | None
    status: Status | None
    asset_version: int | None = Field(description="What to name it by to move it.")
    is_out: bool = Field(description="Somebody has it by the register.")
    bearers: int = Field(description="How many assets of the school bear the code.")
    scanned_at: datetime | None
    is_moved: bool = Field(description="It was moved here as the stock-take ended.")


class LinePage(Answer):
    """A page of a stock-take, what needs somebody first."""

    items: list[LineAnswer]
    next: str | None = Field(description="The `after` of the next page.")
