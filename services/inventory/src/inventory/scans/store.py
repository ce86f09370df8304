"""The table of scans: one function per query."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from chassis import db, json, sql
from chassis.paging import Page, PageRequest, uuid_of
from inventory.scans.model import Found, Kept, Outcome, Scan, Settled, label_of
from inventory.schools.model import School

_QUERIES = sql.load("inventory.scans")
_CLAIM = _QUERIES.scalar("claim_scans", UUID)
_CODES = _QUERIES.rows("find_codes", Found)
_KEEP = _QUERIES.command("keep_outcomes")
_SOME = _QUERIES.rows("list_scans", Kept)
_GET = _QUERIES.rows("get_scan", Kept)
_CONFLICTS = _QUERIES.rows("list_conflicts", Kept)
_SETTLE = _QUERIES.scalar("settle_scan", UUID)


async def claim_scans(
    tx: db.Tx, school: School, session: UUID, scans: Sequence[Scan]
) -> set[UUID]:
    """Keep scans, and say which were not kept before; of two at once, one waits."""
    told = {"session": session, "scans": json.encode(scans).decode()}
    return set(await tx.all(_CLAIM, {**_at(school), **told}))


async def find_codes(
    tx: db.Tx, school_id: UUID, codes: Iterable[str]
) -> dict[str, list[UUID]]:
    """Find by code which assets of a school bear it, a duplicate as what it is."""
    rows = [{"code": code, "label": label_of(code)} for code in sorted(set(codes))]
    told = {"school_id": school_id, "codes": json.encode(rows).decode()}
    found: dict[str, list[UUID]] = {}
    for each in await tx.all(_CODES, told):
        found.setdefault(each.code, []).append(each.asset_id)
    return found


async def keep_outcomes(tx: db.Tx, school: School, outcomes: Sequence[Outcome]) -> None:
    told = {"outcomes": json.encode(outcomes).decode()}
    await tx.run(_KEEP, {**_at(school), **told})


async def list_scans(
    tx: db.Tx, school: School, scan_ids: Sequence[UUID]
) -> dict[UUID, Kept]:
    told = {"school_id": school.school_id, "scan_ids": list(scan_ids)}
    return {each.scan_id: each for each in await tx.all(_SOME, told)}


async def get_scan(tx: db.Tx, scan_id: UUID) -> Kept | None:
    return await tx.maybe(_GET, {"scan_id": scan_id})


async def list_conflicts(tx: db.Tx, school_id: UUID, page: PageRequest) -> Page[Kept]:
    [after] = page.key("scan_id", (str,))
    told = {"school_id": school_id, "after_id": uuid_of(after)}
    rows = await tx.all(_CONFLICTS, {**told, "page_size": page.page_size})
    return page.page(rows, "scan_id", lambda last: (last.scan_id,))


async def settle_scan(
    tx: db.Tx, kept: Kept, settled_as: Settled, custody_id: UUID | None
) -> bool:
    """Say of a conflict what is right; False where somebody has."""
    told = {
        "scan_id": kept.scan_id,
        "school_id": kept.school_id,
        "settled_as": settled_as,
        "custody_id": custody_id,
    }
    return await tx.maybe(_SETTLE, told) is not None


def _at(school: School) -> dict[str, object]:
    return {"la_code": school.la_code, "school_id": school.school_id}
