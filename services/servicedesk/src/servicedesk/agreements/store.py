"""The table of agreements: one function per query."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from chassis import db, searching, sql
from servicedesk.agreements.model import Promised
from servicedesk.agreements.model.listing import AgreementFilter
from servicedesk.agreements.model.refusals import AgreementOverlaps, Overlapping
from servicedesk.agreements.model.things import Agreement
from servicedesk.schools.model import School, SchoolOnItsWay

_QUERIES = sql.load("servicedesk.agreements")
_LOCK = _QUERIES.scalar("lock_place", str)
_OVERLAPPING = _QUERIES.rows("get_overlapping", Overlapping)
_INSERT = _QUERIES.scalar("insert_agreement", UUID)
_GET = _QUERIES.rows("get_agreement", Agreement)
_UPDATE = _QUERIES.scalar("update_agreement", UUID)
# Without its values it would go through all that the caller may see.
_LIST = _QUERIES.rows("list_agreements", Agreement, planned_anew=True)
_PROMISED = _QUERIES.rows("get_promised", Promised)
_CONTRACTED = _QUERIES.rows("get_contracted", Promised)
_REFUSALS: db.Refusals = {
    "agreement_apart": AgreementOverlaps(),
    "agreement_school_fkey": SchoolOnItsWay(),
}


async def lock_place(tx: db.Tx, place: Mapping[str, Any]) -> None:
    """Wait for whoever writes of the same kind for the same place."""
    await tx.one(_LOCK, place)


async def get_overlapping(tx: db.Tx, values: Mapping[str, Any]) -> Overlapping | None:
    """Read what governs the same place on some of the same days, but for itself."""
    return await tx.maybe(_OVERLAPPING, values)


async def insert_agreement(tx: db.Tx, values: Mapping[str, Any]) -> UUID:
    """Store one more.

    Raises:
        AgreementOverlaps: another governs the place on some of these days.
        SchoolOnItsWay: the school is just passing to another LA.
    """
    return await tx.one(_INSERT, values, _REFUSALS)


async def get_agreement(tx: db.Tx, agreement_id: UUID) -> Agreement | None:
    return await tx.maybe(_GET, {"agreement_id": agreement_id})


async def update_agreement(tx: db.Tx, values: Mapping[str, Any]) -> bool:
    """Store what is agreed now; false where another change came first.

    Raises:
        AgreementOverlaps: another governs the place on some of these days.
    """
    return await tx.maybe(_UPDATE, values, _REFUSALS) is not None


async def list_agreements(
    tx: db.Tx, school: School | None, wanted: AgreementFilter
) -> list[Agreement]:
    """Read those that hold at a place; of a school, what its LA agreed for all too."""
    asked = {
        "la_code": school.la_code if school else wanted.la_code,
        "school_id": school.school_id if school else None,
        "kind": wanted.kind,
        "on_day": wanted.on,
        "parts": searching.patterns(wanted.q),
    }
    return await tx.all(_LIST, asked)


async def get_promised(
    tx: db.Tx, school: School, kind: str, priority: int, day: date
) -> Promised | None:
    """Read what an LA, or a school's own team, promised the school."""
    asked = {"kind": kind, "priority": priority, "day": day}
    return await tx.maybe(_PROMISED, {**_place(school), **asked})


async def get_contracted(
    tx: db.Tx, school: School, agreement_id: UUID, priority: int, day: date
) -> Promised | None:
    """Read what a supplier promised by one agreement."""
    asked = {"agreement_id": agreement_id, "priority": priority, "day": day}
    return await tx.maybe(_CONTRACTED, {**_place(school), **asked})


def _place(school: School) -> dict[str, Any]:
    return {"la_code": school.la_code, "school_id": school.school_id}
