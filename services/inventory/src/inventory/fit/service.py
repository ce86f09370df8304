"""The use case of fit: it opens the one transaction it needs."""

from dataclasses import dataclass
from datetime import date

from chassis import db
from chassis.auth import Actor
from inventory.assets.model import ACCESS
from inventory.fit import store
from inventory.fit.model import summing
from inventory.fit.model.mending import Prices
from inventory.fit.model.needs import Needs
from inventory.fit.model.summing import Answer
from inventory.kinds.model.categories import Category
from inventory.lifecycle import service as lifecycle
from inventory.schools import service as schools
from inventory.support.model.judging import Judge


@dataclass(frozen=True, slots=True)
class Asked:
    """At which school, of which kit, what is needed, and what mends cost."""

    school_urn: int
    room: str | None
    category: Category | None
    needs: Needs
    prices: Prices


async def get_fit(
    database: db.Database, actor: Actor, day: date, asked: Asked
) -> Answer:
    """Say on which machines of a school software runs, and what mends the others.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        school = await schools.school_of(tx, asked.school_urn)
        found = await store.list_machines(
            tx, school.school_id, asked.room, asked.category
        )
        judge = Judge(await lifecycle.releases_of(tx), day)
    return summing.answer(judge, found, asked.needs, asked.prices)
