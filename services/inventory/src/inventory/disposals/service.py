"""The use cases of disposals: each opens the one transaction it needs."""

from chassis import db
from chassis.auth import Actor
from chassis.paging import Page, PageRequest
from inventory.assets.model import ACCESS
from inventory.disposals import model, store
from inventory.disposals.model import Disposal, DisposalFilter, Gone, Sort, Which
from inventory.estate import service as estate
from inventory.schools import service as schools


async def list_disposals(
    database: db.Database,
    actor: Actor,
    wanted: DisposalFilter,
    sort: Sort,
    page: PageRequest,
) -> Page[Disposal]:
    """List what left the schools of the scope together.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    found = await _disposals(database, actor, wanted)
    kinds = model.kinds_of(sort)
    return page.cut(found, sort, lambda each: model.key_of(each, sort), kinds)


async def count_disposals(
    database: db.Database, actor: Actor, wanted: DisposalFilter
) -> int:
    """Count what a listing holds."""
    return len(await _disposals(database, actor, wanted))


async def list_gone(
    database: db.Database, actor: Actor, which: Which, page: PageRequest
) -> Page[Gone]:
    """List the kit of one disposal by tag, each with how its data was erased.

    Raises:
        SchoolNotFound: the school is not within the scope.
        DisposalNotFound: nothing left so.
    """
    async with database.read(actor, ACCESS) as tx:
        school = await schools.school_of(tx, which.school_urn)
        found = await store.list_gone(tx, school.school_id, which, page)
    if not found.items and not page.after:
        raise model.DisposalNotFound
    return found


async def _disposals(
    database: db.Database, actor: Actor, wanted: DisposalFilter
) -> list[Disposal]:
    async with database.read(actor, ACCESS) as tx:
        at = await estate.place_of(tx, actor, wanted.la_code, wanted.school_urn)
        return await store.list_disposals(tx, at, wanted)
