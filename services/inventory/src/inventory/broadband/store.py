"""The schools whose broadband is judged: one function per query."""

from collections.abc import Mapping

from chassis import db, searching, sql
from inventory.broadband.model.beside import School

_QUERIES = sql.load("inventory.broadband")
# Without its values it would go through all that the caller may see.
_SCHOOLS = _QUERIES.rows("list_schools", School, planned_anew=True)


async def list_schools(
    tx: db.Tx, where: Mapping[str, object], q: str | None
) -> list[School]:
    return await tx.all(_SCHOOLS, {**where, "parts": searching.patterns(q)})
