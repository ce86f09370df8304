"""What the browser asks of fit, and what inventory answers."""

from datetime import date
from uuid import UUID

from gateway.portal.visit.schemas import Answer, FormBody


class FitQuery(FormBody):
    """What software needs, and what mends cost: all text, as a form sends it."""

    system: str = ""
    release: str = ""
    memory_gib: str = ""
    storage_gb: str = ""
    listed_processor: str = ""
    room: str = ""
    category: str = ""
    memory_price: str = ""
    storage_price: str = ""
    system_price: str = ""
    replacement_price: str = ""


class Mend(Answer):
    """What mends a machine; the price is in pence."""

    steps: list[str]
    pence: int | None = None


class Counts(Answer):
    """How many machines run it, lack something, or are not known enough."""

    runs: int
    lacks: int
    unknown: int
    pence: int
    unpriced: int


class InRoom(Counts):
    """The same of one class of kit in one room."""

    room: str | None = None
    category: str


class OfMachine(Answer):
    """A machine on which it does not run, or of which too little is known."""

    asset_id: UUID
    tag: str
    category: str
    manufacturer: str
    model: str
    room: str | None = None
    verdict: str
    lacks: list[str]
    unknown: list[str]
    mend: Mend


class Fit(Answer):
    """Whether software runs at a school on a day."""

    as_of: date
    counts: Counts
    rooms: list[InRoom]
    machines: list[OfMachine]
    more: int
