"""Whether software runs, on the wire."""

from datetime import date
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer
from inventory.fit.model.mending import Step
from inventory.fit.model.needs import Need, Verdict
from inventory.kinds.model.categories import Category


class MendAnswer(Answer):
    """What mends a machine."""

    steps: list[Step]
    pence: int | None = Field(description="None where a price is not known.")


class FitCounts(Answer):
    """How many machines run it, lack something, or are not known enough."""

    runs: int
    lacks: int
    unknown: int
    pence: int = Field(description="What the mends cost whose price is known.")
    unpriced: int = Field(description="Mends of which a price is not known.")


class FitInRoom(FitCounts):
    """The same of one class of kit in one room."""

    room: str | None
    category: Category


class FitOfMachine(Answer):
    """A machine on which it does not run, or of which too little is known."""

    asset_id: UUID
    tag: str
    category: Category
    manufacturer: str
    model: str
    room: str | None
    verdict: Verdict
    lacks: list[Need]
    unknown: list[Need]
    mend: MendAnswer


class FitAnswer(Answer):
    """Whether software runs at a school on a day."""

    as_of: date
    counts: FitCounts
    rooms: list[FitInRoom]
    machines: list[FitOfMachine] = Field(description="The first 500, by room and tag.")
    more: int = Field(description="How many are not told one by one.")
