"""The use cases of measurements and tests: each opens the one transaction it needs."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from chassis import db, idempotency, outbox
from chassis.audit import service as audit
from chassis.auth import SERVICE_ACCESS, Actor
from chassis.paging import Page, PageRequest
from contracts.event import Event
from inventory.assets.model import ACCESS
from inventory.circuits import service as circuits
from inventory.circuits.model import things
from inventory.circuits.model.things import Circuit
from inventory.estate.model.kit import Clock
from inventory.probes import model, schemas, store
from inventory.probes.model import FailoverTest, Measurement, Taken

_BATCH = 500
_FIRST = UUID(int=0)
Entry = TypeVar("Entry", Measurement, FailoverTest)


@dataclass(frozen=True, slots=True)
class Where:
    """Who asks for what was measured on which circuit, and when."""

    database: db.Database
    actor: Actor
    circuit_id: UUID
    clock: Clock


async def list_measurements(here: Where, page: PageRequest) -> Page[Measurement]:
    """List what was measured on a circuit.

    Raises:
        CircuitNotFound: it is not within the scope.
    """
    async with here.database.read(here.actor, ACCESS) as tx:
        await circuits.circuit_of(tx, here.circuit_id)
        return await store.list_measurements(tx, here.circuit_id, page)


async def list_tests(here: Where, page: PageRequest) -> Page[FailoverTest]:
    """List the tests of a circuit.

    Raises:
        CircuitNotFound: it is not within the scope.
    """
    async with here.database.read(here.actor, ACCESS) as tx:
        await circuits.circuit_of(tx, here.circuit_id)
        return await store.list_tests(tx, here.circuit_id, page)


async def record_measurements(
    here: Where, command: schemas.RecordMeasurements, key: str | None
) -> Taken:
    """Write down what was measured; what is sent again is known by its moment.

    Raises:
        CircuitNotFound: it is not within the scope.
        errors.Forbidden: the actor may not write there.
        CircuitImpossible: a moment is yet to come, or named twice.
    """
    moments = [each.measured_at for each in command.items]
    model.require_measured(moments, here.clock.now)
    async with here.database.begin(here.actor, ACCESS) as tx:
        held = await circuits.hold(tx, here.actor, here.circuit_id)
        repeatable = (here.circuit_id, command)
        if earlier := await idempotency.earlier(tx, key, repeatable, Taken):
            return earlier
        items = [each.model_dump() for each in command.items]
        found = await store.insert_measurements(tx, _whose(held), items)
        if found:
            said = model.taken_entry(found)
            entry = things.happened("circuit.measured", held, said)
            await audit.record_many(tx, [entry])
            await outbox.enqueue_many(tx, [model.measured(each) for each in found])
        taken = Taken(len(found), len(items) - len(found))
        await idempotency.keep(tx, key, taken)
    return taken


async def record_test(
    here: Where, command: schemas.RecordTest, key: str | None
) -> FailoverTest:
    """Write down whether a back-up line took over.

    Raises:
        CircuitNotFound: it is not within the scope.
        errors.Forbidden: the actor may not write there.
        CircuitImpossible: the day is yet to come.
        NoBackUpLine: it is a main line.
    """
    things.require_past(command.tested_on, here.clock.today, "/tested_on")
    async with here.database.begin(here.actor, ACCESS) as tx:
        held = await circuits.hold(tx, here.actor, here.circuit_id)
        repeatable = (here.circuit_id, command)
        if earlier := await idempotency.earlier(tx, key, repeatable, FailoverTest):
            return earlier
        model.require_back_up(held)
        test = await store.insert_test(tx, {**_whose(held), **command.model_dump()})
        said = model.test_entry(test)
        await audit.record_many(tx, [things.happened("circuit.tested", held, said)])
        await outbox.enqueue(tx, model.tested(test))
        await idempotency.keep(tx, key, test)
    return test


async def restate_probes(database: db.Database, actor: Actor) -> int:
    """Say every measurement and test of the actor's LAs again, as events."""
    return await _restate(
        database, actor, store.restate_measurements, model.measured_again
    ) + await _restate(database, actor, store.restate_tests, model.tested_again)


async def _restate(
    database: db.Database,
    actor: Actor,
    read: Callable[[db.Tx, UUID, int], Awaitable[Sequence[Entry]]],
    say: Callable[[Entry], Event],
) -> int:
    count, last = 0, _FIRST
    while True:
        async with database.begin(actor, SERVICE_ACCESS) as tx:
            found = await read(tx, last, _BATCH)
            if not found:
                return count
            await outbox.enqueue_many(tx, [say(each) for each in found])
            count, last = count + len(found), found[-1].entry_id


def _whose(held: Circuit) -> dict[str, object]:
    return {
        "la_code": held.la_code,
        "school_id": held.school_id,
        "circuit_id": held.circuit_id,
    }
