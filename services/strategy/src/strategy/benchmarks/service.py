"""The use cases of comparing, and keeping what is told of an LA as a whole."""

from datetime import datetime

from chassis import db, errors
from chassis.auth import Actor
from strategy.benchmarks import store
from strategy.benchmarks.model import comparison, peers, standings, totals
from strategy.benchmarks.model.comparison import AuthorityComparison, Filters, Sort
from strategy.benchmarks.model.standings import SchoolComparison, SchoolFacts
from strategy.benchmarks.model.totals import AuthorityTotals
from strategy.desk import service as desk
from strategy.estate import service as estate
from strategy.schools import model as schools_model
from strategy.schools import service as schools


async def compare_authority(
    database: db.Database, actor: Actor, la_code: str, filters: Filters, sort: Sort
) -> AuthorityComparison:
    """Put the open schools of an LA that the filters take beside each other.

    The distribution is that of the schools shown: a phase is compared with itself.
    """
    await _require_authority(database, actor, la_code)
    access = comparison.AUTHORITY_ACCESS
    everyone = await store.read_figures(database, actor, access, la_code)
    return comparison.compare(la_code, everyone, filters, sort)


async def compare_school(
    database: db.Database, actor: Actor, urn: int
) -> SchoolComparison:
    """Put one open school beside the distribution of its peers."""
    async with database.read(actor, schools_model.ACCESS) as tx:
        school = await schools.school_of(tx, urn)
        actor.require(comparison.SCHOOL_READERS, school.la_code, school.school_id)
        figures = await store.get_figures(tx, school.la_code, school.school_id)
        if figures is None:
            raise schools_model.SchoolNotFound(urn)
        told = await store.list_told(tx, school.la_code)
    return standings.compare(figures, told)


async def explain_school(database: db.Database, actor: Actor, urn: int) -> SchoolFacts:
    """Read what the figures of one school are made of."""
    async with database.read(actor, schools_model.ACCESS) as tx:
        school = await schools.school_of(tx, urn)
        la_code, school_id = school.la_code, school.school_id
        actor.require(comparison.SCHOOL_READERS, la_code, school_id)
        return SchoolFacts(
            la_code=la_code,
            school_urn=school.urn,
            devices=await estate.devices_of(tx, la_code, school_id),
            months=await desk.months_of(tx, la_code, school_id),
            open_tickets=await desk.open_by_priority(tx, la_code, school_id),
        )


async def compare_authorities(
    database: db.Database, actor: Actor
) -> list[AuthorityTotals]:
    """Sum up the LAs of the actor's grants, by phase; never a single school.

    Raises:
        errors.Forbidden: the actor holds no role over whole LAs.
    """
    access = comparison.AGGREGATE_ACCESS
    la_codes = actor.las(access.read)
    if not la_codes:
        raise errors.Forbidden
    async with database.read(actor, access) as tx:
        return totals.grouped(await store.list_totals(tx, la_codes))


async def keep_comparison(tx: db.Tx, la_code: str, happened_at: datetime) -> None:
    """Make anew what is told of an LA as a whole, after facts of it were applied.

    Consumers of different facts write the same rows. The stamp is their lock: who
    waited for it reads, in the next statement, what the one before has committed.
    """
    await store.stamp_authority(tx, la_code, happened_at)
    found = await store.list_figures(tx, la_code)
    await store.keep_told(tx, la_code, peers.told(found))
    await store.keep_totals(tx, la_code, totals.tellable(found))
    if found:
        await store.name_authority(tx, la_code, max(each.la_name for each in found))


async def _require_authority(database: db.Database, actor: Actor, la_code: str) -> None:
    """Refuse who may not see an LA's schools: 404 where they have no place in it.

    Raises:
        errors.Forbidden: they know the LA, but hold no role over it.
        comparison.AuthorityNotFound: it is not within their scope.
    """
    if actor.may(comparison.AUTHORITY_ACCESS.read, la_code, None):
        return
    if la_code in actor.las(comparison.ANYONE.read):
        raise errors.Forbidden
    async with database.read(actor, schools_model.ACCESS) as tx:
        if await schools.knows_schools_of(tx, la_code):
            raise errors.Forbidden
    raise comparison.AuthorityNotFound(la_code)
