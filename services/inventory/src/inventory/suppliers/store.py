"""The table of suppliers: one function per query."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chassis import db, searching, sql
from inventory.suppliers.model import Supplier, SupplierFilter, SupplierNameTaken

_QUERIES = sql.load("inventory.suppliers")
_INSERT = _QUERIES.scalar("insert_supplier", UUID)
_GET = _QUERIES.rows("get_supplier", Supplier)
_UPDATE = _QUERIES.scalar("update_supplier", UUID)
# Without its values it would go through all that the caller may see.
_LIST = _QUERIES.rows("list_suppliers", Supplier, planned_anew=True)
_REFUSALS: db.Refusals = {"supplier_name_unique": SupplierNameTaken()}


async def insert_supplier(tx: db.Tx, values: Mapping[str, Any]) -> UUID:
    """Store one more.

    Raises:
        SupplierNameTaken: the LA knows one of that name.
    """
    return await tx.one(_INSERT, values, _REFUSALS)


async def get_supplier(tx: db.Tx, supplier_id: UUID) -> Supplier | None:
    return await tx.maybe(_GET, {"supplier_id": supplier_id})


async def update_supplier(tx: db.Tx, values: Mapping[str, Any]) -> bool:
    """Store what is known of one now; false where another change came first.

    Raises:
        SupplierNameTaken: the LA knows another of that name.
    """
    return await tx.maybe(_UPDATE, values, _REFUSALS) is not None


async def list_suppliers(tx: db.Tx, wanted: SupplierFilter) -> list[Supplier]:
    asked = {"la_code": wanted.la_code, "parts": searching.patterns(wanted.q)}
    return await tx.all(_LIST, asked)
