"""The use cases of depreciation: each opens the one transaction it needs."""

from datetime import date
from uuid import UUID

from chassis import db
from chassis.auth import Actor
from inventory.assets.model import ACCESS, AssetNotFound
from inventory.depreciation import model, store
from inventory.depreciation.model import Begins, BookValue, Schedule
from inventory.estate import service as estate
from inventory.estate.model.schools import SchoolFilter
from inventory.kinds.model.categories import Category


async def get_schedule(
    database: db.Database, actor: Actor, asset_id: UUID, as_of: date, begins: Begins
) -> Schedule:
    """Say what an asset is worth on a day, and what each year writes off of it.

    Raises:
        AssetNotFound: it is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        found = await store.get_valued(tx, asset_id)
    if found is None:
        raise AssetNotFound
    return model.schedule(found, as_of, begins)


async def get_book_value(
    database: db.Database,
    actor: Actor,
    where: SchoolFilter,
    category: Category | None,
    when: tuple[date, Begins],
) -> BookValue:
    """Sum what the kit of a school, an LA or the scope cost and is worth on a day.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    as_of, begins = when
    years = model.years_from(as_of, begins)

    async def summed(tx: db.Tx) -> BookValue:
        place = await estate.place_of(tx, actor, where.la_code, where.school_urn)
        of_years = await store.sum_years(tx, place, category, years)
        of_categories = await store.sum_categories(tx, place, category, as_of)
        return model.book_value(as_of, years, of_years, of_categories)

    asked = ("book value", where, category, when)
    return await database.read_shared(actor, ACCESS.read, asked, summed)
