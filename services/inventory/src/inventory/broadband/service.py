"""The use cases of the broadband standard: each opens the one transaction it needs."""

from datetime import date

from chassis import db
from chassis.auth import Actor
from chassis.paging import Page, PageRequest
from inventory.assets.model import ACCESS
from inventory.broadband import store
from inventory.broadband.model import beside
from inventory.broadband.model.beside import SchoolBroadband, SchoolFilter, Sort
from inventory.circuits import service as circuits
from inventory.circuits.model.listing import CircuitFilter
from inventory.estate import service as estate


async def list_schools(
    database: db.Database,
    actor: Actor,
    today: date,
    wanted: SchoolFilter,
    sort: Sort,
    page: PageRequest,
) -> Page[SchoolBroadband]:
    """List the schools of the scope by how they stand to the standard.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    found = await _judged(database, actor, today, wanted)
    kinds = beside.kinds_of(sort)
    return page.cut(found, sort, lambda each: beside.key_of(each, sort), kinds)


async def count_schools(
    database: db.Database, actor: Actor, today: date, wanted: SchoolFilter
) -> int:
    """Count what a listing holds."""
    return len(await _judged(database, actor, today, wanted))


async def _judged(
    database: db.Database, actor: Actor, today: date, wanted: SchoolFilter
) -> list[SchoolBroadband]:
    async def judge(tx: db.Tx) -> list[SchoolBroadband]:
        where = await estate.place_of(tx, actor, wanted.la_code, wanted.school_urn)
        schools = await store.list_schools(tx, where, wanted.q)
        lines = await circuits.circuits_of(tx, where, CircuitFilter())
        return beside.beside(schools, lines, wanted, today)

    asked = ("broadband", wanted, today)
    return await database.read_shared(actor, ACCESS.read, asked, judge)
