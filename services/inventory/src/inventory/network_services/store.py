"""The table of services over the network: one function per query."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chassis import db, searching, sql
from inventory.network_services.model import (
    NetworkService,
    NetworkServiceNameTaken,
    ServiceFilter,
)
from inventory.schools.model import SchoolOnItsWay

_QUERIES = sql.load("inventory.network_services")
_INSERT = _QUERIES.scalar("insert_service", UUID)
_GET = _QUERIES.rows("get_service", NetworkService)
_UPDATE = _QUERIES.scalar("update_service", UUID)
# Without its values it would go through all that the caller may see.
_LIST = _QUERIES.rows("list_services", NetworkService, planned_anew=True)
_RESTATE = _QUERIES.rows("restate_services", NetworkService)
_REFUSALS: db.Refusals = {
    "network_service_name_unique": NetworkServiceNameTaken(),
    "network_service_school_fkey": SchoolOnItsWay(),
}
Place = Mapping[str, object]


async def insert_service(tx: db.Tx, values: Mapping[str, Any]) -> UUID:
    """Store one more.

    Raises:
        NetworkServiceNameTaken: the school has one of that name.
        SchoolOnItsWay: the school is just passing to another LA.
    """
    return await tx.one(_INSERT, values, _REFUSALS)


async def get_service(tx: db.Tx, service_id: UUID) -> NetworkService | None:
    return await tx.maybe(_GET, {"service_id": service_id})


async def update_service(tx: db.Tx, values: Mapping[str, Any]) -> bool:
    """Store what is said of one now; false where another change came first.

    Raises:
        NetworkServiceNameTaken: the school has another of that name.
    """
    return await tx.maybe(_UPDATE, values, _REFUSALS) is not None


async def list_services(
    tx: db.Tx, where: Place, wanted: ServiceFilter
) -> list[NetworkService]:
    narrowed = {"kind": wanted.kind, "parts": searching.patterns(wanted.q)}
    return await tx.all(_LIST, {**where, **narrowed})


async def restate_services(
    tx: db.Tx, after_id: UUID, page_size: int
) -> list[NetworkService]:
    return await tx.all(_RESTATE, {"after_id": after_id, "page_size": page_size})
