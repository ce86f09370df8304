"""People and their roles on the wire."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from chassis.wire import Answer, Body, Day, LaCode, Line, Urn, partial
from gateway.people.model import Assignment, Known, State

MOST_ROLES = 50
Name = Annotated[Line, StringConstraints(min_length=1, max_length=120)]
Email = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        max_length=200,
        pattern=r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$",
    ),
]
GivenRole = Literal[
    "la-manager",
    "la-technician",
    "auditor",
    "school-leader",
    "school-technician",
    "staff",
    "learner",
]


class GiveRole(Body):
    """A role to be given at one school, or for one LA as a whole."""

    role: GivenRole
    school_urn: Urn | None = None
    la_code: LaCode | None = None
    from_on: Annotated[Day | None, Field(description="Today, unless it is said.")] = (
        None
    )
    to_on: Annotated[
        Day | None, Field(description="The last day on which it holds.")
    ] = None
    deputises_for: UUID | None = None


class InvitePerson(Body):
    """Somebody new, with the roles that they are to have."""

    display_name: Name
    email: Email
    assignments: Annotated[list[GiveRole], Field(min_length=1, max_length=MOST_ROLES)]


@partial
class ChangePerson(TypedDict, total=False):
    """A new name or address; what is left out stays."""

    display_name: Name
    email: Email


@partial
class MoveAssignment(TypedDict, total=False):
    """New days of a role; what is left out stays."""

    from_on: Day
    to_on: Day | None


class AssignmentAnswer(Answer):
    """A role that somebody holds, held or will hold somewhere."""

    assignment_id: UUID
    role: str
    la_code: LaCode | None
    la_name: str | None
    school_urn: Urn | None
    school_name: str | None
    region_code: str | None
    from_on: date
    to_on: date | None
    ended_at: datetime | None
    standing: Literal["to-come", "present", "past"]
    assigned_at: datetime
    assigned_by: Annotated[str | None, Field(description="Where you may see them.")]
    deputises_for: UUID | None
    deputises_for_name: str | None
    version: int


class PersonAnswer(Answer):
    """Someone who signs in, with those of their roles that you may see."""

    person_id: UUID
    display_name: str
    email: str
    state: Annotated[State, Field(description="By the roles that you may see.")]
    invited_at: datetime | None
    joined_at: datetime | None
    home_la_code: LaCode | None
    home_school_urn: Urn | None
    version: int
    assignments: list[AssignmentAnswer]


class PeopleAnswer(Answer):
    """A page of people."""

    items: list[PersonAnswer]
    next: Annotated[str | None, Field(description="Give this as `after`.")]


class TakenAnswer(Answer):
    """What became of one row of a file, or would."""

    line: int
    display_name: str
    email: str
    role: str
    place: str
    outcome: Literal["invited", "role-given", "unchanged"]


class RowFaultAnswer(Answer):
    """A row that is not taken, where it stands, and why."""

    line: int
    column: str
    detail: str


class BroughtAnswer(Answer):
    """What a file of people did, or would do."""

    dry_run: bool
    rows: int
    invited: int
    roles_given: int
    unchanged: int
    taken: list[TakenAnswer]
    faults: list[RowFaultAnswer]


UPLOAD: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "A CSV file with the columns Name, E-mail, Role, and URN or"
        " LA code, and From and To if one likes; up to 5,000 rows.",
        "content": {
            "text/csv": {"schema": {"type": "string", "format": "binary"}},
        },
    }
}


class LeftAnswer(Answer):
    """How many roles have ended."""

    ended: int


_OF_PERSON = (
    *("person_id", "display_name", "email", "invited_at", "joined_at"),
    *("home_la_code", "home_school_urn", "version"),
)
_OF_ASSIGNMENT = tuple(n for n in AssignmentAnswer.model_fields if n != "standing")


def shown(known: Known) -> dict[str, object]:
    """Say of a person what is their reader's."""
    said: dict[str, object] = {n: getattr(known.person, n) for n in _OF_PERSON}
    roles = [shown_role(each, known.today) for each in known.held]
    return said | {"state": known.state, "assignments": roles}


def shown_role(held: Assignment, today: date) -> dict[str, object]:
    said: dict[str, object] = {name: getattr(held, name) for name in _OF_ASSIGNMENT}
    return said | {"standing": held.standing(today)}
