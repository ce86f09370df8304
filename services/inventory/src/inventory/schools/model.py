"""A school as this service needs it: its id, its present URN, its LA and its name."""

from dataclasses import dataclass
from uuid import UUID

from chassis import errors
from chassis.auth import Access
from contracts import roles


@dataclass(frozen=True, slots=True)
class School:
    """A school within the caller's scope; its id outlives its URN."""

    school_id: UUID
    la_code: str
    urn: int
    name: str


@dataclass(frozen=True, slots=True)
class FoundSchool:
    """A school beside the URN by which it was asked for."""

    asked_urn: int
    school_id: UUID
    la_code: str
    urn: int
    name: str

    @property
    def school(self) -> School:
        return School(self.school_id, self.la_code, self.urn, self.name)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A school that was taken over, and the LA in which it was known before."""

    school_id: UUID
    old_la_code: str | None
    la_code: str


class SchoolOnItsWay(errors.Unavailable):
    """The school passed to another LA while this was being stored."""

    def __init__(self) -> None:
        super().__init__("The school is just passing to another LA")


class SchoolNotFound(errors.NotFound):
    """No such school, or none that the caller may know of: said alike."""

    slug = "school-not-found"
    title = "There is no such school within your scope"


ACCESS = Access(read=roles.NAMED_SCHOOLS)
