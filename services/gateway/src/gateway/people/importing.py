"""Brings a file of people in: good rows in one transaction, each bad one named."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal
from uuid import UUID

from chassis import errors
from chassis.audit import service as audit
from chassis.auth import Actor
from chassis.db import Database, Tx
from gateway.people import model, reading, steps, store
from gateway.people.model import Assignment, Home, Place, Somebody
from gateway.people.reading import Fault, Row, Sheet

Outcome = Literal["invited", "role-given", "unchanged"]


@dataclass(frozen=True, slots=True)
class Taken:
    """What becomes of one row."""

    line: int
    display_name: str
    email: str
    role: str
    place: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file did, or would do."""

    dry_run: bool
    rows: int
    invited: int
    roles_given: int
    unchanged: int
    taken: Sequence[Taken]
    faults: Sequence[Fault]


@dataclass(slots=True)
class _Work:
    """The rows of a file as they are sorted out."""

    sheet: Sheet
    faults: list[Fault]
    unchanged: set[int] = field(default_factory=set[int])

    def refuse(self, row: Row, name: str, detail: str) -> None:
        self.faults.append(self.sheet.fault(row.line, name, detail))


class _OnlyTried(Exception):
    """Everything was done to see what it does, and is taken back."""

    def __init__(self, brought: Brought) -> None:
        super().__init__()
        self.brought = brought


async def import_people(
    db: Database, actor: Actor, content: bytes, today: date, *, dry_run: bool
) -> Brought:
    """Invite the people of a file and give them their roles.

    A dry run does the very same, and takes it back.

    Raises:
        errors.Forbidden: the caller gives no roles anywhere.
        refusals.PeopleFileUnreadable: it is no such file.
    """
    if not any(grant.role in model.GIVERS for grant in actor.grants):
        raise errors.Forbidden
    sheet = reading.read(content, today)
    try:
        async with db.begin(actor, model.CHANGE_ACCESS) as tx:
            return _kept(await _bring(tx, actor, sheet, dry_run=dry_run))
    except _OnlyTried as tried:
        return tried.brought


def _kept(brought: Brought) -> Brought:
    """Let what was done stay done, unless it was only tried."""
    if brought.dry_run:
        raise _OnlyTried(brought)
    return brought


async def _bring(tx: Tx, actor: Actor, sheet: Sheet, *, dry_run: bool) -> Brought:
    work = _Work(sheet, list(sheet.faults))
    places = await _places(tx, actor, sheet.rows)
    rows = [row for row in sheet.rows if _may(work, actor, row, places)]
    keys = sorted({row.email_key for row in rows})
    found = await store.list_people_of_emails(tx, keys)
    known = {person.email.lower(): person for person in found}
    rows = await _not_held(tx, work, rows, known, places)
    new = await _invite(tx, rows, known, places)
    ids = {**{key: person.person_id for key, person in known.items()}, **new}
    rows = [row for row in rows if _has_address(work, row, ids)]
    await _give(tx, actor, rows, ids, places)
    await _settle(tx, rows, known, new, places)
    given = {row.line for row in rows}
    lines = given | work.unchanged
    taken = [
        Taken(
            row.line,
            row.display_name,
            row.email,
            row.role,
            places[row.place].school_name or places[row.place].la_name,
            _outcome(row, work, new),
        )
        for row in sheet.rows
        if row.line in lines
    ]
    faults = sorted(work.faults, key=lambda fault: fault.line)
    counts = (sheet.count, len(new), len(given), len(work.unchanged))
    return Brought(dry_run, *counts, taken, faults)


def _outcome(row: Row, work: _Work, new: Mapping[str, UUID]) -> Outcome:
    if row.line in work.unchanged:
        return "unchanged"
    return "invited" if row.email_key in new else "role-given"


async def _places(tx: Tx, actor: Actor, rows: Sequence[Row]) -> dict[int | str, Place]:
    urns = sorted({row.school_urn for row in rows if row.school_urn})
    codes = sorted({row.la_code for row in rows if row.la_code})
    found = await store.list_places(tx, steps.scope_of(actor), urns, codes)
    return {place.urn or place.la_code: place for place in found}


def _may(
    work: _Work, actor: Actor, row: Row, places: Mapping[int | str, Place]
) -> bool:
    place = places.get(row.place)
    if place is None:
        name = "school_urn" if row.school_urn else "la_code"
        work.refuse(row, name, "is none within your scope")
        return False
    if not model.may_give(actor, row.role, place.la_code, place.school_id):
        work.refuse(row, "role", "is for others to give there")
        return False
    return True


async def _not_held(
    tx: Tx,
    work: _Work,
    rows: Sequence[Row],
    known: Mapping[str, Somebody],
    places: Mapping[int | str, Place],
) -> list[Row]:
    """Keep what gives something new; the same role on other days is a fault."""
    held: defaultdict[UUID, list[Assignment]] = defaultdict(list)
    ids = [person.person_id for person in known.values()]
    for each in await store.list_assignments(tx, ids):
        held[each.person_id].append(each)
    left: list[Row] = []
    for row in rows:
        person, place = known.get(row.email_key), places[row.place]
        days = (row.from_on, row.to_on)
        theirs = held[person.person_id] if person else []
        if person and not _is_of_one_la(person.home, place):
            work.refuse(row, "email", "is of somebody kept in another LA")
        elif not model.overlaps(theirs, row.role, place, days):
            left.append(row)
        elif _is_same(theirs, row, place):
            work.unchanged.add(row.line)
        else:
            said = "is held there on other days: change them on the person's page"
            work.refuse(row, "role", said)
    return left


def _is_of_one_la(home: Home, place: Place) -> bool:
    return home.la_code in {None, place.la_code}


def _is_same(held: Sequence[Assignment], row: Row, place: Place) -> bool:
    """Whether it is held until the same day; a first day that is past is no news."""
    return any(
        each.role == row.role
        and (each.la_code, each.school_id) == (place.la_code, place.school_id)
        and each.ended_at is None
        and each.to_on == row.to_on
        for each in held
    )


async def _invite(
    tx: Tx,
    rows: Sequence[Row],
    known: Mapping[str, Somebody],
    places: Mapping[int | str, Place],
) -> dict[str, UUID]:
    """Keep those who are new, each where their first row is."""
    first: dict[str, Row] = {}
    for row in rows:
        if row.email_key not in known:
            first.setdefault(row.email_key, row)
    entries = [
        {
            "email_key": key,
            "display_name": row.display_name,
            "email": row.email,
            "la_code": places[row.place].la_code,
            "school_id": places[row.place].school_id,
        }
        for key, row in first.items()
    ]
    if not entries:
        return {}
    new = await store.insert_people(tx, entries)
    people = await store.list_people_of_emails(tx, sorted(new))
    await audit.record_many(tx, [model.recorded("invited", each) for each in people])
    return new


def _has_address(work: _Work, row: Row, ids: Mapping[str, UUID]) -> bool:
    if row.email_key in ids:
        return True
    work.refuse(
        row,
        "email",
        "is somebody's outside your scope: ask your local authority",
    )
    return False


async def _give(
    tx: Tx,
    actor: Actor,
    rows: Sequence[Row],
    ids: Mapping[str, UUID],
    places: Mapping[int | str, Place],
) -> None:
    entries: list[dict[str, Any]] = [
        {
            "person_id": ids[row.email_key],
            "la_code": places[row.place].la_code,
            "school_id": places[row.place].school_id,
            "role": row.role,
            "from_on": row.from_on,
            "to_on": row.to_on,
        }
        for row in rows
    ]
    if entries:
        await steps.insert_roles(tx, actor, entries)


async def _settle(
    tx: Tx,
    rows: Sequence[Row],
    known: Mapping[str, Somebody],
    new: Mapping[str, UUID],
    places: Mapping[int | str, Place],
) -> None:
    """Let those be kept by their LA who have a role beyond where they were kept."""
    homes = {key: person.home for key, person in known.items()}
    moved: dict[UUID, Home] = {}
    for row in rows:
        key, place = row.email_key, places[row.place]
        before = homes.setdefault(key, model.home_of(place))
        homes[key] = model.lifted(before, place)
        if homes[key] != before:
            moved[new[key] if key in new else known[key].person_id] = homes[key]
    if moved:
        await store.set_homes(tx, moved)
