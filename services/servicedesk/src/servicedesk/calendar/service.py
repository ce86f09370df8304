"""The use cases of calendars: each opens the one transaction it needs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from chassis import conditional, db, outbox
from chassis.audit import service as audit
from chassis.auth import SERVICE_ACCESS, Actor, service_actor
from contracts.servicedesk import CalendarWritten
from servicedesk.calendar import schemas, store
from servicedesk.calendar.model import (
    asking,
    calendars,
    counting,
    ical,
    layers,
    plain,
    pressing,
)
from servicedesk.calendar.model.asking import Due, Elapsed, Objections, Times, Work
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
from servicedesk.calendar.model.ical import PassedOver
from servicedesk.calendar.model.plain import Plain
from servicedesk.calendar.model.pressing import Lift
from servicedesk.schools import service as schools
from servicedesk.schools.model import School

_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""When a calendar was written of which nothing is."""
Whose = str | int
"""Of which LA, by its code, or of which school, by its URN."""


@dataclass(frozen=True, slots=True)
class Read:
    """A calendar with what was read of a file, and what of that was passed over."""

    calendar: Calendar
    passed_over: list[PassedOver]


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
    said = command.model_dump(mode="json")
    async with database.begin(actor, ACCESS) as tx:
        place, written = await _to_write(tx, actor, which)
        return await _write(tx, place, written, said)


async def begin_calendars(
    database: db.Database,
    la_code: str,
    said: Mapping[int | None, Plain],
) -> int:
    """Write calendars of an LA (None) and its schools where nothing is written so far.

    For who sets schools up without a person at hand. Says how many were written.

    Raises:
        SchoolNotFound: the LA has no such school.
        CalendarImpossible: no calendar can be like one of them.
    """
    ourselves = service_actor("servicedesk", [la_code])
    written = 0
    async with database.begin(ourselves, SERVICE_ACCESS) as tx:
        for urn, each in said.items():
            place = Place(la_code)
            if urn is not None:
                place = calendars.place_of(await schools.school_of(tx, urn))
            held = await store.list_versions(tx, place)
            if calendars.newest(place, held) is None:
                await _write(tx, place, held, each)
                written += 1
    return written


async def read_file(
    database: db.Database, actor: Actor, which: tuple[int, int], text: str
) -> Read:
    """Add what a file of another program says to a school's calendar, at its version.

    Raises:
        SchoolNotFound: it is not within the scope.
        errors.Forbidden: the actor does not write it.
        errors.Stale: it is at another version by now.
        Unreadable: the file is no calendar.
        CalendarImpossible: no calendar can be like this.
    """
    async with database.begin(actor, ACCESS) as tx:
        place, written = await _to_write(tx, actor, which)
        found = ical.read(text)
        more = plain.plain(found.layer)
        said = calendars.with_more(calendars.newest(place, written), more)
        told = await _write(tx, place, written, said)
    return Read(told, found.passed_over)


async def get_file(database: db.Database, actor: Actor, urn: int) -> bytes:
    """Write what governs at a school as a file for other programs.

    Raises:
        SchoolNotFound: it is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        _, written = await _newest(tx, actor, urn)
    stamp = max((each.since for each in written), default=_NEVER)
    return ical.write(calendars.effective(written), urn, stamp)


async def list_days(
    database: db.Database, actor: Actor, whose: Whose, first: date, last: date
) -> DaysTold:
    """Say what each of some days is to a school, and when somebody is there.

    Of an LA: to a school that writes nothing of its own.

    Raises:
        AuthorityNotFound, SchoolNotFound: it is not within the scope.
        WindowImpossible: they are too many, or none.
    """
    calendars.require_days(first, last)
    async with database.read(actor, ACCESS) as tx:
        place, written = await _newest(tx, actor, whose)
    return calendars.days_told(place, written, first, last)


async def get_year(
    database: db.Database, actor: Actor, whose: Whose, year: int
) -> YearTold:
    """Say what a school year holds, and what it lacks of what the law asks.

    Raises:
        AuthorityNotFound, SchoolNotFound: it is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        place, written = await _newest(tx, actor, whose)
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


async def times_of(
    tx: db.Tx, schools_by_la: Mapping[str, Collection[UUID]], from_at: datetime
) -> dict[UUID, Times]:
    """Read by what each of some schools counts its time since a moment."""
    wanted = {each for group in schools_by_la.values() for each in group}
    written = await store.list_versions_of_schools(tx, wanted, from_at)
    return {
        school_id: Times.of(
            [
                each.written
                for each in written
                if each.school_id == school_id
                or (each.school_id is None and each.la_code == la_code)
            ]
        )
        for la_code, group in schools_by_la.items()
        for school_id in group
    }


async def lift_on(tx: db.Tx, school: School, day: date) -> Lift | None:
    """Say what lifts the priority of whatever is reported at a school on a day."""
    written = await store.list_versions(tx, calendars.place_of(school))
    return pressing.lift_on(calendars.effective(written), day)


async def _to_write(
    tx: db.Tx, actor: Actor, which: tuple[Whose, int]
) -> tuple[Place, list[Written]]:
    """Find a place whose calendar the actor writes, at the version that was seen."""
    whose, version = which
    place, written = await _newest(tx, actor, whose)
    is_school = place.school_id is not None
    roles = SCHOOL_WRITERS if is_school else AUTHORITY_WRITERS
    actor.require(roles, place.la_code, place.school_id)
    last = calendars.newest(place, written)
    conditional.check(version, last.version if last else 0)
    return place, written


async def _write(
    tx: db.Tx, place: Place, written: list[Written], said: Plain
) -> Calendar:
    """Store the next version of a calendar, unless it says what it said."""
    faults = layers.faults(plain.layer_of(said))
    if faults:
        raise CalendarImpossible(faults=faults)
    last = calendars.newest(place, written)
    if last is not None and last.said == said:
        return calendars.told(place, written)
    made = await store.insert_versions(tx, [(place, last, said)])
    before = last.version if last else 0
    versions = {"version": before}, {"version": before + 1}
    await audit.record(tx, "calendar.written", place.target, *versions)
    await outbox.enqueue_many(tx, [said_of(place, each) for each in made])
    return calendars.told(place, [*written, *made])


def said_of(place: Place, made: Written) -> CalendarWritten:
    """Say as a fact that a calendar is another."""
    return CalendarWritten(
        entity_id=place.entity_id,
        entity_version=made.version,
        la_code=place.la_code,
        school_id=place.school_id,
        since=made.since,
    )


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
