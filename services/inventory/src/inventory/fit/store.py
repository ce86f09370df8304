"""The machines of a school: one function per query."""

from uuid import UUID

from chassis import db, sql
from inventory.fit.model.summing import Machine
from inventory.kinds.model.categories import Category

_QUERIES = sql.load("inventory.fit")
_MACHINES = _QUERIES.rows("list_machines", Machine)


async def list_machines(
    tx: db.Tx, school_id: UUID, room: str | None, category: Category | None
) -> list[Machine]:
    asked = {"school_id": school_id, "room": room, "category": category}
    return await tx.all(_MACHINES, asked)
