"""The use cases of comparing, and keeping what is told of an LA as a whole."""

from chassis import db, errors
from chassis.auth import Actor
from strategy.benchmarks import store
from strategy.benchmarks.model import comparison, quantiles, totals
from strategy.benchmarks.model.comparison import (
    AuthorityComparison,
    MeasureName,
    Phase,
    SchoolComparison,
    Sort,
)
from strategy.benchmarks.model.quantiles import Summary
from strategy.benchmarks.model.totals import AuthorityTotals
from strategy.schools import model as schools_model
from strategy.schools import service as schools

_NONE = Summary(0)


async def compare_authority(
    database: db.Database, actor: Actor, la_code: str, phase: Phase | None, sort: Sort
) -> AuthorityComparison:
    """Put every open school of an LA (of one phase) beside the others.

    The distribution is that of the schools shown: a phase is compared with itself.
    """
    await _require_authority(database, actor, la_code)
    async with database.read(actor, comparison.AUTHORITY_ACCESS) as tx:
        # Read first, it is never newer than the figures.
        as_of = await store.get_freshness(tx, la_code)
        found = await store.list_figures(tx, la_code, phase)
    summaries = comparison.summaries(found)
    return AuthorityComparison(
        la_code=la_code,
        as_of=as_of,
        measures=comparison.measured(summaries),
        schools=[
            comparison.standing(each, summaries)
            for each in comparison.ordered(found, sort)
        ],
    )


async def compare_school(
    database: db.Database, actor: Actor, urn: int
) -> SchoolComparison:
    """Put one open school beside the distribution of its LA."""
    async with database.read(actor, schools_model.ACCESS) as tx:
        school = await schools.school_of(tx, urn)
        actor.require(comparison.SCHOOL_READERS, school.la_code, school.school_id)
        as_of = await store.get_freshness(tx, school.la_code)
        figures = await store.get_figures(tx, school.la_code, school.school_id)
        if figures is None:
            raise schools_model.SchoolNotFound(urn)
        kept = await store.list_distributions(tx, school.la_code)
    summaries: dict[MeasureName, Summary] = {
        each.measure: kept.get(each.measure, _NONE) for each in comparison.MEASURES
    }
    return SchoolComparison(
        la_code=school.la_code,
        as_of=as_of,
        measures=comparison.measured(summaries),
        school=comparison.standing(figures, summaries),
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


async def keep_comparison(tx: db.Tx, la_code: str) -> None:
    """Make anew what is told of an LA as a whole, after facts of it were applied.

    Consumers of different facts write the same rows. The stamp is their lock: who
    waited for it reads, in the next statement, what the one before has committed.
    """
    await store.stamp_authority(tx, la_code)
    found = await store.list_figures(tx, la_code)
    summaries = comparison.summaries(found)
    told: dict[MeasureName, Summary] = {
        measure: quantiles.for_everyone(summary)
        for measure, summary in summaries.items()
    }
    await store.keep_distributions(tx, la_code, told)
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
