"""The estate as inventory answers it, and what the browser asks for."""

from datetime import date, datetime
from uuid import UUID

from gateway.portal.visit.schemas import Answer, FormBody


class Figures(Answer):
    """What is counted of kit in use."""

    assets: int = 0
    lasting: int = 0
    dated: int = 0
    past_life: int = 0
    life_ending: int = 0
    warranted: int = 0
    out_of_warranty: int = 0
    warranty_ending: int = 0
    supported: int = 0
    out_of_support: int = 0
    support_ending: int = 0
    reporting: int = 0
    unseen: int = 0
    missed: int = 0
    physical: int = 0
    gaps: int = 0
    no_serial: int = 0
    no_room: int = 0
    no_purchase_date: int = 0
    no_price: int = 0


class Health(Answer):
    """How healthy an estate is; the shares are in %."""

    band: str
    figure: int | None = None
    past_life: float | None = None
    out_of_warranty: float | None = None
    unseen: float | None = None
    gaps: float | None = None


class OfAge(Answer):
    age: str
    assets: int
    past_life: int


class OfCategory(Answer):
    category: str
    assets: int
    past_life: int
    out_of_warranty: int


class OfRoom(Answer):
    room: str
    assets: int
    past_life: int


class Rooms(Answer):
    rooms: list[OfRoom]
    other_rooms: int
    other_assets: int
    no_room: int


class OfStatus(Answer):
    status: str
    assets: int


class Estate(Answer):
    """How the kit of a school or an LA stands on a day."""

    as_of: date
    figures: Figures
    health: Health
    by_age: list[OfAge]
    by_category: list[OfCategory]
    by_room: Rooms | None = None
    by_status: list[OfStatus]


class SchoolEstate(Answer):
    """How the kit of a school stands."""

    school_urn: int
    school_name: str
    assets: int
    median_age: float | None = None
    past_life: int
    out_of_warranty: int
    unseen: int
    gaps: int
    health: Health


class Kit(Answer):
    """A piece of kit in use."""

    asset_id: UUID
    school_urn: int
    tag: str
    category: str
    manufacturer: str
    model: str
    serial: str | None = None
    room: str | None = None
    purchased_on: date | None = None
    warranty_until: date | None = None
    support_until: date | None = None
    replace_on: date | None = None
    seen_at: datetime | None = None
    seen_on: date | None = None
    missed_on: date | None = None


class Changes(Answer):
    """How often each thing happened in a week."""

    registered: int = 0
    changed: int = 0
    moved: int = 0
    retired: int = 0
    disposed: int = 0
    reinstated: int = 0
    by_agents: int = 0


class Change(Answer):
    asset_id: UUID
    tag: str
    manufacturer: str
    model: str
    fact: str
    teller: str
    at: datetime


class RunsOut(Answer):
    asset_id: UUID
    tag: str
    manufacturer: str
    model: str
    room: str | None = None
    what: str
    ends_on: date


class Today(Answer):
    """A school today."""

    as_of: date
    figures: Figures
    health: Health
    changes: Changes
    newest: list[Change]
    runs_out: list[RunsOut]


class EstateQuery(FormBody):
    """Of which kind of kit the figures are; of every kind when it is left empty."""

    category: str = ""
