"""What left for good: one function per query."""

from collections.abc import Mapping
from uuid import UUID

from chassis import db, searching, sql
from chassis.paging import Page, PageRequest, uuid_of
from inventory.disposals.model import Disposal, DisposalFilter, Gone, Which
from inventory.wipes.model import HOLDS_DATA

_QUERIES = sql.load("inventory.disposals")
# Without its values it would go through all that the caller may see.
_LIST = _QUERIES.rows("list_disposals", Disposal, planned_anew=True)
_GONE = _QUERIES.rows("list_gone", Gone)
_ORDER = "tag"
Place = Mapping[str, object]


async def list_disposals(
    tx: db.Tx, where: Place, wanted: DisposalFilter
) -> list[Disposal]:
    asked = {
        **where,
        "holds_data": sorted(HOLDS_DATA),
        "method": wanted.method,
        "parts": searching.patterns(wanted.q),
    }
    return await tx.all(_LIST, asked)


async def list_gone(
    tx: db.Tx, school_id: UUID, which: Which, page: PageRequest
) -> Page[Gone]:
    after_tag, after_id = page.key(_ORDER, (str, str))
    asked = {
        "school_id": school_id,
        "disposed_on": which.disposed_on,
        "method": which.method,
        "reference": which.reference,
        "after_tag": after_tag,
        "after_id": uuid_of(after_id),
        "page_size": page.page_size,
    }
    rows = await tx.all(_GONE, asked)
    return page.page(rows, _ORDER, lambda last: (last.sort_tag, last.asset_id))
