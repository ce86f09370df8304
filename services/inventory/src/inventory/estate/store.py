"""What is counted of kit: one function per query."""

from collections.abc import Mapping
from uuid import UUID

from chassis import auth, db, searching, sql
from chassis.paging import Page, PageRequest, uuid_of
from inventory.assets.model import ACCESS
from inventory.estate.model.kit import (
    YEARS,
    Clock,
    Group,
    Kit,
    KitFilter,
    KitSort,
    ends_between,
)
from inventory.estate.model.schools import Counted
from inventory.estate.model.today import MOST_TOLD, Change, Changes, RunsOut

_QUERIES = sql.load("inventory.estate")
# Without its values each would go through all that the caller may see.
_SUMMARISE = _QUERIES.rows("summarise", Group, planned_anew=True)
_SCHOOLS = _QUERIES.rows("list_schools", Counted, planned_anew=True)
_KIT: Mapping[KitSort, sql.Query[Kit]] = {
    "tag": _QUERIES.rows("list_kit_by_tag", Kit, planned_anew=True),
    "-tag": _QUERIES.rows("list_kit_by_tag_down", Kit, planned_anew=True),
}
_COUNT_SCHOOLS = _QUERIES.rows("count_schools", int)
_COUNT = _QUERIES.rows("count_kit", int, planned_anew=True)
_COUNT_CHANGES = _QUERIES.rows("count_changes", Changes)
_CHANGES = _QUERIES.rows("list_changes", Change)
_RUNNING_OUT = _QUERIES.rows("list_running_out", RunsOut)
Place = Mapping[str, object]


def place(actor: auth.Actor, la_code: str | None, school_id: UUID | None) -> Place:
    """Say in the query, too, what the scope holds; row-level security decides."""
    las, schools = actor.las(ACCESS.read), actor.schools(ACCESS.read)
    only_la = las[0] if len(las) == 1 and not schools else None
    own = None if las else schools
    return {
        "la_code": la_code or only_la,
        "school_ids": [school_id] if school_id else own,
    }


async def summarise(
    tx: db.Tx, where: Place, clock: Clock, category: str | None, *, by_room: bool
) -> list[Group]:
    more = {"category": category, "by_room": by_room}
    return await tx.all(_SUMMARISE, {**where, **clock.told(), **more})


async def list_schools(
    tx: db.Tx, where: Place, clock: Clock, q: str | None
) -> list[Counted]:
    parts = searching.patterns(q)
    return await tx.all(_SCHOOLS, {**where, **clock.told(), "parts": parts})


async def count_schools(tx: db.Tx, where: Place, q: str | None) -> int:
    return await tx.one(_COUNT_SCHOOLS, {**where, "parts": searching.patterns(q)})


async def list_kit(
    tx: db.Tx,
    where: Place,
    clock: Clock,
    wanted: KitFilter,
    sort: KitSort,
    page: PageRequest,
) -> Page[Kit]:
    after_tag, after_id = page.key(sort, (str, str))
    asked = {
        **_asked(where, clock, wanted),
        "after_tag": after_tag,
        "after_id": uuid_of(after_id),
        "page_size": page.page_size,
    }
    rows = await tx.all(_KIT[sort], asked)
    return page.page(rows, sort, lambda last: (last.sort_tag, last.asset_id))


async def count_kit(tx: db.Tx, where: Place, clock: Clock, wanted: KitFilter) -> int:
    return await tx.one(_COUNT, _asked(where, clock, wanted))


async def count_changes(tx: db.Tx, school_id: UUID, clock: Clock) -> Changes:
    return await tx.one(_COUNT_CHANGES, _lately(school_id, clock))


async def list_changes(tx: db.Tx, school_id: UUID, clock: Clock) -> list[Change]:
    return await tx.all(_CHANGES, {**_lately(school_id, clock), "page_size": MOST_TOLD})


async def list_running_out(tx: db.Tx, school_id: UUID, clock: Clock) -> list[RunsOut]:
    asked = {"school_id": school_id, "today": clock.today, "soon": clock.soon}
    return await tx.all(_RUNNING_OUT, {**asked, "page_size": MOST_TOLD})


def _asked(where: Place, clock: Clock, wanted: KitFilter) -> dict[str, object]:
    ends_from, ends_until = ends_between(clock, wanted.month)
    return {
        **where,
        **clock.told(),
        "ends_from": ends_from,
        "ends_until": ends_until,
        "model": wanted.model,
        "category": wanted.category,
        "room": wanted.room,
        "years": YEARS[wanted.age] if wanted.age else None,
        "concern": wanted.concern,
    }


def _lately(school_id: UUID, clock: Clock) -> dict[str, object]:
    return {"school_id": school_id, "since": clock.since}
