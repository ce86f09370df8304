"""The school table: one function per query."""

from collections.abc import Collection, Sequence

from chassis import db, sql
from servicedesk.schools.model import School

_QUERIES = sql.load("servicedesk.schools")
_GET = _QUERIES.rows("get_school", School)
_LIST = _QUERIES.rows("list_schools", School)
_RECORD = _QUERIES.command("record_schools")


async def get_school(tx: db.Tx, urn: int) -> School | None:
    return await tx.maybe(_GET, {"urn": urn})


async def list_schools(tx: db.Tx, urns: Collection[int]) -> list[School]:
    return await tx.all(_LIST, {"urns": sorted(urns)})


async def record_schools(tx: db.Tx, states: Sequence[str]) -> int:
    """Upsert schools from their states (JSON texts), newer versions only."""
    return await tx.run(_RECORD, {"states": f"[{','.join(states)}]"})
