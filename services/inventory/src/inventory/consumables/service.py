"""The use cases of consumables: each opens the one transaction it needs."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from chassis import conditional, db, idempotency, outbox
from chassis.audit import service as audit
from chassis.auth import SERVICE_ACCESS, Actor
from chassis.paging import Page, PageRequest
from contracts import inventory as facts
from inventory.assets.model import ACCESS, REGISTERING
from inventory.consumables import schemas, store
from inventory.consumables.model import reorder, things
from inventory.consumables.model.reorder import NextOrder, Sort, Told
from inventory.consumables.model.things import Consumable, ConsumableFilter
from inventory.estate import service as estate
from inventory.schools import service as schools

_BATCH = 500
_FIRST = UUID(int=0)


async def list_consumables(
    database: db.Database,
    actor: Actor,
    today: date,
    wanted: ConsumableFilter,
    sort: Sort,
    page: PageRequest,
) -> Page[Told]:
    """List what is used up in the scope, or at a school or LA of it.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    found = await _told(database, actor, today, wanted)
    kinds = reorder.kinds_of(sort)
    return page.cut(found, sort, lambda each: reorder.key_of(each, sort), kinds)


async def count_consumables(
    database: db.Database, actor: Actor, today: date, wanted: ConsumableFilter
) -> int:
    """Count what a listing holds."""
    return len(await _told(database, actor, today, wanted))


async def get_next_order(
    database: db.Database, actor: Actor, today: date, school_urn: int, months: int
) -> NextOrder:
    """Say what a school should order now, to last for some months of school.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    everything = ConsumableFilter(school_urn=school_urn)
    stock = await _told(database, actor, today, everything)
    return reorder.next_order(stock, today, months)


async def get_consumable(
    database: db.Database, actor: Actor, today: date, consumable_id: UUID
) -> Told:
    """Read a consumable, and how it stands.

    Raises:
        ConsumableNotFound: it is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        return reorder.told(await consumable_of(tx, consumable_id), today)


async def add_consumable(
    database: db.Database,
    actor: Actor,
    today: date,
    command: schemas.AddConsumable,
    key: str | None,
) -> Told:
    """Add something that a school uses up.

    Raises:
        SchoolNotFound: the school is not within the scope.
        errors.Forbidden: the actor may not write there.
        ConsumableNameTaken: the school has one of that name at that site.
    """
    async with database.begin(actor, REGISTERING) as tx:
        if earlier := await idempotency.earlier(tx, key, command, Told):
            return earlier
        school = await schools.school_of(tx, command.school_urn)
        actor.require(ACCESS.write, school.la_code, school.school_id)
        place = {"la_code": school.la_code, "school_id": school.school_id}
        values = command.model_dump(exclude={"school_urn"})
        made = await store.insert_consumable(tx, {**values, **place})
        added = await consumable_of(tx, made)
        await audit.record_many(tx, [things.added(added)])
        await outbox.enqueue(tx, things.said(facts.ConsumableAdded, added))
        answer = reorder.told(added, today)
        await idempotency.keep(tx, key, answer)
    return answer


async def change_consumable(
    database: db.Database,
    actor: Actor,
    today: date,
    which: tuple[UUID, int],
    command: schemas.ChangeConsumable,
) -> Told:
    """Change what is said of a consumable at a version of it.

    Raises:
        ConsumableNotFound: it is not within the scope.
        errors.Forbidden: the actor may not write there.
        errors.Stale: it is at another version by now.
        ConsumableNameTaken: the school has another of that name at that site.
    """
    consumable_id, version = which
    async with database.begin(actor, ACCESS) as tx:
        held = await hold(tx, actor, consumable_id)
        conditional.check(version, held.version)
        new = {**things.described(held), **command}
        if new == things.described(held):
            return reorder.told(held, today)
        await store.update_consumable(tx, {**new, "consumable_id": consumable_id})
        changed = await consumable_of(tx, consumable_id)
        await audit.record_many(tx, [things.changed(held, changed)])
        await outbox.enqueue(tx, things.said(facts.ConsumableChanged, changed))
    return reorder.told(changed, today)


async def consumable_of(tx: db.Tx, consumable_id: UUID) -> Consumable:
    """Find a consumable of the transaction's scope.

    Raises:
        ConsumableNotFound: it is not within the scope.
    """
    found = await store.get_consumable(tx, consumable_id)
    if found is None:
        raise things.ConsumableNotFound
    return found


async def hold(tx: db.Tx, actor: Actor, consumable_id: UUID) -> Consumable:
    """Hold a consumable to change its stock: who else wants to waits until the end.

    Raises:
        ConsumableNotFound: it is not within the scope.
        errors.Forbidden: the actor may not write there.
    """
    await store.lock_consumable(tx, consumable_id)
    held = await consumable_of(tx, consumable_id)
    actor.require(ACCESS.write, held.la_code, held.school_id)
    return held


async def restock(
    tx: db.Tx,
    held: Consumable,
    came: int,
    coming: int,
    counted_on: date | None = None,
) -> Consumable:
    """Count what came or went of a consumable that is held, and of what is on order."""
    await store.restock_consumable(tx, held.consumable_id, came, coming, counted_on)
    restocked = await consumable_of(tx, held.consumable_id)
    await outbox.enqueue(tx, things.said(facts.ConsumableStocked, restocked))
    return restocked


async def record(
    tx: db.Tx, action: str, held: Consumable, after: Mapping[str, object]
) -> None:
    """Keep in the record of who did what what came of the stock."""
    await audit.record_many(tx, [things.moved(action, held, after)])


async def restate_consumables(database: db.Database, actor: Actor) -> int:
    """Say every consumable of the actor's LAs again, as events."""
    count, last = 0, _FIRST
    while True:
        async with database.begin(actor, SERVICE_ACCESS) as tx:
            found = await store.restate_consumables(tx, last, _BATCH)
            if not found:
                return count
            await outbox.enqueue_many(
                tx, [things.said(facts.ConsumableRestated, each) for each in found]
            )
            count, last = count + len(found), found[-1].consumable_id


async def stock_of(
    tx: db.Tx, where: Mapping[str, object], wanted: ConsumableFilter, today: date
) -> list[Told]:
    """Read what a place uses up, and how each stands."""
    found = await store.list_consumables(tx, where, wanted.q, wanted.category)
    told = [reorder.told(each, today) for each in found]
    return [each for each in told if wanted.state in {None, each.forecast.state}]


async def _told(
    database: db.Database, actor: Actor, today: date, wanted: ConsumableFilter
) -> list[Told]:
    async with database.read(actor, ACCESS) as tx:
        where = await estate.place_of(tx, actor, wanted.la_code, wanted.school_urn)
        return await stock_of(tx, where, wanted, today)
