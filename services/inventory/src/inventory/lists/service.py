"""The use cases of lists of kit: narrowed and named by the catalogue."""

from dataclasses import replace

from chassis import db
from chassis.auth import Actor
from chassis.paging import Page, PageRequest
from inventory.assets import service as assets
from inventory.assets.model import ACCESS, AssetFilter, Count, Sort
from inventory.catalogue import service as catalogue
from inventory.lists import model
from inventory.lists.model import Listed, ListFilter


async def list_assets(
    database: db.Database,
    actor: Actor,
    wanted: ListFilter,
    sort: Sort,
    page: PageRequest,
) -> Page[Listed]:
    """List assets within the actor's scope under the names of their catalogue.

    Of a model that is not known there are none.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    kit = await _narrowed(database, actor, wanted)
    found = await assets.list_assets(database, actor, kit, sort, page)
    if not found.items:
        return Page([], None)
    async with database.read(actor, ACCESS) as tx:
        las = {each.la_code for each in found.items}
        names = await catalogue.names_of(tx, las)
    return Page(model.named(found.items, names), found.next)


async def count_assets(
    database: db.Database, actor: Actor, wanted: ListFilter
) -> Count:
    """Count what a list holds."""
    kit = await _narrowed(database, actor, wanted)
    return await assets.count_assets(database, actor, kit)


async def _narrowed(
    database: db.Database, actor: Actor, wanted: ListFilter
) -> AssetFilter:
    """Say in which ways what is wanted is written, where it is a matter of names."""
    if wanted.model_id is None and wanted.support is None:
        return wanted.kit
    async with database.read(actor, ACCESS) as tx:
        ways = await catalogue.ways_of(
            tx, actor, wanted.kit.la_code, wanted.model_id, wanted.support
        )
    return replace(wanted.kit, written=ways)
