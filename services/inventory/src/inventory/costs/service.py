"""The use cases of the cost of owning kit: each opens the one transaction it needs."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from chassis import db
from chassis.auth import Actor
from chassis.paging import Page, PageRequest
from inventory.assets import service as assets
from inventory.assets.model import ACCESS
from inventory.catalogue import service as catalogue
from inventory.costs import store
from inventory.costs.model import owning
from inventory.costs.model.owning import OfAsset, OfModel, OfPlace, Sort, Sums
from inventory.costs.store import Narrowed
from inventory.estate import service as estate
from inventory.estate.model.schools import SchoolFilter
from inventory.kinds.model.categories import Category
from inventory.tariffs import service as tariffs


async def get_asset_cost(
    database: db.Database, actor: Actor, asset_id: UUID, today: date
) -> OfAsset:
    """Say what an asset has cost to own so far.

    Raises:
        AssetNotFound: it is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        asset = await assets.asset_of(tx, asset_id)
        place = {"la_code": asset.la_code, "school_ids": [asset.school_id]}
        spans = await tariffs.spans_of(tx, place)
        wanted = Narrowed(asset_id=asset_id)
        [row] = await store.sum_costs(tx, place, wanted, spans, today)
    return owning.of_asset(asset_id, today, row, owning.measured(asset.details))


async def get_costs(
    database: db.Database,
    actor: Actor,
    where: SchoolFilter,
    category: Category | None,
    today: date,
) -> OfPlace:
    """Sum what the kit of a school, an LA or the scope has cost to own so far.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    rows = await _sums(database, actor, where, category, today)
    return owning.of_place(today, rows)


async def list_model_costs(
    database: db.Database,
    actor: Actor,
    where: SchoolFilter,
    category: Category | None,
    today: date,
    listed: tuple[Sort, PageRequest],
) -> Page[OfModel]:
    """List what each model has cost to own, at a school, in an LA or in the scope.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    sort, page = listed
    found = await _models(database, actor, where, category, today)
    kinds = owning.kinds_of(sort)
    return page.cut(found, sort, lambda each: owning.key_of(each, sort), kinds)


async def count_model_costs(
    database: db.Database,
    actor: Actor,
    where: SchoolFilter,
    category: Category | None,
    today: date,
) -> int:
    """Count what such a listing holds."""
    return len(await _models(database, actor, where, category, today))


async def _models(
    database: db.Database,
    actor: Actor,
    where: SchoolFilter,
    category: Category | None,
    today: date,
) -> list[OfModel]:
    rows = await _sums(database, actor, where, category, today)
    if not rows:
        return []
    async with database.read(actor, ACCESS) as tx:
        names = await catalogue.names_of(tx, {row.la_code for row in rows})
    return owning.of_models(rows, names, where.q)


async def _sums(
    database: db.Database,
    actor: Actor,
    where: SchoolFilter,
    category: Category | None,
    today: date,
) -> Sequence[Sums]:
    async def summed(tx: db.Tx) -> list[Sums]:
        place = await estate.place_of(tx, actor, where.la_code, where.school_urn)
        spans = await tariffs.spans_of(tx, place)
        return await store.sum_costs(tx, place, Narrowed(category), spans, today)

    asked = ("cost of owning", where.la_code, where.school_urn, category, today)
    return await database.read_shared(actor, ACCESS.read, asked, summed)
