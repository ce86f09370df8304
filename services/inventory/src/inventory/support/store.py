"""What machines run and have installed: one function per query."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from uuid import UUID

from chassis import db, sql
from chassis.paging import Page, PageRequest, uuid_of
from inventory.support.model.machines import (
    Among,
    Built,
    Having,
    Installed,
    Machine,
    Place,
    Running,
    Sort,
    Title,
)

_QUERIES = sql.load("inventory.support")
# Without its values each would go through all that the caller may see.
_SYSTEMS = _QUERIES.rows("count_systems", Running, planned_anew=True)
_PLACES = _QUERIES.rows("list_places", Place)
_TITLES = _QUERIES.rows("list_titles", Title, planned_anew=True)
_OF_AUTHORITY = _QUERIES.rows("list_titles_of_authority", Title, planned_anew=True)
_SOFTWARE = _QUERIES.rows("count_software", Having, planned_anew=True)
_DEVICES: Mapping[Sort, sql.Query[Machine]] = {
    "tag": _QUERIES.rows("list_devices_by_tag", Machine, planned_anew=True),
    "-tag": _QUERIES.rows("list_devices_by_tag_down", Machine, planned_anew=True),
}
_COUNT = _QUERIES.rows("count_devices", int, planned_anew=True)
_BUILDS = _QUERIES.rows("count_builds", Built, planned_anew=True)
_BUILD = _QUERIES.rows("get_build", Built)
_INSTALLED = _QUERIES.rows("list_installed", Installed)
Where = Mapping[str, object]


async def count_systems(tx: db.Tx, at: Where) -> list[Running]:
    return await tx.all(_SYSTEMS, at)


async def count_builds(tx: db.Tx, at: Where) -> list[Built]:
    return await tx.all(_BUILDS, at)


async def list_places(tx: db.Tx, at: Where) -> list[Place]:
    return await tx.all(_PLACES, at)


async def list_titles(tx: db.Tx, at: Where) -> list[Title]:
    if at["la_code"] and not at["school_ids"]:
        return await tx.all(_OF_AUTHORITY, {"la_code": at["la_code"]})
    return await tx.all(_TITLES, at)


async def count_software(
    tx: db.Tx, at: Where, title_ids: Iterable[UUID]
) -> list[Having]:
    return await tx.all(_SOFTWARE, {**at, "title_ids": list(title_ids)})


async def list_devices(
    tx: db.Tx,
    at: Where,
    among: Among,
    room: str | None,
    order: tuple[Sort, PageRequest],
) -> Page[Machine]:
    sort, page = order
    after_tag, after_id = page.key(sort, (str, str))
    asked = {
        **at,
        **asdict(among),
        "room": room,
        "after_tag": after_tag,
        "after_id": uuid_of(after_id),
        "page_size": page.page_size,
    }
    rows = await tx.all(_DEVICES[sort], asked)
    return page.page(rows, sort, lambda last: (last.sort_tag, last.asset_id))


async def count_devices(tx: db.Tx, at: Where, among: Among, room: str | None) -> int:
    return await tx.one(_COUNT, {**at, **asdict(among), "room": room})


async def get_build(tx: db.Tx, asset_id: UUID) -> Built | None:
    """Say what an asset runs and is made of; None of what runs nothing."""
    return await tx.maybe(_BUILD, {"asset_id": asset_id})


async def list_installed(tx: db.Tx, asset_id: UUID) -> list[Installed]:
    return await tx.all(_INSTALLED, {"asset_id": asset_id})
