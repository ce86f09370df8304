"""The use cases of licences: each opens the one transaction it needs."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from chassis import conditional, db, idempotency, outbox
from chassis.audit import service as audit
from chassis.auth import SERVICE_ACCESS, Actor
from chassis.paging import Page, PageRequest
from contracts import inventory as facts
from inventory.estate import service as estate
from inventory.kinds import service as kinds
from inventory.licences import schemas, store
from inventory.licences.model import listing, things
from inventory.licences.model.listing import LicenceFilter, Sort
from inventory.licences.model.things import (
    ACCESS,
    AUTHORITY_WRITERS,
    Licence,
    LicenceNotFound,
    Told,
)

_BATCH = 500
_FIRST = UUID(int=0)


async def list_licences(
    database: db.Database,
    actor: Actor,
    today: date,
    wanted: LicenceFilter,
    sort: Sort,
    page: PageRequest,
) -> Page[Told]:
    """List the licences of the scope, or those that hold at a school or LA of it.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    found = await _listed(database, actor, today, wanted)
    kinds_ = listing.kinds_of(sort)
    return page.cut(found, sort, lambda each: listing.key_of(each, sort), kinds_)


async def count_licences(
    database: db.Database, actor: Actor, today: date, wanted: LicenceFilter
) -> int:
    """Count what a listing holds."""
    return len(await _listed(database, actor, today, wanted))


async def get_licence(
    database: db.Database, actor: Actor, today: date, licence_id: UUID
) -> Told:
    """Read a licence.

    Raises:
        LicenceNotFound: it is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        return things.told(await licence_of(tx, licence_id), today)


async def add_licence(
    database: db.Database,
    actor: Actor,
    today: date,
    command: schemas.AddLicence,
    key: str | None,
) -> Told:
    """Write down a licence of a school, or of an LA for all of its schools.

    Raises:
        PlaceUnclear: neither is named, or both are.
        AuthorityNotFound, SchoolNotFound: it is not within the scope.
        errors.Forbidden: the actor does not say so there.
        LicenceImpossible: what is said contradicts itself.
    """
    said = command.model_dump(exclude={"school_urn", "la_code"})
    place = (command.la_code, command.school_urn)
    async with database.begin(actor, ACCESS) as tx:
        if earlier := await idempotency.earlier(tx, key, command, Told):
            return earlier
        la_code, school_id = await kinds.place_of(tx, actor, *place)
        _require_writer(actor, la_code, school_id)
        things.require_sound(said, today)
        values = {**things.columns(said), "la_code": la_code, "school_id": school_id}
        added = await licence_of(tx, await store.insert_licence(tx, values))
        await audit.record_many(tx, [things.added(added)])
        fact = things.said(facts.LicenceAdded, added, added.version)
        await outbox.enqueue(tx, fact)
        answer = things.told(added, today)
        await idempotency.keep(tx, key, answer)
    return answer


async def change_licence(
    database: db.Database,
    actor: Actor,
    today: date,
    which: tuple[UUID, int],
    command: schemas.ChangeLicence,
) -> Told:
    """Change what is said of a licence at a version of it.

    Raises:
        LicenceNotFound: it is not within the scope.
        errors.Forbidden: the actor does not say so there.
        errors.Stale: it is at another version by now.
        LicenceImpossible: what is said contradicts itself.
    """
    licence_id, version = which
    async with database.begin(actor, ACCESS) as tx:
        held = await hold(tx, actor, licence_id)
        conditional.check(version, held.version)
        new: dict[str, object] = {**things.described(held), **command}
        if new == things.described(held):
            return things.told(held, today)
        things.require_sound(new, today)
        values = {**things.columns(new), "licence_id": licence_id}
        await store.update_licence(tx, values)
        changed = await licence_of(tx, licence_id)
        await audit.record_many(tx, [things.changed(held, changed)])
        fact = things.said(facts.LicenceChanged, changed, changed.version)
        await outbox.enqueue(tx, fact)
    return things.told(changed, today)


async def remove_licence(
    database: db.Database, actor: Actor, which: tuple[UUID, int]
) -> None:
    """Keep a licence no more; the audit says what it was.

    Raises:
        LicenceNotFound: it is not within the scope.
        errors.Forbidden: the actor does not say so there.
        errors.Stale: it is at another version by now.
    """
    licence_id, version = which
    async with database.begin(actor, ACCESS) as tx:
        held = await hold(tx, actor, licence_id)
        conditional.check(version, held.version)
        await store.delete_licence(tx, licence_id)
        await audit.record_many(tx, [things.removed(held)])
        fact = things.said(facts.LicenceRemoved, held, held.version + 1)
        await outbox.enqueue(tx, fact)


async def licence_of(tx: db.Tx, licence_id: UUID) -> Licence:
    """Find a licence of the transaction's scope.

    Raises:
        LicenceNotFound: it is not within the scope.
    """
    found = await store.get_licence(tx, licence_id)
    if found is None:
        raise LicenceNotFound
    return found


async def hold(tx: db.Tx, actor: Actor, licence_id: UUID) -> Licence:
    """Hold a licence to change it: who else wants to waits until the end.

    Raises:
        LicenceNotFound: it is not within the scope.
        errors.Forbidden: the actor does not say so there.
    """
    await store.lock_licence(tx, licence_id)
    return await writable(tx, actor, licence_id)


async def writable(tx: db.Tx, actor: Actor, licence_id: UUID) -> Licence:
    """Find a licence that the actor writes.

    Raises:
        LicenceNotFound: it is not within the scope.
        errors.Forbidden: the actor does not say so there.
    """
    held = await licence_of(tx, licence_id)
    _require_writer(actor, held.la_code, held.school_id)
    return held


async def licences_of(tx: db.Tx, where: Mapping[str, object]) -> list[Licence]:
    """Read every licence that holds at a place."""
    return await store.list_licences(tx, where, LicenceFilter())


async def restate_licences(database: db.Database, actor: Actor) -> int:
    """Say every licence of the actor's LAs again, as events."""
    count, last = 0, _FIRST
    while True:
        async with database.begin(actor, SERVICE_ACCESS) as tx:
            found = await store.restate_licences(tx, last, _BATCH)
            if not found:
                return count
            said = [
                things.said(facts.LicenceRestated, each, each.version) for each in found
            ]
            await outbox.enqueue_many(tx, said)
            count, last = count + len(found), found[-1].licence_id


def _require_writer(actor: Actor, la_code: str, school_id: UUID | None) -> None:
    roles = ACCESS.write if school_id else AUTHORITY_WRITERS
    actor.require(roles, la_code, school_id)


async def _listed(
    database: db.Database, actor: Actor, today: date, wanted: LicenceFilter
) -> list[Told]:
    async with database.read(actor, ACCESS) as tx:
        where = await estate.place_of(tx, actor, wanted.la_code, wanted.school_urn)
        found = await store.list_licences(tx, where, wanted)
    told = [things.told(each, today) for each in found]
    return listing.narrowed(told, wanted, today)
