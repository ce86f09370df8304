"""The same for the calendars of many schools, in one transaction."""

from collections.abc import Sequence

from chassis import db, errors, idempotency, outbox
from chassis.audit import service as audit
from chassis.audit.model import Entry
from chassis.auth import Actor
from chassis.errors import Fault
from servicedesk.calendar import schemas, service, store
from servicedesk.calendar.model import calendars, layers
from servicedesk.calendar.model.calendars import (
    ACCESS,
    SCHOOL_WRITERS,
    Added,
    AddedAt,
    CalendarImpossible,
    Place,
    Written,
)
from servicedesk.calendar.model.plain import Plain, layer_of
from servicedesk.schools import service as schools
from servicedesk.schools.model import SchoolNotFound


async def add_to_calendars(
    database: db.Database,
    actor: Actor,
    command: schemas.AddToCalendars,
    key: str | None,
) -> Added:
    """Add to what schools say themselves; a repeat with the same key adds nothing.

    Raises:
        SchoolNotFound: some are not within the scope.
        errors.Forbidden: the actor does not write the calendars of some.
        CalendarImpossible: what is added cannot be, or not at some of the schools.
        errors.Stale: somebody else wrote one of the calendars meanwhile.
    """
    more = command.model_dump(mode="json", exclude={"school_urns"})
    async with database.begin(actor, ACCESS) as tx:
        places = await _places(tx, actor, command.school_urns)
        if earlier := await idempotency.earlier(tx, key, command, Added):
            return earlier
        newest = await store.list_newest_of_schools(tx, places)
        by_school = {written.school_id: written for written in newest}
        held = [by_school.get(place.school_id) for place in places]
        said = [calendars.with_more(last, more) for last in held]
        _require_possible(said)
        versions = await _write(tx, list(zip(places, held, said, strict=True)))
        told = zip(command.school_urns, versions, strict=True)
        added = Added([AddedAt(urn, version) for urn, version in told])
        await idempotency.keep(tx, key, added)
    return added


async def _places(tx: db.Tx, actor: Actor, urns: Sequence[int]) -> list[Place]:
    """Find the schools, at all of which the actor may write."""
    found = await schools.schools_of(tx, set(urns))
    unknown = [
        Fault(f"/school_urns/{number}", SchoolNotFound.title)
        for number, urn in enumerate(urns)
        if urn not in found
    ]
    if unknown:
        raise SchoolNotFound(errors=unknown)
    places = [calendars.place_of(found[urn]) for urn in urns]
    closed = [
        Fault(f"/school_urns/{number}", errors.Forbidden.title)
        for number, place in enumerate(places)
        if not actor.may(SCHOOL_WRITERS, place.la_code, place.school_id)
    ]
    if closed:
        raise errors.Forbidden(errors=closed)
    return places


async def _write(
    tx: db.Tx, items: Sequence[tuple[Place, Written | None, Plain]]
) -> list[int]:
    """Write what has changed, once for each school; say the version of each."""
    changed = {
        place.school_id: (place, last, said)
        for place, last, said in items
        if last is None or last.said != said
    }
    if changed:
        made = await store.insert_versions(tx, list(changed.values()))
        said = [service.said_of(changed[each.school_id][0], each) for each in made]
        await outbox.enqueue_many(tx, said)
        entries = [_entry(place, last) for place, last, _ in changed.values()]
        await audit.record_many(tx, entries)
    return [
        (last.version if last else 0) + (place.school_id in changed)
        for place, last, _ in items
    ]


def _entry(place: Place, last: Written | None) -> Entry:
    before = last.version if last else 0
    versions = {"version": before}, {"version": before + 1}
    return Entry("calendar.written", place.target, *versions)


def _require_possible(said: Sequence[Plain]) -> None:
    """Refuse what cannot be at some of the schools, with all that speaks against it."""
    faults = [
        Fault(f"/school_urns/{number}", f"{fault.detail} ({fault.pointer} of it then)")
        for number, each in enumerate(said)
        for fault in layers.faults(layer_of(each))
    ]
    if faults:
        raise CalendarImpossible(faults=faults)
