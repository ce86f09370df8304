"""The use cases of compliance: each opens the one transaction it needs."""

from collections.abc import Sequence
from datetime import date

from chassis import db
from chassis.auth import Actor
from chassis.paging import Page, PageRequest
from inventory.compliance import store
from inventory.compliance.model import listing, standing
from inventory.compliance.model.listing import ComplianceFilter, Sort
from inventory.compliance.model.standing import Standing
from inventory.estate import service as estate
from inventory.licences import service as licences
from inventory.licences.model.things import ACCESS


async def list_standings(
    database: db.Database,
    actor: Actor,
    today: date,
    wanted: ComplianceFilter,
    sort: Sort,
    page: PageRequest,
) -> Page[Standing]:
    """List how titles stand to the licences of the scope, school by school.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    found = await _narrowed(database, actor, today, wanted)
    kinds = listing.kinds_of(sort)
    return page.cut(found, sort, lambda each: listing.key_of(each, sort), kinds)


async def count_standings(
    database: db.Database, actor: Actor, today: date, wanted: ComplianceFilter
) -> dict[str, object]:
    """Count what a listing holds, in all and by state."""
    found = await _narrowed(database, actor, today, wanted)
    states = listing.counted(found)
    return {"count": len(found), "is_exact": True, "states": states}


async def _narrowed(
    database: db.Database, actor: Actor, today: date, wanted: ComplianceFilter
) -> list[Standing]:
    la_code, urn = wanted.la_code, wanted.school_urn

    async def stand(tx: db.Tx) -> Sequence[Standing]:
        return await _standings(tx, actor, today, la_code, urn)

    # A page asks for a list and for its count at once.
    asked = ("compliance", la_code, urn, today)
    found = await database.read_shared(actor, ACCESS.read, asked, stand)
    return listing.narrowed(found, wanted, today)


async def _standings(
    tx: db.Tx, actor: Actor, today: date, la_code: str | None, urn: int | None
) -> Sequence[Standing]:
    where = await estate.place_of(tx, actor, la_code, urn)
    # What other schools hold says which titles are looked at.
    everywhere = {**where, "school_ids": None}
    held = await licences.licences_of(tx, everywhere)
    installed = await store.list_installed(tx, where)
    if urn is None:
        wholes = frozenset(actor.las(ACCESS.read))
        return standing.standings(held, installed, today, wholes)
    found = standing.standings(held, installed, today, frozenset())
    return [each for each in found if [each.school_id] == where["school_ids"]]
