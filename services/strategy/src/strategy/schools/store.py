"""The school table: one function per query."""

from collections.abc import Sequence

from chassis import db, sql
from strategy.schools.model import School

_QUERIES = sql.load("strategy.schools")
_GET = _QUERIES.rows("get_school", School)
_COUNT = _QUERIES.scalar("count_schools_of_authority", int)
_RECORD = _QUERIES.command("record_schools")
_RECORD_URNS = _QUERIES.command("record_urns")


async def get_school(tx: db.Tx, urn: int) -> School | None:
    return await tx.maybe(_GET, {"urn": urn})


async def count_schools_of_authority(tx: db.Tx, la_code: str) -> int:
    return await tx.one(_COUNT, {"la_code": la_code})


async def record_schools(tx: db.Tx, states: Sequence[str]) -> int:
    """Upsert schools from their states (JSON texts), newer versions only."""
    return await tx.run(_RECORD, {"states": f"[{','.join(states)}]"})


async def record_urns(tx: db.Tx, states: Sequence[str]) -> None:
    """Keep the earlier URNs that schools' states name."""
    await tx.run(_RECORD_URNS, {"states": f"[{','.join(states)}]"})
