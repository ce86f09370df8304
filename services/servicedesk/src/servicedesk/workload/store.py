"""The figures of a workload."""

from datetime import datetime
from uuid import UUID

from chassis import db, sql
from servicedesk.workload.model import Group

_QUERIES = sql.load("servicedesk.workload")
# Without its values it would go through all that the caller may see.
_GROUPS = _QUERIES.rows("count_groups", Group, planned_anew=True)


async def count_groups(
    tx: db.Tx, la_code: str | None, school_id: UUID | None, now: datetime
) -> list[Group]:
    where = {"la_code": la_code, "school_id": school_id}
    return await tx.all(_GROUPS, {**where, "now": now})
