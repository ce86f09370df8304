"""A school as comparisons need it: its ids, its LA, its phase and its pupils."""

from dataclasses import dataclass
from uuid import UUID

from chassis import errors
from chassis.auth import Access
from contracts import roles
from contracts.gateway import SchoolDeparted, SchoolFact

ACCESS = Access(read=roles.NAMED_SCHOOLS)
DEPARTED = "departed"
"""Of this LA's row only: the school is another LA's, which has a row of its own."""
OPEN_STATUSES = ("open", "open-proposed-to-close")
"""A school that is closed, or not open yet, is compared with nobody."""


def as_said(fact: SchoolFact) -> SchoolFact:
    """Read a school from a fact; one that left the LA stays as a mark of its version.

    The mark refuses what the LA's stream may still say of the time before it left.
    """
    if isinstance(fact, SchoolDeparted):
        return fact.model_copy(update={"status": DEPARTED})
    return fact


@dataclass(frozen=True, slots=True)
class School:
    """A school within the caller's scope; its id outlives its URN."""

    school_id: UUID
    la_code: str
    urn: int


class SchoolNotFound(errors.NotFound):
    """No such school, or none that the caller may know of: said alike."""

    slug = "school-not-found"
    title = "There is no such school within your scope"

    def __init__(self, urn: int) -> None:
        super().__init__(school_urn=urn)
