"""The use cases of what runs out: each opens the one transaction it needs."""

from datetime import date

from chassis import db
from chassis.auth import Actor
from chassis.paging import Page, PageRequest
from inventory.assets.model import ACCESS
from inventory.endings import model, store
from inventory.endings.model import Ending, EndingFilter, Sort
from inventory.estate import service as estate
from inventory.support import service as support


async def list_endings(
    database: db.Database,
    actor: Actor,
    today: date,
    wanted: EndingFilter,
    sort: Sort,
    page: PageRequest,
) -> Page[Ending]:
    """List what runs out at a school, in an LA or in the scope.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    found = await _endings(database, actor, today, wanted)
    kinds = model.kinds_of(sort)
    return page.cut(found, sort, lambda each: model.key_of(each, sort), kinds)


async def count_endings(
    database: db.Database, actor: Actor, today: date, wanted: EndingFilter
) -> int:
    """Count what a listing holds."""
    return len(await _endings(database, actor, today, wanted))


async def _endings(
    database: db.Database, actor: Actor, today: date, wanted: EndingFilter
) -> list[Ending]:
    until = model.last_day(today, wanted.within)

    async def gather(tx: db.Tx) -> list[Ending]:
        at = await estate.place_of(tx, actor, wanted.la_code, wanted.school_urn)
        kit = await store.count_kit_endings(tx, at, today, until)
        contracts = await store.list_contract_endings(tx, at, today, until)
        systems, programs = await support.releases_in_use(tx, at, today)
        releases = map(model.of_release, (*systems, *programs))
        return [
            *map(model.of_kit, kit),
            *(each for each in releases if each and today <= each.first_on <= until),
            *map(model.of_contract, contracts),
        ]

    asked = ("endings", wanted.la_code, wanted.school_urn, until)
    found = await database.read_shared(actor, ACCESS.read, asked, gather)
    return model.narrowed(found, wanted)
