"""The use cases of circuits: each opens the one transaction it needs."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from chassis import conditional, db, idempotency, outbox
from chassis.audit import service as audit
from chassis.auth import SERVICE_ACCESS, Actor
from chassis.paging import Page, PageRequest
from contracts import inventory as facts
from inventory.assets.model import ACCESS, REGISTERING
from inventory.circuits import schemas, store
from inventory.circuits.model import listing, things
from inventory.circuits.model.listing import CircuitFilter, Sort
from inventory.circuits.model.things import Circuit
from inventory.estate import service as estate
from inventory.schools import service as schools

_BATCH = 500
_FIRST = UUID(int=0)


async def list_circuits(
    database: db.Database,
    actor: Actor,
    today: date,
    wanted: CircuitFilter,
    sort: Sort,
    page: PageRequest,
) -> Page[Circuit]:
    """List the circuits of the scope, or of a school or LA of it.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    found = await _listed(database, actor, today, wanted)
    kinds = listing.kinds_of(sort)
    return page.cut(found, sort, lambda each: listing.key_of(each, sort), kinds)


async def count_circuits(
    database: db.Database, actor: Actor, today: date, wanted: CircuitFilter
) -> int:
    """Count what a listing holds."""
    return len(await _listed(database, actor, today, wanted))


async def get_circuit(database: db.Database, actor: Actor, circuit_id: UUID) -> Circuit:
    """Read a circuit.

    Raises:
        CircuitNotFound: it is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        return await circuit_of(tx, circuit_id)


async def add_circuit(
    database: db.Database,
    actor: Actor,
    today: date,
    command: schemas.AddCircuit,
    key: str | None,
) -> Circuit:
    """Add a circuit of a school, planned or live already.

    Raises:
        SchoolNotFound: the school is not within the scope.
        errors.Forbidden: the actor may not write there.
        CircuitNotFound: the school has no such line to back.
        CircuitImpossible: what is said contradicts itself, or it is not yet live.
        CircuitReferenceTaken: the school has one of that reference.
    """
    values = command.model_dump(exclude={"school_urn"})
    things.require_sound(values)
    if command.live_on is not None:
        things.require_past(command.live_on, today, "/live_on")
    async with database.begin(actor, REGISTERING) as tx:
        if earlier := await idempotency.earlier(tx, key, command, Circuit):
            return earlier
        school = await schools.school_of(tx, command.school_urn)
        actor.require(ACCESS.write, school.la_code, school.school_id)
        await _require_main(tx, command.backs, school.school_id, None)
        place = {"la_code": school.la_code, "school_id": school.school_id}
        state = "planned" if command.live_on is None else "live"
        made = await store.insert_circuit(tx, {**values, **place, "state": state})
        added = await circuit_of(tx, made)
        await audit.record_many(tx, [things.added(added)])
        await outbox.enqueue(tx, things.said(facts.CircuitAdded, added))
        await idempotency.keep(tx, key, added)
    return added


async def change_circuit(
    database: db.Database,
    actor: Actor,
    which: tuple[UUID, int],
    command: schemas.ChangeCircuit,
) -> Circuit:
    """Change what is said of a circuit at a version of it.

    Raises:
        CircuitNotFound: it, or what it backs, is not within the scope.
        errors.Forbidden: the actor may not write there.
        errors.Stale: it is at another version by now.
        CircuitImpossible: what is said contradicts itself.
        CircuitBacked: it is to back another, and is backed itself.
        CircuitReferenceTaken: the school has another of that reference.
    """
    circuit_id, version = which
    async with database.begin(actor, ACCESS) as tx:
        held = await hold(tx, actor, circuit_id)
        conditional.check(version, held.version)
        new: dict[str, object] = {**things.described(held), **command}
        if new == things.described(held):
            return held
        things.require_sound(new)
        await _require_main(tx, command.get("backs"), held.school_id, circuit_id)
        if new["role"] == "back-up" and held.role == "main":
            backing = await store.count_backing(tx, circuit_id)
            if backing:
                raise things.CircuitBacked(backing)
        await store.update_circuit(tx, {**new, "circuit_id": circuit_id})
        changed = await circuit_of(tx, circuit_id)
        await audit.record_many(tx, [things.changed(held, changed)])
        await outbox.enqueue(tx, things.said(facts.CircuitChanged, changed))
    return changed


async def move_circuit(
    database: db.Database,
    actor: Actor,
    today: date,
    which: tuple[UUID, int],
    command: schemas.MoveCircuit,
) -> Circuit:
    """Let a circuit go live, or cease.

    Raises:
        CircuitNotFound: it is not within the scope.
        errors.Forbidden: the actor may not write there.
        errors.Stale: it is at another version by now.
        CircuitImpossible: the day is yet to come, or before it was live.
        CircuitMoveRefused: it does not pass there from its present state.
    """
    circuit_id, version = which
    things.require_past(command.on, today, "/on")
    async with database.begin(actor, ACCESS) as tx:
        held = await hold(tx, actor, circuit_id)
        conditional.check(version, held.version)
        new = things.moved(held, command.state, command.on)
        await store.move_circuit(tx, {**new, "circuit_id": circuit_id})
        moved = await circuit_of(tx, circuit_id)
        await audit.record_many(tx, [things.changed(held, moved)])
        is_live = command.state == "live"
        fact = facts.CircuitWentLive if is_live else facts.CircuitCeased
        await outbox.enqueue(tx, things.said(fact, moved))
    return moved


async def circuit_of(tx: db.Tx, circuit_id: UUID) -> Circuit:
    """Find a circuit of the transaction's scope.

    Raises:
        CircuitNotFound: it is not within the scope.
    """
    found = await store.get_circuit(tx, circuit_id)
    if found is None:
        raise things.CircuitNotFound
    return found


async def hold(tx: db.Tx, actor: Actor, circuit_id: UUID) -> Circuit:
    """Hold a circuit to change it: who else wants to waits until the end.

    Raises:
        CircuitNotFound: it is not within the scope.
        errors.Forbidden: the actor may not write there.
    """
    await store.lock_circuit(tx, circuit_id)
    held = await circuit_of(tx, circuit_id)
    actor.require(ACCESS.write, held.la_code, held.school_id)
    return held


async def circuits_of(
    tx: db.Tx, where: Mapping[str, object], wanted: CircuitFilter
) -> list[Circuit]:
    """Read the circuits of a place; when their contracts end is not looked at."""
    return await store.list_circuits(tx, where, wanted)


async def restate_circuits(database: db.Database, actor: Actor) -> int:
    """Say every circuit of the actor's LAs again, as events."""
    count, last = 0, _FIRST
    while True:
        async with database.begin(actor, SERVICE_ACCESS) as tx:
            found = await store.restate_circuits(tx, last, _BATCH)
            if not found:
                return count
            await outbox.enqueue_many(
                tx, [things.said(facts.CircuitRestated, each) for each in found]
            )
            count, last = count + len(found), found[-1].circuit_id


async def _require_main(
    tx: db.Tx, backs: UUID | None, school_id: UUID, circuit_id: UUID | None
) -> None:
    """Vouch that what is to be backed is a main line of the school."""
    if backs is None:
        return
    # Held, so that it does not become a back-up line meanwhile.
    await store.lock_circuit(tx, backs)
    main = await circuit_of(tx, backs)
    if main.school_id != school_id:
        raise things.CircuitNotFound
    things.require_backable(main, circuit_id)


async def _listed(
    database: db.Database, actor: Actor, today: date, wanted: CircuitFilter
) -> list[Circuit]:
    async with database.read(actor, ACCESS) as tx:
        where = await estate.place_of(tx, actor, wanted.la_code, wanted.school_urn)
        found = await store.list_circuits(tx, where, wanted)
    return [each for each in found if listing.ends_within(each, wanted.ends, today)]
