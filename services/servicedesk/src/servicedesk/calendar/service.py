"""The use cases of calendars: each opens the one transaction it needs."""

from datetime import date, datetime

from chassis import conditional, db
from chassis.audit import service as audit
from chassis.auth import Actor
from servicedesk.calendar import schemas, store
from servicedesk.calendar.model import asking, calendars, counting, layers, plain
from servicedesk.calendar.model.asking import Due, Elapsed, Objections, Work
from servicedesk.calendar.model.calendars import (
    ACCESS,
    AUTHORITY_WRITERS,
    SCHOOL_WRITERS,
    AuthorityNotFound,
    Calendar,
    CalendarImpossible,
    DaysTold,
    Place,
    Proposal,
    Written,
    YearTold,
)
from servicedesk.schools import service as schools

Whose = str | int
"""Of which LA, by its code, or of which school, by its URN."""


async def get_calendar(database: db.Database, actor: Actor, whose: Whose) -> Calendar:
    """Say what an LA or a school says of its calendar, and what governs there.

    Raises:
        AuthorityNotFound, SchoolNotFound: it is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        place, written = await _newest(tx, actor, whose)
    return calendars.told(place, written)


async def write_calendar(
    database: db.Database,
    actor: Actor,
    which: tuple[Whose, int],
    command: schemas.WriteCalendar,
) -> Calendar:
    """Write a calendar anew at a version of it; it governs from this moment on.

    Raises:
        AuthorityNotFound, SchoolNotFound: it is not within the scope.
        errors.Forbidden: the actor does not write it.
        errors.Stale: it is at another version by now.
        CalendarImpossible: no calendar can be like this.
    """
    whose, version = which
    said = command.model_dump(mode="json")
    async with database.begin(actor, ACCESS) as tx:
        place, written = await _newest(tx, actor, whose)
        is_school = place.school_id is not None
        roles = SCHOOL_WRITERS if is_school else AUTHORITY_WRITERS
        actor.require(roles, place.la_code, place.school_id)
        last = calendars.newest(place, written)
        conditional.check(version, last.version if last else 0)
        _require_possible(said)
        if last is not None and last.said == said:
            return calendars.told(place, written)
        made = await store.insert_versions(tx, [(place, last, said)])
        versions = {"version": last.version if last else 0}, {"version": version + 1}
        await audit.record(tx, "calendar.written", place.target, *versions)
    return calendars.told(place, [*written, *made])


async def list_days(
    database: db.Database, actor: Actor, urn: int, first: date, last: date
) -> DaysTold:
    """Say what each of some days is to a school, and when somebody is there.

    Raises:
        SchoolNotFound: it is not within the scope.
        WindowImpossible: they are too many, or none.
    """
    calendars.require_days(first, last)
    async with database.read(actor, ACCESS) as tx:
        place, written = await _newest(tx, actor, urn)
    return calendars.days_told(place, written, first, last)


async def get_year(
    database: db.Database, actor: Actor, urn: int, year: int
) -> YearTold:
    """Say what a school year holds, and what it lacks of what the law asks.

    Raises:
        SchoolNotFound: it is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        place, written = await _newest(tx, actor, urn)
    found = counting.count(calendars.effective(written), year)
    return calendars.year_told(place, found)


async def propose_year(
    database: db.Database, actor: Actor, whose: Whose, year: int
) -> Proposal:
    """Draft the school year after one, at an LA or a school; nothing is written.

    Raises:
        AuthorityNotFound, SchoolNotFound: it is not within the scope.
        YearNotRolled: there is nothing to draft it from, or it is written.
    """
    async with database.read(actor, ACCESS) as tx:
        place, written = await _newest(tx, actor, whose)
    return calendars.proposal(place, written, year)


async def get_elapsed(
    database: db.Database, actor: Actor, urn: int, window: tuple[datetime, datetime]
) -> Elapsed:
    """Say how much working time of a school lies between two moments.

    Raises:
        SchoolNotFound: it is not within the scope.
        WindowImpossible: it ends before it begins.
        TimeNotCovered: no terms are written of some of it.
    """
    asking.require_window(*window, None)
    async with database.read(actor, ACCESS) as tx:
        place, written = await _since(tx, urn, window[0])
    return asking.elapsed(place, written, *window)


async def get_due(
    database: db.Database, actor: Actor, urn: int, start: datetime, minutes: int
) -> Due:
    """Say when some working time of a school is over.

    Raises:
        SchoolNotFound: it is not within the scope.
        WindowImpossible: it begins beyond all calendars.
        TimeNotCovered: it is not over before the written terms are.
    """
    asking.require_window(start, start, None)
    async with database.read(actor, ACCESS) as tx:
        place, written = await _since(tx, urn, start)
    return asking.due(place, written, start, minutes)


async def list_objections(
    database: db.Database,
    actor: Actor,
    urn: int,
    window: tuple[datetime, datetime],
    work: Work,
) -> Objections:
    """Say all that speaks against work at a school in a window.

    Raises:
        SchoolNotFound: it is not within the scope.
        WindowImpossible: it ends before it begins, or is too long.
    """
    asking.require_window(*window, asking.LONGEST_WINDOW)
    async with database.read(actor, ACCESS) as tx:
        place, written = await _newest(tx, actor, urn)
    return asking.objections(place, written, window, work)


async def _since(tx: db.Tx, urn: int, from_at: datetime) -> tuple[Place, list[Written]]:
    """Find a school, and all that governed there from a moment on."""
    place = calendars.place_of(await schools.school_of(tx, urn))
    return place, await store.list_versions(tx, place, from_at)


async def _newest(tx: db.Tx, actor: Actor, whose: Whose) -> tuple[Place, list[Written]]:
    """Find a place, and what it and its LA said last."""
    if isinstance(whose, str):
        if not actor.may(ACCESS.read, whose, None):
            raise AuthorityNotFound(la_code=whose)
        place = Place(whose)
    else:
        place = calendars.place_of(await schools.school_of(tx, whose))
    return place, await store.list_versions(tx, place)


def _require_possible(said: plain.Plain) -> None:
    faults = layers.faults(plain.layer_of(said))
    if faults:
        raise CalendarImpossible(faults=faults)
