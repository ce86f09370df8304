"""The use cases of suppliers: each opens the one transaction it needs."""

from datetime import date
from uuid import UUID

from chassis import conditional, db, errors, idempotency
from chassis.audit import service as audit
from chassis.auth import Actor
from chassis.paging import Page, PageRequest
from inventory.kinds.model.lives import AuthorityNotFound
from inventory.suppliers import model, schemas, store
from inventory.suppliers.model import ACCESS, WRITERS, Sort, Supplier, SupplierFilter


async def list_suppliers(
    database: db.Database,
    actor: Actor,
    today: date,
    wanted: SupplierFilter,
    sort: Sort,
    page: PageRequest,
) -> Page[Supplier]:
    """List the suppliers that the LAs of the scope know."""
    found = await _listed(database, actor, today, wanted)
    kinds = model.kinds_of(sort)
    return page.cut(found, sort, lambda each: model.key_of(each, sort), kinds)


async def count_suppliers(
    database: db.Database, actor: Actor, today: date, wanted: SupplierFilter
) -> int:
    """Count what a listing holds."""
    return len(await _listed(database, actor, today, wanted))


async def get_supplier(
    database: db.Database, actor: Actor, supplier_id: UUID
) -> Supplier:
    """Read a supplier.

    Raises:
        SupplierNotFound: it is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        return await _supplier_of(tx, supplier_id)


async def add_supplier(
    database: db.Database,
    actor: Actor,
    command: schemas.AddSupplier,
    key: str | None,
) -> Supplier:
    """Write down what an LA knows of a supplier.

    Raises:
        AuthorityNotFound: the LA is not within the scope.
        errors.Forbidden: the actor does not say so there.
        SupplierImpossible: the days of the contract contradict each other.
        SupplierNameTaken: the LA knows one of that name.
    """
    values = command.model_dump()
    async with database.begin(actor, ACCESS) as tx:
        if not actor.may(ACCESS.read, command.la_code, None):
            raise AuthorityNotFound(la_code=command.la_code)
        actor.require(WRITERS, command.la_code, None)
        model.require_sound(values)
        if earlier := await idempotency.earlier(tx, key, command, Supplier):
            return earlier
        made = await store.insert_supplier(tx, values)
        added = await _supplier_of(tx, made)
        await audit.record_many(tx, [model.added(added)])
        await idempotency.keep(tx, key, added)
    return added


async def change_supplier(
    database: db.Database,
    actor: Actor,
    which: tuple[UUID, int],
    command: schemas.ChangeSupplier,
) -> Supplier:
    """Change what is known of a supplier at a version of it.

    Raises:
        SupplierNotFound: it is not within the scope.
        errors.Forbidden: the actor does not say so there.
        errors.Stale: it is at another version by now.
        SupplierImpossible: the days of the contract contradict each other.
        SupplierNameTaken: the LA knows another of that name.
    """
    supplier_id, version = which
    async with database.begin(actor, ACCESS) as tx:
        held = await _supplier_of(tx, supplier_id)
        actor.require(WRITERS, held.la_code, None)
        conditional.check(version, held.version)
        new: dict[str, object] = {**model.described(held), **command}
        if new == model.described(held):
            return held
        model.require_sound(new)
        told = {**new, "supplier_id": supplier_id, "version": version}
        if not await store.update_supplier(tx, told):
            raise errors.Stale
        changed = await _supplier_of(tx, supplier_id)
        await audit.record_many(tx, [model.changed(held, changed)])
    return changed


async def _supplier_of(tx: db.Tx, supplier_id: UUID) -> Supplier:
    found = await store.get_supplier(tx, supplier_id)
    if found is None:
        raise model.SupplierNotFound
    return found


async def _listed(
    database: db.Database, actor: Actor, today: date, wanted: SupplierFilter
) -> list[Supplier]:
    async with database.read(actor, ACCESS) as tx:
        found = await store.list_suppliers(tx, wanted)
    return [each for each in found if model.ends_within(each, wanted.ends, today)]
