"""What the use cases on people share, each step within their transaction."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from chassis.audit import service as audit
from chassis.auth import Actor
from chassis.db import Tx
from contracts import roles
from gateway.people import model, refusals, schemas, store
from gateway.people.model import Assignment, Known, Place, Somebody


def scope_of(actor: Actor) -> store.Scope:
    read = model.READERS
    return store.Scope(actor.las(read), actor.schools(read), model.person_of(actor))


async def one(tx: Tx, person_id: UUID, today: date) -> Known:
    person = there(await store.get_person(tx, person_id))
    [known] = await known_of(tx, [person], today)
    return known


async def known_of(tx: Tx, people: Sequence[Somebody], today: date) -> list[Known]:
    held: defaultdict[UUID, list[Assignment]] = defaultdict(list)
    for each in await store.list_assignments(tx, [p.person_id for p in people]):
        held[each.person_id].append(each)
    return [Known(p, tuple(held[p.person_id]), today) for p in people]


def there(found: Somebody | None) -> Somebody:
    if found is None:
        raise refusals.PersonNotFound
    return found


def held_of(known: Known, assignment_id: UUID) -> Assignment:
    for each in known.held:
        if each.assignment_id == assignment_id:
            return each
    raise refusals.AssignmentNotFound


async def kept(tx: Tx, actor: Actor, person_id: UUID) -> Somebody:
    """Find somebody whose name and address the caller keeps."""
    person = there(await store.get_person(tx, person_id))
    if not model.keeps(actor, person.home):
        raise refusals.KeptElsewhere
    return person


async def theirs(
    tx: Tx, actor: Actor, held: tuple[UUID, UUID], today: date
) -> Assignment:
    """Find a role that the caller may end."""
    person_id, assignment_id = held
    found = held_of(await one(tx, person_id, today), assignment_id)
    if not model.may_end(actor, found):
        raise refusals.RoleNotYoursToGive
    return found


async def require_free(tx: Tx, email: str, person_id: UUID | None = None) -> None:
    found = await store.get_person_by_email(tx, email)
    if found is not None and found.person_id != person_id:
        raise refusals.EmailInUse(found.person_id, found.display_name)


async def places_of(
    tx: Tx, actor: Actor, given: Sequence[schemas.GiveRole], pointer: str = ""
) -> list[Place]:
    """Find where roles are to be held, each the caller's to give.

    Raises:
        refusals.PlaceNotFound: a place is none that the caller knows.
        refusals.RoleOfOtherPlace: a role is not held at places of that kind.
        refusals.RoleNotYoursToGive: a role is for others to give there.
    """
    urns = [each.school_urn for each in given if each.school_urn]
    la_codes = [each.la_code for each in given if each.la_code]
    found = await store.list_places(tx, scope_of(actor), urns, la_codes)
    known = {place.urn or place.la_code: place for place in found}
    places: list[Place] = []
    for nth, each in enumerate(given):
        here = _here(pointer, nth)
        model.require_one_place(each.role, each.school_urn, each.la_code, here)
        place = known.get(each.school_urn or each.la_code or "")
        if place is None:
            field = "school_urn" if each.school_urn else "la_code"
            raise refusals.PlaceNotFound(f"{here}/{field}")
        if not model.may_give(actor, each.role, place.la_code, place.school_id):
            raise refusals.RoleNotYoursToGive
        places.append(place)
    return places


async def give(
    tx: Tx,
    actor: Actor,
    known: Known,
    given: Sequence[schemas.GiveRole],
    pointer: str = "",
) -> list[UUID]:
    """Give somebody roles, each the caller's to give; who keeps them may change by it.

    Raises:
        refusals.AlreadyAssigned: one is held there within those days.
        refusals.DaysImpossible: the days of one cannot be.
        refusals.DeputyUnknown: one deputises for nobody that the caller knows.
        refusals.OfAnotherAuthority: they are kept in another LA.
    """
    places = await places_of(tx, actor, given, pointer)
    home, today = known.person.home, known.today
    entries: list[dict[str, Any]] = []
    for nth, (each, place) in enumerate(zip(given, places, strict=True)):
        here = _here(pointer, nth)
        days = (each.from_on or today, each.to_on)
        model.require_days(*days, today, here)
        if model.overlaps(known.held, each.role, place, days):
            raise refusals.AlreadyAssigned
        if each.deputises_for and not await store.get_person(tx, each.deputises_for):
            raise refusals.DeputyUnknown(f"{here}/deputises_for")
        home = model.lifted(home, place)
        entries.append(
            {
                "person_id": known.person.person_id,
                "la_code": place.la_code,
                "school_id": place.school_id,
                "role": each.role,
                "from_on": days[0],
                "to_on": days[1],
                "deputises_for": each.deputises_for,
            }
        )
    made = await insert_roles(tx, actor, entries)
    if home != known.person.home:
        await store.set_homes(tx, {known.person.person_id: home})
    return made


async def insert_roles(
    tx: Tx, actor: Actor, entries: Sequence[dict[str, Any]]
) -> list[UUID]:
    """Store roles, each of its `person_id`, and record that they were given."""
    made = await store.insert_assignments(tx, model.person_of(actor), entries)
    await audit.record_many(
        tx,
        [
            model.role_recorded(
                "given",
                entry["person_id"],
                (entry["la_code"], entry["school_id"]),
                {**entry, "assignment_id": assignment_id},
            )
            for assignment_id, entry in zip(made, entries, strict=True)
        ],
    )
    return made


def _here(pointer: str, nth: int) -> str:
    """Say where one of several roles stands in a body; one alone is the body."""
    return f"{pointer}/{nth}" if pointer else ""


async def require_administered(
    tx: Tx, without: Sequence[Assignment], on_day: date
) -> None:
    """Vouch that LAs keep a manager when some roles have ended.

    Whoever else takes managers from them waits until this is over.

    Raises:
        refusals.LastAdministrator: one would have none.
    """
    las = sorted(
        {e.la_code for e in without if e.la_code and e.role == roles.LA_MANAGER}
    )
    if not las:
        return
    await store.lock_authorities(tx, las)
    ids = [each.assignment_id for each in without]
    if set(las) - set(await store.list_administered(tx, las, ids, on_day)):
        raise refusals.LastAdministrator
