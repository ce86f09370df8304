"""The use cases of the estate: each opens the one transaction it needs."""

from chassis import db
from chassis.auth import Actor
from chassis.paging import Page, PageRequest
from inventory.assets.model import ACCESS
from inventory.estate import store
from inventory.estate.model import schools as beside
from inventory.estate.model import summing
from inventory.estate.model.kit import Clock, Kit, KitFilter, KitSort
from inventory.estate.model.schools import Counted, SchoolEstate, SchoolFilter, Sort
from inventory.estate.model.summing import Estate
from inventory.estate.model.today import Today
from inventory.kinds.model.categories import Category
from inventory.schools import service as schools


async def get_estate(
    database: db.Database,
    actor: Actor,
    clock: Clock,
    where: SchoolFilter,
    category: Category | None,
) -> Estate:
    """Count the kit of a school, an LA or the scope, of one kind or of all.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    by_room = where.school_urn is not None

    async def count(tx: db.Tx) -> Estate:
        place = await place_of(tx, actor, where.la_code, where.school_urn)
        found = await store.summarise(tx, place, clock, category, by_room=by_room)
        return summing.estate(found, clock.today, by_room=by_room)

    asked = ("figures", where, category, clock.today)
    return await database.read_shared(actor, ACCESS.read, asked, count)


async def list_schools(
    database: db.Database,
    actor: Actor,
    clock: Clock,
    wanted: SchoolFilter,
    sort: Sort,
    page: PageRequest,
) -> Page[SchoolEstate]:
    """List the schools of the scope by how their kit stands.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    found = await _schools(database, actor, clock, wanted)
    key_of, kinds = beside.key_of, beside.kinds_of(sort)
    return page.cut(found, sort, lambda each: key_of(each, sort), kinds)


async def count_schools(
    database: db.Database, actor: Actor, clock: Clock, wanted: SchoolFilter
) -> int:
    """Count what a listing holds; no kit where it is not narrowed by its health."""
    if wanted.band:
        return len(await _schools(database, actor, clock, wanted))
    async with database.read(actor, ACCESS) as tx:
        place = await place_of(tx, actor, wanted.la_code, wanted.school_urn)
        return await store.count_schools(tx, place, wanted.q)


async def list_kit(
    database: db.Database,
    actor: Actor,
    clock: Clock,
    wanted: KitFilter,
    sort: KitSort,
    page: PageRequest,
) -> Page[Kit]:
    """List the kit in use of the scope that a filter lets through, by tag.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        place = await place_of(tx, actor, wanted.la_code, wanted.school_urn)
        return await store.list_kit(tx, place, clock, wanted, sort, page)


async def count_kit(
    database: db.Database, actor: Actor, clock: Clock, wanted: KitFilter
) -> int:
    """Count what a listing holds."""
    async with database.read(actor, ACCESS) as tx:
        place = await place_of(tx, actor, wanted.la_code, wanted.school_urn)
        return await store.count_kit(tx, place, clock, wanted)


async def get_today(
    database: db.Database, actor: Actor, clock: Clock, urn: int
) -> Today:
    """Say what changed at a school, what runs out there, and what is missing.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        school = await schools.school_of(tx, urn)
        place = store.place(actor, school.la_code, school.school_id)
        counted = await store.summarise(tx, place, clock, None, by_room=False)
        changes = await store.count_changes(tx, school.school_id, clock)
        newest = await store.list_changes(tx, school.school_id, clock)
        runs_out = await store.list_running_out(tx, school.school_id, clock)
    whole = summing.estate(counted, clock.today, by_room=False)
    return Today(
        clock.today,
        clock.since,
        whole.figures,
        whole.health,
        changes,
        newest,
        runs_out,
    )


async def _schools(
    database: db.Database, actor: Actor, clock: Clock, wanted: SchoolFilter
) -> list[SchoolEstate]:
    async def compare(tx: db.Tx) -> list[Counted]:
        place = await place_of(tx, actor, wanted.la_code, wanted.school_urn)
        return await store.list_schools(tx, place, clock, wanted.q)

    asked = ("schools", wanted.la_code, wanted.school_urn, wanted.q, clock.today)
    found = await database.read_shared(actor, ACCESS.read, asked, compare)
    return beside.narrowed(found, wanted.band)


async def place_of(
    tx: db.Tx, actor: Actor, la_code: str | None, school_urn: int | None
) -> store.Place:
    """Say of which LA and schools is counted, as far as the scope goes.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    if school_urn is None:
        return store.place(actor, la_code, None)
    school = await schools.school_of(tx, school_urn)
    return store.place(actor, la_code or school.la_code, school.school_id)
