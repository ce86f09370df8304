"""The use cases of custody: each opens the one transaction it needs."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from chassis import conditional, db, errors, idempotency, outbox
from chassis.auth import SERVICE_ACCESS, Actor
from chassis.paging import Page, PageRequest
from contracts import inventory as facts
from inventory.assets import many
from inventory.assets import model as assets_model
from inventory.assets import service as assets
from inventory.assets.many import Changing
from inventory.assets.model import ACCESS, Asset
from inventory.custody import model, schemas, store
from inventory.custody.model import Asked, Custody, CustodyFilter, Sort, Terms
from inventory.losses import service as losses
from inventory.schools import service as schools

_BATCH = 500
_FIRST = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Giving:
    """An asset that is held, as it is once it is given out, and on which terms."""

    old: Asset
    new: Asset
    terms: Terms


@dataclass(frozen=True, slots=True)
class Taking:
    """An asset that is held, as it is once it is back, and the custody that ends."""

    old: Asset
    new: Asset
    custody: Custody
    returned_at: datetime
    condition: str | None


async def list_of_asset(
    database: db.Database, actor: Actor, asset_id: UUID
) -> Sequence[Custody]:
    async with database.read(actor, ACCESS) as tx:
        await assets.asset_of(tx, asset_id)
        return await store.list_of_asset(tx, asset_id)


async def get_custody(database: db.Database, actor: Actor, custody_id: UUID) -> Custody:
    async with database.read(actor, ACCESS) as tx:
        return await _custody_of(tx, custody_id)


async def list_custodies(
    database: db.Database,
    actor: Actor,
    wanted: CustodyFilter,
    sort: Sort,
    page: PageRequest,
) -> Page[Custody]:
    """List custodies of the scope; an unknown school is not an empty one.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    today = model.day(datetime.now(UTC))
    async with database.read(actor, ACCESS) as tx:
        asked = await _asked(tx, wanted, today)
        return await store.list_custodies(tx, actor, asked, sort, page)


async def count_custodies(
    database: db.Database, actor: Actor, wanted: CustodyFilter
) -> int:
    """Count what a listing holds."""
    today = model.day(datetime.now(UTC))
    async with database.read(actor, ACCESS) as tx:
        asked = await _asked(tx, wanted, today)
        return await store.count_custodies(tx, actor, asked)


async def issue_asset(
    database: db.Database,
    actor: Actor,
    asset_id: UUID,
    command: schemas.IssueAsset,
    key: str | None,
) -> Custody:
    """Give an asset out, by which it is in use.

    Raises:
        AssetNotFound: it is not within the scope.
        errors.Forbidden: the actor may not write there.
        AssetMerged, AssetOut, model.CustodyOverlaps, model.NotToGiveOut,
        model.CustodyTimesImpossible: as they say.
    """
    now = datetime.now(UTC)
    said = command.model_dump(exclude={"issued_at"})
    terms = Terms(**said, issued_at=command.issued_at or now)
    async with database.begin(actor, ACCESS) as tx:
        repeatable = (asset_id, command)
        if earlier := await idempotency.earlier(tx, key, repeatable, Custody):
            return earlier
        asset = await _held(tx, actor, asset_id)
        model.require_terms(terms, now)
        blocking = await store.get_blocking(tx, asset_id, terms.issued_at)
        new = model.given_out(asset, blocking)
        [custody] = await give_out(tx, [Giving(asset, new, terms)])
        await idempotency.keep(tx, key, custody)
    return custody


async def return_asset(
    database: db.Database, actor: Actor, custody_id: UUID, command: schemas.ReturnAsset
) -> Custody:
    """Take an asset back; what was missing is found by it.

    Raises:
        model.CustodyNotFound: it is not within the scope.
        errors.Forbidden: the actor may not write there.
        model.CustodyReturned: it is back already.
        model.CustodyTimesImpossible: before it was given out, or to come.
    """
    now = datetime.now(UTC)
    at = command.returned_at or now
    async with database.begin(actor, ACCESS) as tx:
        custody = await _custody_of(tx, custody_id)
        actor.require(ACCESS.write, custody.la_code, custody.school_id)
        held = await assets.hold_many(tx, [custody.asset_id])
        # Whoever took it back meanwhile held the asset before.
        custody = await _custody_of(tx, custody_id)
        model.require_return(custody, at, now)
        asset = held[custody.asset_id]
        new = model.taken_back(asset, command.status)
        taking = Taking(asset, new, custody, at, command.condition)
        [closed] = await take_back(tx, [taking])
    return closed


async def renew_custody(
    database: db.Database,
    actor: Actor,
    custody_id: UUID,
    version: int,
    command: schemas.RenewCustody,
) -> Custody:
    """Say until when somebody may have a thing from now on.

    Raises:
        model.CustodyNotFound: it is not within the scope.
        errors.Forbidden: the actor may not write there.
        errors.Stale: it has changed since.
        model.CustodyReturned: it is back.
        model.CustodyTimesImpossible: it was given out after that day.
    """
    now = datetime.now(UTC)
    async with database.begin(actor, ACCESS) as tx:
        custody = await _custody_of(tx, custody_id)
        asset = await _held(tx, actor, custody.asset_id, custody)
        conditional.check(version, custody.version)
        model.require_return(custody, now, now)
        model.require_due(command.due_on, custody.issued_at)
        renewed = await store.renew_custody(tx, custody_id, version, command.due_on)
        if renewed is None:
            raise errors.Stale
        beside = model.beside(renewed, asdict(custody))
        await assets.note(tx, asset, "renewed", beside)
        await outbox.enqueue(tx, model.said(facts.CustodyRenewed, renewed))
    return renewed


async def give_out(tx: db.Tx, giving: Sequence[Giving]) -> list[Custody]:
    """Store that assets which are held are given out, in their order; tell of it."""
    rows = [
        {**asdict(each.terms), **_place(each.new), "asset_id": each.new.asset_id}
        for each in giving
    ]
    made = await store.insert_custodies(tx, rows)
    changes = [
        Changing(each.old, each.new, "issued", model.beside(each.terms))
        for each in giving
    ]
    await many.change_many(tx, changes)
    said = [model.said(facts.CustodyIssued, each) for each in made]
    await outbox.enqueue_many(tx, said)
    return made


async def take_back(tx: db.Tx, taking: Sequence[Taking]) -> list[Custody]:
    """Store that assets which are held came back; tell of it."""
    rows = [
        {
            "custody_id": each.custody.custody_id,
            "returned_at": each.returned_at,
            "condition": each.condition,
        }
        for each in taking
    ]
    closed = await store.close_custodies(tx, rows)
    changes = [Changing(each.old, each.new, "returned") for each in taking]
    await many.change_many(tx, changes)
    found = {
        each.old.asset_id: model.day(each.returned_at)
        for each in taking
        if each.old.status == "missing"
    }
    await losses.end_by_return(tx, found)
    said = [model.said(facts.CustodyReturned, each) for each in closed]
    await outbox.enqueue_many(tx, said)
    return closed


async def known_since(
    tx: db.Tx, asset_ids: Sequence[UUID], since: datetime
) -> dict[UUID, list[Custody]]:
    """Say by asset who has it, had it at some time or later, or had it last."""
    return await store.list_known(tx, asset_ids, since)


async def out_of_many(tx: db.Tx, asset_ids: Sequence[UUID]) -> Mapping[UUID, Custody]:
    """Say by asset who has it."""
    return await store.list_out(tx, asset_ids)


async def require_in(tx: db.Tx, asset_id: UUID) -> None:
    """Vouch that nobody has an asset.

    Raises:
        AssetOut: somebody does.
    """
    found = await store.list_out(tx, [asset_id])
    if asset_id in found:
        raise model.out(found[asset_id])


async def restate_custodies(database: db.Database, actor: Actor) -> int:
    """Say every custody of the actor's LAs again, as events."""
    count, last = 0, _FIRST
    while True:
        async with database.begin(actor, SERVICE_ACCESS) as tx:
            found = await store.restate_custodies(tx, last, _BATCH)
            if not found:
                return count
            await outbox.enqueue_many(
                tx, [model.said(facts.CustodyRestated, each) for each in found]
            )
            count, last = count + len(found), found[-1].custody_id


async def _held(
    tx: db.Tx, actor: Actor, asset_id: UUID, custody: Custody | None = None
) -> Asset:
    """Hold an asset that the actor may write."""
    held = (await assets.hold_many(tx, [asset_id])).get(asset_id)
    place = held or custody
    if place is None:
        raise assets_model.AssetNotFound
    actor.require(ACCESS.write, place.la_code, place.school_id)
    if held is None:
        raise assets_model.AssetNotFound
    return held


async def _custody_of(tx: db.Tx, custody_id: UUID) -> Custody:
    found = await store.get_custodies(tx, [custody_id])
    if custody_id not in found:
        raise model.CustodyNotFound
    return found[custody_id]


async def _asked(tx: db.Tx, wanted: CustodyFilter, today: date) -> Asked:
    if wanted.school_urn is None:
        return Asked(wanted, None, today)
    school = await schools.school_of(tx, wanted.school_urn)
    return Asked(wanted, school.school_id, today)


def _place(asset: Asset) -> dict[str, object]:
    return {"la_code": asset.la_code, "school_id": asset.school_id}
