"""The estate on the wire."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer
from inventory.assets.model import Status
from inventory.estate.model.health import Band
from inventory.estate.model.kit import Age
from inventory.estate.model.today import Ending, Happening, Teller
from inventory.kinds.model.categories import Category


class FiguresAnswer(Answer):
    """What is counted of kit in use."""

    assets: int
    lasting: int = Field(description="Of a kind that has an expected life.")
    dated: int = Field(description="Of these, those whose purchase is dated.")
    past_life: int = Field(description="Of the dated, those past their expected life.")
    life_ending: int = Field(description="Those whose life ends within 90 days.")
    warranted: int = Field(description="Those whose warranty's last day is known.")
    out_of_warranty: int
    warranty_ending: int = Field(description="Within 90 days.")
    supported: int = Field(description="Those whose support's last day is known.")
    out_of_support: int
    support_ending: int = Field(description="Within 90 days.")
    reporting: int = Field(description="Those that an agent reported at least once.")
    unseen: int = Field(description="Of these, those silent for more than 30 days.")
    missed: int = Field(description="Missing at the last stock-take of their room.")
    physical: int = Field(description="All but virtual machines.")
    gaps: int = Field(description="Of these, those that lack one or more of the next.")
    no_serial: int
    no_room: int
    no_purchase_date: int
    no_price: int


class HealthAnswer(Answer):
    """How healthy an estate is.

    The figure is 100, less 50 for the share past its life, 20 for the share out of
    warranty, 10 for the share unseen and 20 for the share with gaps. 75 and more is
    good, 50 and more fair.
    """

    band: Band
    figure: int | None = Field(
        ge=0,
        le=100,
        description="None without kit, or where under half of the `lasting` are dated.",
    )
    past_life: float | None = Field(description="In % of the dated.")
    out_of_warranty: float | None = Field(description="In % of the warranted.")
    unseen: float | None = Field(description="In % of those that report.")
    gaps: float | None = Field(description="In % of the physical.")


class OfAgeAnswer(Answer):
    """Kit in use by whole years since its purchase."""

    age: Age
    assets: int
    past_life: int


class OfCategoryAnswer(Answer):
    """Kit in use of a kind."""

    category: Category
    assets: int
    past_life: int
    out_of_warranty: int


class OfRoomAnswer(Answer):
    """Kit in use in a room."""

    room: str
    assets: int
    past_life: int


class RoomsAnswer(Answer):
    """The rooms with the most kit, and the rest in sums."""

    rooms: list[OfRoomAnswer]
    other_rooms: int
    other_assets: int
    no_room: int = Field(description="Virtual machines stand in none, and lack none.")


class OfStatusAnswer(Answer):
    """How many assets have a status."""

    status: Status
    assets: int


class EstateAnswer(Answer):
    """How the kit of a school, an LA or your scope stands on a day."""

    as_of: date
    figures: FiguresAnswer
    health: HealthAnswer
    by_age: list[OfAgeAnswer]
    by_category: list[OfCategoryAnswer] = Field(description="The most first.")
    by_room: RoomsAnswer | None = Field(description="Of one school alone.")
    by_status: list[OfStatusAnswer] = Field(description="In use or not.")


class SchoolEstateAnswer(Answer):
    """How the kit of a school stands; the counts are of kit in use."""

    school_urn: int
    school_name: str
    la_code: str
    assets: int
    median_age: float | None = Field(description="In years, of those dated.")
    past_life: int
    out_of_warranty: int
    unseen: int
    gaps: int
    health: HealthAnswer


class SchoolEstatePage(Answer):
    """A page of schools by how their kit stands."""

    items: list[SchoolEstateAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class KitAnswer(Answer):
    """A piece of kit in use, with what makes it deserve a look."""

    asset_id: UUID
    school_urn: int
    school_name: str
    tag: str
    category: Category
    manufacturer: str
    model: str
    serial: str | None
    room: str | None
    purchased_on: date | None
    price_pence: int | None
    warranty_until: date | None
    support_until: date | None
    replace_on: date | None
    seen_at: datetime | None = Field(description="When an agent last told of it.")
    seen_on: date | None = Field(description="When people last saw it, by hand.")
    missed_on: date | None = Field(
        description="Since when it is missing at a stock-take; null: it is not."
    )


class KitPage(Answer):
    """A page of kit in use, by tag."""

    items: list[KitAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class EstateCount(Answer):
    """How many there are in all."""

    count: int
    is_exact: bool = Field(description="Always true here.")


class ChangesAnswer(Answer):
    """How often each thing happened since then."""

    registered: int
    changed: int
    moved: int
    retired: int
    disposed: int
    reinstated: int
    by_agents: int = Field(description="Of all these, those by a machine's report.")


class ChangeAnswer(Answer):
    """One thing that happened to an asset."""

    asset_id: UUID
    tag: str
    manufacturer: str
    model: str
    fact: Happening
    teller: Teller = Field(
        description="Whether a machine's report or somebody said so."
    )
    at: datetime


class RunsOutAnswer(Answer):
    """A day within the next ninety on which something of an asset ends."""

    asset_id: UUID
    tag: str
    manufacturer: str
    model: str
    room: str | None
    what: Ending
    ends_on: date


class TodayAnswer(Answer):
    """A school today: what changed in seven days, what runs out, what is missing."""

    as_of: date
    since: datetime
    figures: FiguresAnswer
    health: HealthAnswer
    changes: ChangesAnswer
    newest: list[ChangeAnswer] = Field(description="The last ten, newest first.")
    runs_out: list[RunsOutAnswer] = Field(description="The next ten, soonest first.")
