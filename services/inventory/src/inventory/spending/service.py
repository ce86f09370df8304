"""The use case of what consumables cost: it opens the one transaction it needs."""

from datetime import date

from chassis import db
from chassis.auth import Actor
from inventory.assets.model import ACCESS
from inventory.consumables import service as consumables
from inventory.consumables.model.things import ConsumableFilter
from inventory.estate import service as estate
from inventory.spending import model, store
from inventory.spending.model import Spend


async def get_spend(
    database: db.Database,
    actor: Actor,
    today: date,
    wanted: ConsumableFilter,
    months: int,
) -> Spend:
    """Sum what the consumables of a school, an LA or the scope cost, month by month.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    since = model.first_month(today, months)

    async def summed(tx: db.Tx) -> Spend:
        where = await estate.place_of(tx, actor, wanted.la_code, wanted.school_urn)
        moved = await store.sum_months(tx, where, wanted.category, since)
        schools = await store.sum_schools(tx, where, wanted.category, since)
        stock = await consumables.stock_of(tx, where, wanted, today)
        return Spend(
            today,
            model.every_month(moved, since, months),
            model.by_school(stock, schools),
        )

    asked = ("spend on consumables", wanted, today, months)
    return await database.read_shared(actor, ACCESS.read, asked, summed)
