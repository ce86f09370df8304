"""A school as comparisons need it: its ids, its LA, its phase and its pupils."""

from dataclasses import dataclass
from uuid import UUID

from chassis import errors
from chassis.auth import Access
from contracts import roles

ACCESS = Access(read=roles.NAMED_SCHOOLS)
OPEN_STATUSES = ("open", "open-proposed-to-close")
"""A school that is closed, or not open yet, is compared with nobody."""


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
