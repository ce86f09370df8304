"""Who people are, which roles they hold where, and who may give which; no I/O."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from chassis.audit import model as audit
from chassis.audit.model import Entry, Target, Values
from chassis.auth import Access, Actor
from contracts import roles
from gateway.people import refusals

State = Literal["invited", "active", "left"]
Standing = Literal["to-come", "present", "past"]

OF_AN_LA = frozenset({roles.LA_MANAGER, roles.LA_TECHNICIAN, roles.AUDITOR})
"""Given by an LA's managers; roles of a region and of systems are the operator's."""
GIVERS = frozenset({roles.LA_MANAGER, roles.SCHOOL_LEADER})
READERS = roles.LA_WIDE | {roles.SCHOOL_TECHNICIAN, roles.SCHOOL_LEADER}
PEOPLE_ACCESS = Access(read=READERS)
CHANGE_ACCESS = Access(read=READERS, write=GIVERS)
_MANAGERS = frozenset({roles.LA_MANAGER})


@dataclass(frozen=True, slots=True)
class Home:
    """Who keeps somebody's name and address: a school, a whole LA, or the operator."""

    la_code: str | None
    school_id: UUID | None = None

    def covers(self, place: "Place") -> bool:
        return self.la_code is None or (
            self.la_code == place.la_code and self.school_id in {None, place.school_id}
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a role may be held: a school, or an LA as a whole."""

    la_code: str
    la_name: str
    school_id: UUID | None = None
    urn: int | None = None
    school_name: str | None = None


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person as the directory keeps them, at `version`."""

    person_id: UUID
    display_name: str
    email: str
    invited_at: datetime | None
    joined_at: datetime | None
    home_la_code: str | None
    home_school_id: UUID | None
    home_school_urn: int | None
    version: int

    @property
    def home(self) -> Home:
        return Home(self.home_la_code, self.home_school_id)


@dataclass(frozen=True, slots=True)
class Assignment:
    """A role that somebody holds, held or will hold somewhere."""

    assignment_id: UUID
    person_id: UUID
    role: str
    la_code: str | None
    la_name: str | None
    school_id: UUID | None
    school_urn: int | None
    school_name: str | None
    region_code: str | None
    from_on: date
    to_on: date | None
    ended_at: datetime | None
    assigned_at: datetime
    assigned_by: str | None
    deputises_for: UUID | None
    deputises_for_name: str | None
    version: int

    def standing(self, today: date) -> Standing:
        """Say whether it is past, holds today, or is to come."""
        if self.ended_at is not None or (self.to_on is not None and self.to_on < today):
            return "past"
        return "present" if self.from_on <= today else "to-come"


@dataclass(frozen=True, slots=True)
class Known:
    """A person with those of their roles that somebody may see, as of a day."""

    person: Somebody
    held: tuple[Assignment, ...]
    today: date

    @property
    def state(self) -> State:
        """In which state they are, as far as one sees their roles."""
        if all(each.standing(self.today) == "past" for each in self.held):
            return "left"
        person = self.person
        is_waiting = person.invited_at is not None and person.joined_at is None
        return "invited" if is_waiting else "active"


@dataclass(frozen=True, slots=True)
class PeopleFilters:
    """Whom a listing is of; None asks for everybody in scope."""

    text: str | None = None
    la_code: str | None = None
    school_urn: int | None = None
    role: str | None = None
    state: State | None = None


def person_of(actor: Actor) -> UUID | None:
    """Say which person asks; None of a client or service."""
    return UUID(actor.principal) if actor.kind == "person" else None


def home_of(place: Place) -> Home:
    return Home(place.la_code, place.school_id)


def require_one_place(
    role: str, urn: int | None, la_code: str | None, pointer: str
) -> None:
    """Refuse a role that is not for one place of its kind.

    Raises:
        RoleOfOtherPlace: it is for none, for two, or for one of the other kind.
    """
    if (urn is None) != (role in OF_AN_LA) or (la_code is None) == (role in OF_AN_LA):
        raise refusals.RoleOfOtherPlace(f"{pointer}/role")


def may_give(actor: Actor, role: str, la_code: str | None, school: UUID | None) -> bool:
    """Say whether somebody may give or end a role at a place."""
    if la_code is None:
        return False
    if role in OF_AN_LA and school is None:
        return actor.may(_MANAGERS, la_code, None)
    return role in roles.OF_A_SCHOOL and actor.may(GIVERS, la_code, school)


def may_end(actor: Actor, held: Assignment) -> bool:
    return may_give(actor, held.role, held.la_code, held.school_id)


def keeps(actor: Actor, home: Home) -> bool:
    """Say whether somebody may change the name and address of who is kept there."""
    return home.la_code is not None and actor.may(
        GIVERS if home.school_id else _MANAGERS, home.la_code, home.school_id
    )


def lifted(home: Home, place: Place) -> Home:
    """Say who keeps somebody who is now given a role at a place.

    Raises:
        OfAnotherAuthority: they are kept in another LA.
    """
    if home.covers(place):
        return home
    if home.la_code != place.la_code:
        raise refusals.OfAnotherAuthority
    return Home(place.la_code)


def require_days(
    from_on: date, to_on: date | None, today: date, pointer: str = ""
) -> None:
    """Refuse days that cannot be.

    Raises:
        DaysImpossible: the last day is before the first, or over.
    """
    if to_on is None:
        return
    if to_on < from_on:
        raise refusals.DaysImpossible(
            f"{pointer}/to_on", "The last day is before the first day"
        )
    if to_on < today:
        raise refusals.DaysImpossible(
            f"{pointer}/to_on", "The last day is over; end the role"
        )


def moved(held: Assignment, values: Mapping[str, Any], today: date) -> Assignment:
    """Give a role other days: what has begun keeps its first day.

    Raises:
        AssignmentEnded: it is over.
        DaysImpossible: the days cannot be.
    """
    if held.standing(today) == "past":
        raise refusals.AssignmentEnded
    new = replace(held, **values)
    has_begun = held.standing(today) == "present"
    if new.from_on != held.from_on and (has_begun or new.from_on < today):
        raise refusals.DaysImpossible("/from_on", "What has begun keeps its first day")
    require_days(new.from_on, new.to_on, today)
    return new


def overlaps(
    held: Iterable[Assignment], role: str, place: Place, days: tuple[date, date | None]
) -> bool:
    """Say whether the same role is held at the same place within some days."""
    begins, ends = days
    return any(
        each.role == role
        and (each.la_code, each.school_id) == (place.la_code, place.school_id)
        and each.ended_at is None
        and (each.to_on is None or each.to_on >= begins)
        and (ends is None or each.from_on <= ends)
        for each in held
    )


def recorded(happened: str, person: Somebody, old: Somebody | None = None) -> Entry:
    """Say a change of somebody as the audit has it, where they are kept."""
    home = person.home
    target = Target("person", person.person_id, home.la_code, home.school_id)
    before = {} if old is None else _told(old)
    changes = audit.differing(before, _told(person))
    return audit.changed(f"person.{happened}", target, changes)


def role_recorded(
    happened: str, person_id: UUID, place: tuple[str | None, UUID | None], said: Values
) -> Entry:
    """Say what became of somebody's role as the audit has it, where it is held."""
    return Entry(f"role.{happened}", Target("person", person_id, *place), after=said)


def ended(each: Assignment) -> Entry:
    """Say that a role ended."""
    place = (each.la_code, each.school_id)
    said = {"assignment_id": each.assignment_id, "role": each.role}
    return role_recorded("ended", each.person_id, place, said)


def _told(person: Somebody) -> dict[str, object]:
    return {"display_name": person.display_name, "email": person.email}
