"""How titles stand to their licences, on the wire."""

from datetime import date
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer, LaCode
from inventory.compliance.model.standing import State


class StandingAnswer(Answer):
    """How a school, or what its LA holds for all schools, stands to a title."""

    la_code: LaCode
    school_id: UUID | None = Field(
        description="Null of what an LA holds for all of its schools."
    )
    school_urn: int | None
    school_name: str | None
    title_id: UUID
    publisher: str
    name: str
    state: State = Field(
        description="`short`: more is used than the licences cover. `unlicensed`:"
        " others of the LA hold licences, and none holds here. `ended`: those that held"
        " here have ended. `unused`: held, and used by nobody."
    )
    installed: int = Field(
        description="Devices in use that have it; of an LA, at all of its schools."
    )
    counted: int | None = Field(
        description="Seats in use, as the maker's console says of its licences."
    )
    used: int = Field(
        description="The more of both. Of an LA: what its schools use beyond licences"
        " of their own, or its console's count where that is more."
    )
    seats: int | None = Field(
        description="Of its own licences in force; null where one is for a whole site."
    )
    from_authority: int = Field(
        description="Of what a school uses, what its LA's licences cover, as if no"
        " other school used them."
    )
    short_by: int = Field(description="How many of those used nothing covers.")
    ends_on: date | None = Field(
        description="When the next of those licences ends, or the last of them did."
    )


class StandingPage(Answer):
    """A page of standings."""

    items: list[StandingAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class StatesAnswer(Answer):
    """How many standings there are of each state."""

    short: int
    unlicensed: int
    ended: int
    unused: int
    covered: int


class StandingCount(Answer):
    """How many there are in all, and of each state."""

    count: int
    is_exact: bool = Field(description="Always true here.")
    states: StatesAnswer
