"""The school table: one function per query."""

from collections.abc import Collection, Sequence
from uuid import UUID

from chassis import db, sql
from servicedesk.schools.model import FoundSchool, Recorded, School

_QUERIES = sql.load("servicedesk.schools")
_GET = _QUERIES.rows("get_school", School)
_LIST = _QUERIES.rows("list_schools", FoundSchool)
_ELSEWHERE = _QUERIES.scalar("list_schools_elsewhere", UUID)
_RECORD = _QUERIES.rows("record_schools", Recorded)
_RECORD_URNS = _QUERIES.command("record_urns")


async def get_school(tx: db.Tx, urn: int) -> School | None:
    return await tx.maybe(_GET, {"urn": urn})


async def list_schools(tx: db.Tx, urns: Collection[int]) -> list[FoundSchool]:
    return await tx.all(_LIST, {"urns": sorted(urns)})


async def list_schools_elsewhere(tx: db.Tx, states: Sequence[str]) -> list[UUID]:
    return await tx.all(_ELSEWHERE, {"states": _array(states)})


async def record_schools(tx: db.Tx, states: Sequence[str]) -> list[Recorded]:
    """Upsert schools from their states (JSON texts), newer versions only."""
    return await tx.all(_RECORD, {"states": _array(states)})


async def record_urns(tx: db.Tx, states: Sequence[str]) -> None:
    await tx.run(_RECORD_URNS, {"states": _array(states)})


def _array(states: Sequence[str]) -> str:
    return f"[{','.join(states)}]"
