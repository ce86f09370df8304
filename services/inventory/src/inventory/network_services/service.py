"""The use cases of services over the network: each opens the transaction it needs."""

from datetime import date
from uuid import UUID

from chassis import conditional, db, errors, idempotency, outbox
from chassis.audit import service as audit
from chassis.auth import SERVICE_ACCESS, Actor
from chassis.paging import Page, PageRequest
from contracts import inventory as facts
from inventory.assets.model import ACCESS, REGISTERING
from inventory.estate import service as estate
from inventory.network_services import model, schemas, store
from inventory.network_services.model import NetworkService, ServiceFilter, Sort
from inventory.schools import service as schools

_BATCH = 500
_FIRST = UUID(int=0)


async def list_services(
    database: db.Database,
    actor: Actor,
    today: date,
    wanted: ServiceFilter,
    sort: Sort,
    page: PageRequest,
) -> Page[NetworkService]:
    """List what the schools of the scope take over the network.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    found = await _listed(database, actor, today, wanted)
    kinds = model.kinds_of(sort)
    return page.cut(found, sort, lambda each: model.key_of(each, sort), kinds)


async def count_services(
    database: db.Database, actor: Actor, today: date, wanted: ServiceFilter
) -> int:
    """Count what a listing holds."""
    return len(await _listed(database, actor, today, wanted))


async def get_service(
    database: db.Database, actor: Actor, service_id: UUID
) -> NetworkService:
    """Read a service.

    Raises:
        NetworkServiceNotFound: it is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        return await _service_of(tx, service_id)


async def add_service(
    database: db.Database, actor: Actor, command: schemas.AddService, key: str | None
) -> NetworkService:
    """Write down a service that a school takes.

    Raises:
        SchoolNotFound: the school is not within the scope.
        errors.Forbidden: the actor may not write there.
        NetworkServiceImpossible: its days contradict each other.
        NetworkServiceNameTaken: the school has one of that name.
    """
    values = command.model_dump(exclude={"school_urn"})
    async with database.begin(actor, REGISTERING) as tx:
        if earlier := await idempotency.earlier(tx, key, command, NetworkService):
            return earlier
        school = await schools.school_of(tx, command.school_urn)
        actor.require(ACCESS.write, school.la_code, school.school_id)
        model.require_sound(values)
        place = {"la_code": school.la_code, "school_id": school.school_id}
        made = await store.insert_service(tx, {**values, **place})
        added = await _service_of(tx, made)
        await audit.record_many(tx, [model.added(added)])
        await outbox.enqueue(tx, model.said(facts.NetworkServiceAdded, added))
        await idempotency.keep(tx, key, added)
    return added


async def change_service(
    database: db.Database,
    actor: Actor,
    which: tuple[UUID, int],
    command: schemas.ChangeService,
) -> NetworkService:
    """Change what is said of a service at a version of it; that it ceased, too.

    Raises:
        NetworkServiceNotFound: it is not within the scope.
        errors.Forbidden: the actor may not write there.
        errors.Stale: it is at another version by now.
        NetworkServiceImpossible: its days contradict each other.
        NetworkServiceNameTaken: the school has another of that name.
    """
    service_id, version = which
    async with database.begin(actor, ACCESS) as tx:
        held = await _service_of(tx, service_id)
        actor.require(ACCESS.write, held.la_code, held.school_id)
        conditional.check(version, held.version)
        new: dict[str, object] = {**model.described(held), **command}
        if new == model.described(held):
            return held
        model.require_sound(new)
        told = {**new, "service_id": service_id, "version": version}
        if not await store.update_service(tx, told):
            raise errors.Stale
        changed = await _service_of(tx, service_id)
        await audit.record_many(tx, [model.changed(held, changed)])
        await outbox.enqueue(tx, model.said(facts.NetworkServiceChanged, changed))
    return changed


async def restate_services(database: db.Database, actor: Actor) -> int:
    """Say every service of the actor's LAs again, as events."""
    count, last = 0, _FIRST
    while True:
        async with database.begin(actor, SERVICE_ACCESS) as tx:
            found = await store.restate_services(tx, last, _BATCH)
            if not found:
                return count
            await outbox.enqueue_many(
                tx, [model.said(facts.NetworkServiceRestated, each) for each in found]
            )
            count, last = count + len(found), found[-1].service_id


async def _service_of(tx: db.Tx, service_id: UUID) -> NetworkService:
    found = await store.get_service(tx, service_id)
    if found is None:
        raise model.NetworkServiceNotFound
    return found


async def _listed(
    database: db.Database, actor: Actor, today: date, wanted: ServiceFilter
) -> list[NetworkService]:
    async with database.read(actor, ACCESS) as tx:
        where = await estate.place_of(tx, actor, wanted.la_code, wanted.school_urn)
        found = await store.list_services(tx, where, wanted)
    return [each for each in found if model.is_wanted(each, wanted, today)]
