"""The table of makes and models that are one: one function per query."""

from collections.abc import Sequence
from uuid import UUID

from chassis import db, sql
from chassis.paging import Page, PageRequest, uuid_of
from inventory.catalogue.model import entries
from inventory.catalogue.model.entries import Kind, Merge
from inventory.catalogue.model.naming import Words

_QUERIES = sql.load("inventory.merges")
_NEWEST = _QUERIES.rows("list_merges_newest", Merge)
_GET = _QUERIES.rows("get_merge", Merge)
_MERGE = _QUERIES.rows("insert_merge", Merge)
_UNMERGE = _QUERIES.command("delete_merge")
_NEWEST_FIRST = "-made_at"


async def list_newest_merges(
    tx: db.Tx, la_codes: Sequence[str], page: PageRequest
) -> Page[Merge]:
    [after] = page.key(_NEWEST_FIRST, (str,))
    asked = {
        "la_codes": list(la_codes),
        "after_id": uuid_of(after),
        "page_size": page.page_size,
    }
    rows = await tx.all(_NEWEST, asked)
    return page.page(rows, _NEWEST_FIRST, lambda last: (last.merge_id,))


async def get_merge(tx: db.Tx, merge_id: UUID) -> Merge | None:
    return await tx.maybe(_GET, {"merge_id": merge_id})


async def insert_merge(
    tx: db.Tx, la_code: str, kind: Kind, start: Words, into: Words
) -> Merge:
    """Keep that two are one; of makes, the models are left out."""
    is_make = kind == "make"
    told = {
        "la_code": la_code,
        "kind": kind,
        "from_key": start.make.key if is_make else "\n".join(start.key),
        "from_make": start.make.name,
        "from_model": "" if is_make else start.model.name,
        "into_make": into.make.name,
        "into_model": "" if is_make else into.model.name,
    }
    refusals: db.Refusals = {"catalogue_merge_once": entries.MergeOfItself()}
    [made] = await tx.all(_MERGE, told, refusals)
    return made


async def delete_merge(tx: db.Tx, la_code: str, merge_id: UUID) -> bool:
    return bool(await tx.run(_UNMERGE, {"la_code": la_code, "merge_id": merge_id}))
