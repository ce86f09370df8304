"""The use cases of titles: each opens the one transaction it needs."""

from collections.abc import Mapping
from dataclasses import asdict
from uuid import UUID

from chassis import db
from chassis.auth import Actor
from chassis.paging import Page, PageRequest
from inventory.assets.model import ACCESS
from inventory.catalogue import service as catalogue
from inventory.estate import service as estate
from inventory.titles import store
from inventory.titles.model import titles
from inventory.titles.model.titles import (
    DeviceFilter,
    Named,
    Sort,
    Title,
    TitleFilter,
    TitleNotFound,
)

_SORTED_BY = 60
"""Characters of a name that the order goes by: a cursor has to hold them."""


async def list_titles(
    database: db.Database,
    actor: Actor,
    wanted: TitleFilter,
    sort: Sort,
    page: PageRequest,
) -> Page[Title]:
    """Count devices by title, in the scope or at a school or LA of it.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    found = await _titles(database, actor, wanted)
    kinds = (int if sort.endswith("devices") else str, str, str)
    return page.cut(found, sort, lambda each: _key(each, sort), kinds)


async def count_titles(database: db.Database, actor: Actor, wanted: TitleFilter) -> int:
    """Count what a listing holds."""
    return len(await _titles(database, actor, wanted))


async def get_title(
    database: db.Database,
    actor: Actor,
    title_id: UUID,
    la_code: str | None,
    school_urn: int | None,
) -> Mapping[str, object]:
    """Read a title with its versions.

    Raises:
        TitleNotFound: no device of the scope has it.
        SchoolNotFound: the school is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        where = await estate.place_of(tx, actor, la_code, school_urn)
        title = await _title(tx, where, title_id)
        releases = await store.list_releases(tx, where, title_id)
    releases.sort(key=titles.newest_first, reverse=True)
    return {**asdict(title), "releases": releases}


async def list_devices(
    database: db.Database,
    actor: Actor,
    title_id: UUID,
    wanted: DeviceFilter,
    page: PageRequest,
) -> Page[Named]:
    """List the devices of the scope that have a title, as the catalogue names them.

    Raises:
        TitleNotFound: none has it.
        SchoolNotFound: the school is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        where = await estate.place_of(tx, actor, wanted.la_code, wanted.school_urn)
        found = await store.list_devices(tx, where, title_id, wanted.version, page)
        if not found.items:
            await _title(tx, where, title_id)
            return Page([], None)
        las = {each.la_code for each in found.items}
        names = await catalogue.names_of(tx, las)
    return Page(titles.named(found.items, names), found.next)


async def _titles(
    database: db.Database, actor: Actor, wanted: TitleFilter
) -> list[Title]:
    async with database.read(actor, ACCESS) as tx:
        where = await estate.place_of(tx, actor, wanted.la_code, wanted.school_urn)
        return await store.list_titles(tx, where, q=wanted.q, kind=wanted.kind)


async def _title(tx: db.Tx, where: store.Place, title_id: UUID) -> Title:
    found = await store.list_titles(tx, where, title_id=title_id)
    if not found:
        raise TitleNotFound
    return found[0]


def _key(title: Title, sort: Sort) -> tuple[str | int, str, str]:
    short = title.sort_name[:_SORTED_BY]
    first = title.devices if sort.endswith("devices") else short
    return first, short, str(title.title_id)
