"""The table of circuits: one function per query."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chassis import db, searching, sql
from inventory.circuits.model.listing import CircuitFilter
from inventory.circuits.model.things import Circuit, CircuitReferenceTaken
from inventory.schools.model import SchoolOnItsWay

_QUERIES = sql.load("inventory.circuits")
_INSERT = _QUERIES.scalar("insert_circuit", UUID)
_LOCK = _QUERIES.scalar("lock_circuit", UUID)
_GET = _QUERIES.rows("get_circuit", Circuit)
_COUNT_BACKING = _QUERIES.rows("count_backing", int)
_UPDATE = _QUERIES.command("update_circuit")
_MOVE = _QUERIES.command("move_circuit")
# Without its values it would go through all that the caller may see.
_LIST = _QUERIES.rows("list_circuits", Circuit, planned_anew=True)
_RESTATE = _QUERIES.rows("restate_circuits", Circuit)
_REFUSALS: db.Refusals = {
    "circuit_reference_unique": CircuitReferenceTaken(),
    "circuit_school_fkey": SchoolOnItsWay(),
}
Place = Mapping[str, object]


async def insert_circuit(tx: db.Tx, values: Mapping[str, Any]) -> UUID:
    """Store one more.

    Raises:
        CircuitReferenceTaken: the school has one of that reference.
        SchoolOnItsWay: the school is just passing to another LA.
    """
    return await tx.one(_INSERT, values, _REFUSALS)


async def lock_circuit(tx: db.Tx, circuit_id: UUID) -> None:
    """Hold one that may be changed until the end of the transaction."""
    await tx.maybe(_LOCK, {"circuit_id": circuit_id})


async def get_circuit(tx: db.Tx, circuit_id: UUID) -> Circuit | None:
    return await tx.maybe(_GET, {"circuit_id": circuit_id})


async def count_backing(tx: db.Tx, circuit_id: UUID) -> int:
    return await tx.one(_COUNT_BACKING, {"circuit_id": circuit_id})


async def update_circuit(tx: db.Tx, values: Mapping[str, Any]) -> None:
    """Store what is said of one that is held.

    Raises:
        CircuitReferenceTaken: the school has another of that reference.
    """
    await tx.run(_UPDATE, values, _REFUSALS)


async def move_circuit(tx: db.Tx, values: Mapping[str, Any]) -> None:
    await tx.run(_MOVE, values)


async def list_circuits(
    tx: db.Tx, where: Place, wanted: CircuitFilter
) -> list[Circuit]:
    narrowed = {
        "parts": searching.patterns(wanted.q),
        "state": wanted.state,
        "role": wanted.role,
        "technology": wanted.technology,
    }
    return await tx.all(_LIST, {**where, **narrowed})


async def restate_circuits(tx: db.Tx, after_id: UUID, page_size: int) -> list[Circuit]:
    return await tx.all(_RESTATE, {"after_id": after_id, "page_size": page_size})
