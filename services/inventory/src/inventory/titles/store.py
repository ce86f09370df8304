"""Installed software by title: one function per query."""

from collections.abc import Mapping
from uuid import UUID

from chassis import db, searching, sql
from chassis.paging import Page, PageRequest, uuid_of
from inventory.titles.model.naming import Kind
from inventory.titles.model.titles import Device, Release, Title

_QUERIES = sql.load("inventory.titles")
# Without its values each would go through all that the caller may see.
_TITLES = _QUERIES.rows("list_titles", Title, planned_anew=True)
_OF_AUTHORITY = _QUERIES.rows("list_titles_of_authority", Title, planned_anew=True)
_RELEASES = _QUERIES.rows("list_releases", Release, planned_anew=True)
_DEVICES = _QUERIES.rows("list_devices", Device, planned_anew=True)
_BY_TAG = "tag"
Place = Mapping[str, object]


async def list_titles(
    tx: db.Tx,
    where: Place,
    *,
    q: str | None = None,
    kind: Kind | None = None,
    title_id: UUID | None = None,
) -> list[Title]:
    narrowed = {"parts": searching.patterns(q), "kind": kind}
    if where["la_code"] and not where["school_ids"] and title_id is None:
        return await tx.all(_OF_AUTHORITY, {"la_code": where["la_code"], **narrowed})
    return await tx.all(_TITLES, {**where, **narrowed, "title_id": title_id})


async def list_releases(tx: db.Tx, where: Place, title_id: UUID) -> list[Release]:
    return await tx.all(_RELEASES, {**where, "title_id": title_id})


async def list_devices(
    tx: db.Tx, where: Place, title_id: UUID, version: str | None, page: PageRequest
) -> Page[Device]:
    after_tag, after_id = page.key(_BY_TAG, (str, str))
    asked = {
        **where,
        "title_id": title_id,
        "version": version,
        "after_tag": after_tag,
        "after_id": uuid_of(after_id),
        "page_size": page.page_size,
    }
    rows = await tx.all(_DEVICES, asked)
    return page.page(rows, _BY_TAG, lambda last: (last.sort_tag, last.asset_id))
