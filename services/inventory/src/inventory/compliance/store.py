"""Installed software by licensed title: one function per query."""

from collections.abc import Mapping

from chassis import db, sql
from inventory.compliance.model.standing import Installed

_QUERIES = sql.load("inventory.compliance")
# Without its values it would go through all that the caller may see.
LIST_INSTALLED = _QUERIES.rows("list_installed", Installed, planned_anew=True)
Place = Mapping[str, object]


async def list_installed(tx: db.Tx, where: Place) -> list[Installed]:
    return await tx.all(LIST_INSTALLED, where)
