"""The table of licences: one function per query."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chassis import db, searching, sql
from inventory.licences.model.listing import LicenceFilter
from inventory.licences.model.things import Licence
from inventory.schools.model import SchoolOnItsWay

_QUERIES = sql.load("inventory.licences")
_INSERT = _QUERIES.scalar("insert_licence", UUID)
_LOCK = _QUERIES.scalar("lock_licence", UUID)
_GET = _QUERIES.rows("get_licence", Licence)
_UPDATE = _QUERIES.command("update_licence")
_DELETE = _QUERIES.command("delete_licence")
# Without its values it would go through all that the caller may see.
_LIST = _QUERIES.rows("list_licences", Licence, planned_anew=True)
_RESTATE = _QUERIES.rows("restate_licences", Licence)
_REFUSALS: db.Refusals = {"licence_school_fkey": SchoolOnItsWay()}
Place = Mapping[str, object]


async def insert_licence(tx: db.Tx, values: Mapping[str, Any]) -> UUID:
    """Store one more.

    Raises:
        SchoolOnItsWay: the school is just passing to another LA.
    """
    return await tx.one(_INSERT, values, _REFUSALS)


async def lock_licence(tx: db.Tx, licence_id: UUID) -> None:
    """Hold one that may be changed until the end of the transaction."""
    await tx.maybe(_LOCK, {"licence_id": licence_id})


async def get_licence(tx: db.Tx, licence_id: UUID) -> Licence | None:
    return await tx.maybe(_GET, {"licence_id": licence_id})


async def update_licence(tx: db.Tx, values: Mapping[str, Any]) -> None:
    await tx.run(_UPDATE, values)


async def delete_licence(tx: db.Tx, licence_id: UUID) -> None:
    await tx.run(_DELETE, {"licence_id": licence_id})


async def list_licences(
    tx: db.Tx, where: Place, wanted: LicenceFilter
) -> list[Licence]:
    narrowed = {
        "parts": searching.patterns(wanted.q),
        "title_id": wanted.title_id,
        "measure": wanted.measure,
        "term": wanted.term,
        "holder": wanted.holder,
    }
    return await tx.all(_LIST, {**where, **narrowed})


async def restate_licences(tx: db.Tx, after_id: UUID, page_size: int) -> list[Licence]:
    return await tx.all(_RESTATE, {"after_id": after_id, "page_size": page_size})
