"""The use cases of stock-takes: each opens the one transaction it needs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from chassis import conditional, db, errors, idempotency
from chassis.audit import service as audit
from chassis.audit.model import Target
from chassis.auth import Actor
from chassis.paging import Page, PageRequest
from inventory.assets import many
from inventory.assets import service as assets
from inventory.assets.many import Changing
from inventory.assets.model import ACCESS, REGISTERING, Asset
from inventory.estate import service as estate
from inventory.scans import service as scans
from inventory.schools import service as schools
from inventory.sightings import service as sightings
from inventory.stocktakes import schemas, store
from inventory.stocktakes.model import standing, takes
from inventory.stocktakes.model.takes import (
    Kept,
    Line,
    LineStanding,
    Outcome,
    Place,
    Scan,
    Spot,
    StockTake,
    TakeFilter,
)

_SORT = "standing"


async def list_stock_takes(
    database: db.Database, actor: Actor, wanted: TakeFilter, page: PageRequest
) -> Page[StockTake]:
    """List the stock-takes of the scope, or of a school or LA of it, the newest first.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        where = await estate.place_of(tx, actor, wanted.la_code, wanted.school_urn)
        return await store.list_stock_takes(tx, where, wanted.state, page)


async def count_stock_takes(
    database: db.Database, actor: Actor, wanted: TakeFilter
) -> int:
    """Count what a listing holds."""
    async with database.read(actor, ACCESS) as tx:
        where = await estate.place_of(tx, actor, wanted.la_code, wanted.school_urn)
        return await store.count_stock_takes(tx, where, wanted.state)


async def list_places(
    database: db.Database, actor: Actor, school_urn: int
) -> Sequence[Place]:
    """List the rooms of a school that kit is said to be in, or that were counted.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        school = await schools.school_of(tx, school_urn)
        return await store.list_places(tx, school.school_id)


async def get_stock_take(
    database: db.Database, actor: Actor, stock_take_id: UUID
) -> StockTake:
    """Read a stock-take; one that is open stands as the register has it now.

    Raises:
        StockTakeNotFound: it is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        take = await _stock_take_of(tx, stock_take_id)
        if take.state != "open":
            return take
        counts = standing.count(await _lines(tx, take))
        return replace(take, **takes.counted(counts))


async def list_lines(
    database: db.Database,
    actor: Actor,
    stock_take_id: UUID,
    wanted: LineStanding | None,
    page: PageRequest,
) -> Page[Line]:
    """List what a stock-take says of each piece of kit and code.

    Raises:
        StockTakeNotFound: it is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        take = await _stock_take_of(tx, stock_take_id)
        told = await _lines(tx, take)
    found = [each for each in told if wanted in {None, each.standing}]
    return page.cut(found, _SORT, standing.key_of, (int, str, str))


async def open_stock_take(
    database: db.Database, actor: Actor, command: schemas.OpenStockTake, key: str | None
) -> StockTake:
    """Open a stock-take of a room.

    Raises:
        SchoolNotFound: the school is not within the scope.
        errors.Forbidden: the actor may not write there.
        StockTakeOpen: one of that room is under way; says which.
    """
    at = Spot(command.site, command.building, command.room)
    async with database.begin(actor, REGISTERING) as tx:
        if earlier := await idempotency.earlier(tx, key, command, StockTake):
            return earlier
        school = await schools.school_of(tx, command.school_urn)
        actor.require(ACCESS.write, school.la_code, school.school_id)
        made = await store.insert_stock_take(tx, school, at)
        if made is None:
            under_way = await store.get_open(tx, school, at)
            raise takes.StockTakeOpen(stock_take_id=under_way)
        opened = await _counted(tx, await _stock_take_of(tx, made), step=0)
        await _record(tx, opened, "opened")
        await idempotency.keep(tx, key, opened)
    return opened


async def take_scans(
    database: db.Database,
    actor: Actor,
    stock_take_id: UUID,
    command: schemas.TakeScans,
) -> tuple[list[Outcome], StockTake]:
    """Take in what was scanned; a repeat changes nothing, and none is dropped.

    What comes after the end is kept beside it.

    Raises:
        StockTakeNotFound: it is not within the scope.
        errors.Forbidden: the actor may not write there.
    """
    now = datetime.now(UTC)
    async with database.begin(actor, ACCESS) as tx:
        # Of two devices that send at once, one waits for the other.
        take = await _held(tx, actor, stock_take_id)
        sent = takes.sent_once([each.scan for each in command.scans], take, now)
        new = await store.claim_scans(tx, take, sent)
        fresh = [each for each in sent if each.scan_id in new]
        outcomes = {each.scan_id: each for each in await _told(tx, take, fresh)}
        if fresh:
            await store.keep_outcomes(tx, take, list(outcomes.values()))
            results = [each.result for each in outcomes.values()]
            came = {each: results.count(each) for each in sorted(set(results))}
            await _record(tx, take, "scanned", came)
        if take.state == "open":
            take = await _counted(tx, take, step=1 if fresh else 0)
        kept = {
            each.scan_id: each for each in await store.list_scans(tx, stock_take_id)
        }
    told = [
        outcomes.get(each.scan_id) or _again(kept[each.scan_id])
        for each in command.scans
    ]
    return told, take


async def end_stock_take(
    database: db.Database,
    actor: Actor,
    stock_take_id: UUID,
    version: int,
    command: schemas.EndStockTake,
) -> StockTake:
    """End a stock-take: move what was found, and keep what was seen and what not.

    What was true of each piece of kit and code is kept as it is now.

    Raises:
        StockTakeNotFound: it is not within the scope.
        errors.Forbidden: the actor may not write there.
        StockTakeClosed: it has ended; says when and how.
        errors.Stale: more was scanned meanwhile.
        StockTakeMoved: what is to be moved is not as it was seen; nothing is changed.
    """
    now = datetime.now(UTC)
    wanted = {each.asset_id: each.version for each in command.move}
    async with database.begin(actor, ACCESS) as tx:
        take = await _held(tx, actor, stock_take_id)
        takes.require_open(take)
        conditional.check(version, take.version)
        held = await assets.hold_many(tx, list(wanted))
        told = await _lines(tx, take)
        is_closed = command.end_as == "closed"
        moving = takes.require_as_seen(list(wanted.items()), told) if is_closed else []
        await _move(tx, take, held, moving)
        ids = {each.line_id for each in moving}
        told = [replace(each, is_moved=each.line_id in ids) for each in told]
        await store.insert_lines(tx, take, told)
        if is_closed and command.mark_seen:
            await _keep_seen(tx, take, told)
        if is_closed and command.list_missing:
            missing = [each.line_id for each in told if each.standing == "missing"]
            await sightings.keep_missed(tx, stock_take_id, missing, takes.day(now))
        await store.keep_counts(tx, stock_take_id, standing.count(told), 1)
        await store.end_stock_take(tx, take, command.end_as, now, len(moving))
        ended = await _stock_take_of(tx, stock_take_id)
        chosen = {
            "moved": len(moving),
            "mark_seen": command.mark_seen,
            "list_missing": command.list_missing,
        }
        await _record(tx, ended, command.end_as, takes.counted(ended) | chosen)
    return ended


async def _move(
    tx: db.Tx, take: StockTake, held: Mapping[UUID, Asset], moving: Sequence[Line]
) -> None:
    """Say of what was found that it is in this room, as somebody who moves each."""
    at = take.spot
    changes = [
        Changing(
            held[each.line_id],
            replace(
                held[each.line_id], site=at.site, building=at.building, room=at.room
            ),
            "moved",
        )
        for each in moving
    ]
    stored = await many.change_many(tx, changes)
    if len(stored) != len(moving):
        raise errors.Stale


async def _keep_seen(tx: db.Tx, take: StockTake, told: Sequence[Line]) -> None:
    days = {
        each.line_id: takes.day(each.scanned_at)
        for each in standing.seen(told)
        if each.scanned_at is not None
    }
    await sightings.keep_seen(tx, take.stock_take_id, days)


async def _held(tx: db.Tx, actor: Actor, stock_take_id: UUID) -> StockTake:
    """Hold a stock-take that the actor may write."""
    await store.lock_stock_take(tx, stock_take_id)
    take = await _stock_take_of(tx, stock_take_id)
    actor.require(ACCESS.write, take.la_code, take.school_id)
    return take


async def _stock_take_of(tx: db.Tx, stock_take_id: UUID) -> StockTake:
    found = await store.get_stock_take(tx, stock_take_id)
    if found is None:
        raise takes.StockTakeNotFound
    return found


async def _counted(tx: db.Tx, take: StockTake, *, step: int) -> StockTake:
    """Store how an open one stands, and read it back."""
    counts = standing.count(await _lines(tx, take))
    await store.keep_counts(tx, take.stock_take_id, counts, step)
    return await _stock_take_of(tx, take.stock_take_id)


async def _lines(tx: db.Tx, take: StockTake) -> list[Line]:
    """Say what is true now of one that is open, and what was true of one that ended."""
    kept = await store.list_scans(tx, take.stock_take_id)
    if take.state != "open":
        late = {each.code.lower(): each for each in kept if each.result == "late"}
        ended = await store.list_lines(tx, take.stock_take_id)
        return [*ended, *(standing.unknown(each, "late") for each in late.values())]
    found, scanned = await _found(tx, take, kept)
    expected = await store.list_expected(tx, take)
    known = [each.asset_id for each in expected]
    out = await assets.list_out(tx, [*known, *scanned])
    return standing.lines(take.spot, expected, scanned, found, out)


async def _found(
    tx: db.Tx, take: StockTake, kept: Sequence[Kept]
) -> tuple[list[Kept], dict[UUID, Asset]]:
    """Say of each scan what it was of, by what the register says now.

    What was merged meanwhile is the other, and a code may have got its asset.
    """
    ids = [each.asset_id for each in kept if each.asset_id is not None]
    scanned = _present(take, await assets.read_many(tx, ids))
    lost = [each.code for each in kept if each.asset_id not in scanned]
    if not lost:
        return list(kept), scanned
    bearers = await scans.bearers_of(tx, take.school_id, lost)
    alone = [found[0] for found in bearers.values() if len(found) == 1]
    scanned |= _present(take, await assets.read_many(tx, alone))
    return [
        each
        if each.asset_id in scanned
        else standing.found_again(each, bearers.get(each.code, []))
        for each in kept
    ], scanned


def _present(take: StockTake, found: Mapping[UUID, Asset]) -> dict[UUID, Asset]:
    return {
        asset_id: asset
        for asset_id, asset in found.items()
        if asset.school_id == take.school_id and asset.merged_into is None
    }


async def _told(tx: db.Tx, take: StockTake, fresh: Sequence[Scan]) -> list[Outcome]:
    """Say what comes of scans that were not kept before, in their order."""
    if not fresh:
        return []
    new = {each.scan_id for each in fresh}
    before = await store.list_scans(tx, take.stock_take_id)
    earlier, _ = await _found(tx, take, [e for e in before if e.scan_id not in new])
    bearers = await scans.bearers_of(tx, take.school_id, [e.code for e in fresh])
    alone = [found[0] for found in bearers.values() if len(found) == 1]
    known = _present(take, await assets.read_many(tx, alone))
    out = await assets.list_out(tx, list(known))
    return standing.outcomes(take, fresh, earlier, bearers, known, out)


def _again(kept: Kept) -> Outcome:
    return Outcome(kept.scan_id, "repeated", kept.asset_id, kept.bearers)


async def _record(
    tx: db.Tx, take: StockTake, what: str, after: Mapping[str, object] | None = None
) -> None:
    target = Target("stock-take", take.stock_take_id, take.la_code, take.school_id)
    told = {"site": take.site, "building": take.building, "room": take.room}
    said = {name: value for name, value in told.items() if value is not None}
    await audit.record(tx, f"stock-take.{what}", target, {}, {**said, **(after or {})})
