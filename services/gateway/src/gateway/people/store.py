"""The tables of people and their roles: one function per query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import orjson

from chassis import sql
from chassis.db import Tx
from chassis.parts import in_parts
from gateway.people import refusals
from gateway.people.model import Assignment, Home, PeopleFilters, Place, Somebody

QUERIES = sql.load("gateway.people")
LIST_PEOPLE = QUERIES.rows("list_people", Somebody, planned_anew=True)
COUNT_PEOPLE = QUERIES.rows("count_people", int, planned_anew=True)
GET_PERSON = QUERIES.rows("get_person", Somebody)
GET_PERSON_BY_EMAIL = QUERIES.rows("get_person_by_email", Somebody)
LIST_ASSIGNMENTS = QUERIES.rows("list_assignments", Assignment)
LIST_PLACES = QUERIES.rows("list_places", Place)
LIST_PEOPLE_OF_EMAILS = QUERIES.rows("list_people_of_emails", Somebody)
INSERT_PERSON = QUERIES.scalar("insert_person", UUID)
UPDATE_PERSON = QUERIES.scalar("update_person", UUID)
SET_HOMES = QUERIES.command("set_homes")
INVITE_AGAIN = QUERIES.scalar("invite_again", UUID)
INSERT_ASSIGNMENTS = QUERIES.scalar("insert_assignments", UUID)
UPDATE_ASSIGNMENT = QUERIES.scalar("update_assignment", UUID)
END_ASSIGNMENTS = QUERIES.scalar("end_assignments", UUID)
LOCK_AUTHORITIES = QUERIES.scalar("lock_authorities", str)
LIST_ADMINISTERED = QUERIES.scalar("list_administered", str)


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody new, by their address."""

    person_id: UUID
    email_key: str


INSERT_PEOPLE = QUERIES.rows("insert_people", Invited)


@dataclass(frozen=True, slots=True)
class Scope:
    """The LAs and schools whose people somebody may see."""

    my_las: list[str]
    my_schools: list[UUID]
    me: UUID | None


@dataclass(frozen=True, slots=True)
class After:
    """After whom a page begins."""

    name: str | None
    person_id: UUID | None


async def list_people(
    tx: Tx, scope: Scope, asked: Mapping[str, object], after: After, page_size: int
) -> list[Somebody]:
    page = {"after_name": after.name, "after_id": after.person_id}
    given = {**_among(scope, asked), **page, "page_size": page_size}
    return await tx.all(LIST_PEOPLE, given)


async def count_people(tx: Tx, scope: Scope, asked: Mapping[str, object]) -> int:
    return await tx.one(COUNT_PEOPLE, {**_of(scope), **asked})


def _among(scope: Scope, asked: Mapping[str, object]) -> dict[str, object]:
    # Row-level security decides, but would look at every assignment there is; where
    # the scope holds a good part of them, that is the quicker way.
    is_wide = len(scope.my_las) > 1 and not asked["is_narrowed"]
    return {**_of(scope), **asked, "is_wide": is_wide}


def asked_for(
    filters: PeopleFilters, school_id: UUID | None, today: date
) -> dict[str, object]:
    """Say a listing's filters as its statements take them."""
    place_or_role = (filters.la_code, school_id, filters.role, filters.state)
    return {
        "is_narrowed": any(each is not None for each in place_or_role),
        "text": filters.text,
        "la_code": filters.la_code,
        "school_id": school_id,
        "role": filters.role,
        "state": filters.state,
        "today": today,
    }


def _of(scope: Scope) -> dict[str, object]:
    return {
        "my_las": scope.my_las,
        "my_schools": scope.my_schools,
        "me": scope.me,
    }


def _address_taken() -> dict[str, Exception]:
    names = ("person_email_unique", "person_username_unique")
    return {name: refusals.EmailInUse() for name in names}


def _role_held() -> dict[str, Exception]:
    names = ("assignment_begun_unique", "assignment_standing_unique")
    return {name: refusals.AlreadyAssigned() for name in names}


async def get_person(tx: Tx, person_id: UUID) -> Somebody | None:
    return await tx.maybe(GET_PERSON, {"person_id": person_id})


async def get_person_by_email(tx: Tx, email: str) -> Somebody | None:
    return await tx.maybe(GET_PERSON_BY_EMAIL, {"email": email})


async def list_people_of_emails(tx: Tx, email_keys: Sequence[str]) -> list[Somebody]:
    return await tx.all(LIST_PEOPLE_OF_EMAILS, {"email_keys": list(email_keys)})


async def list_assignments(tx: Tx, person_ids: Sequence[UUID]) -> list[Assignment]:
    return await tx.all(LIST_ASSIGNMENTS, {"person_ids": list(person_ids)})


async def list_places(
    tx: Tx, scope: Scope, urns: Sequence[int], la_codes: Sequence[str]
) -> list[Place]:
    asked = {"urns": list(urns), "la_codes": list(la_codes), **_of(scope)}
    return await tx.all(LIST_PLACES, asked)


async def insert_person(tx: Tx, display_name: str, email: str, home: Home) -> UUID:
    """Keep somebody new.

    Raises:
        refusals.EmailInUse: somebody has the address.
    """
    place = {"la_code": home.la_code, "school_id": home.school_id}
    said = {"display_name": display_name, "email": email, **place}
    return await tx.one(INSERT_PERSON, said, _address_taken())


async def insert_people(
    tx: Tx, entries: Sequence[Mapping[str, Any]]
) -> dict[str, UUID]:
    """Keep many; return who is new, by address: the others' addresses are taken."""
    new: dict[str, UUID] = {}
    for part in in_parts(entries):
        made = await tx.all(INSERT_PEOPLE, {"entries": _json(part)})
        new.update({each.email_key: each.person_id for each in made})
    return new


async def update_person(tx: Tx, new: Somebody) -> UUID | None:
    """Store a name and address; None when `new.version` is no longer the present.

    Raises:
        refusals.EmailInUse: somebody has the address.
    """
    said = {
        "person_id": new.person_id,
        "display_name": new.display_name,
        "email": new.email,
        "version": new.version,
    }
    return await tx.maybe(UPDATE_PERSON, said, _address_taken())


async def set_homes(tx: Tx, homes: Mapping[UUID, Home]) -> None:
    entries = [
        {"person_id": person_id, "la_code": home.la_code, "school_id": home.school_id}
        for person_id, home in homes.items()
    ]
    for part in in_parts(entries):
        await tx.run(SET_HOMES, {"entries": _json(part)})


async def invite_again(tx: Tx, person_id: UUID) -> UUID | None:
    return await tx.maybe(INVITE_AGAIN, {"person_id": person_id})


async def insert_assignments(
    tx: Tx, giver_id: UUID | None, entries: Sequence[Mapping[str, Any]]
) -> list[UUID]:
    """Give roles, each to its `person_id`.

    Raises:
        refusals.AlreadyAssigned: one is held there already.
    """
    made: list[UUID] = []
    for part in in_parts(entries):
        said = {"giver_id": giver_id, "entries": _json(part)}
        made += await tx.all(INSERT_ASSIGNMENTS, said, _role_held())
    return made


async def update_assignment(tx: Tx, new: Assignment) -> UUID | None:
    """Store other days; None when `new.version` is no longer the present.

    Raises:
        refusals.AlreadyAssigned: the same is held there within those days.
    """
    said = {
        "assignment_id": new.assignment_id,
        "from_on": new.from_on,
        "to_on": new.to_on,
        "version": new.version,
    }
    return await tx.maybe(UPDATE_ASSIGNMENT, said, _role_held())


async def end_assignments(tx: Tx, assignment_ids: Sequence[UUID]) -> list[UUID]:
    return await tx.all(END_ASSIGNMENTS, {"assignment_ids": list(assignment_ids)})


async def lock_authorities(tx: Tx, la_codes: Sequence[str]) -> None:
    await tx.all(LOCK_AUTHORITIES, {"la_codes": list(la_codes)})


async def list_administered(
    tx: Tx, la_codes: Sequence[str], without: Sequence[UUID], on_day: date
) -> list[str]:
    asked = {"la_codes": list(la_codes), "without": list(without), "on_day": on_day}
    return await tx.all(LIST_ADMINISTERED, asked)


def _json(entries: Sequence[Mapping[str, Any]]) -> str:
    return orjson.dumps(entries).decode()
