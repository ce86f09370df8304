"""The use cases of scans: each opens the one transaction it needs."""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID

from chassis import db, errors
from chassis.audit import service as audit
from chassis.audit.model import Entry, Target
from chassis.auth import Actor
from chassis.paging import Page, PageRequest
from inventory.assets import service as assets
from inventory.assets.model import ACCESS, REGISTERING, Asset
from inventory.custody import model as custody_model
from inventory.custody import service as custody
from inventory.custody.model import Custody, CustodyOverlaps
from inventory.custody.service import Giving, Taking
from inventory.scans import model, schemas, store
from inventory.scans.model import Kept, Outcome, Scan
from inventory.schools import service as schools
from inventory.schools.model import School

_LATEST = "in-store"


@dataclass(frozen=True, slots=True)
class _Way:
    """For whom scans are taken, and where."""

    database: db.Database
    actor: Actor
    school_urn: int
    session: UUID


@dataclass(slots=True)
class _Wave:
    """One scan at most of each asset, decided and not stored yet."""

    giving: dict[UUID, Giving] = field(default_factory=dict[UUID, Giving])
    taking: dict[UUID, Taking] = field(default_factory=dict[UUID, Taking])
    """By scan."""


async def take_scans(
    database: db.Database, actor: Actor, command: schemas.TakeScans
) -> list[Outcome]:
    """Do what was scanned, in the order in which it was; a repeat changes nothing.

    What cannot be done is kept with what was true, to be settled by somebody.

    Raises:
        SchoolNotFound: the school is not within the scope.
        errors.Forbidden: the actor may not write there.
    """
    way = _Way(database, actor, command.school_urn, command.session)
    scans = model.in_order([each.scan for each in command.scans])
    try:
        outcomes = await _take(way, scans)
    except CustodyOverlaps:
        outcomes = await _take_singly(way, scans)
    return [outcomes[each.scan_id] for each in command.scans]


async def _take_singly(way: _Way, scans: Sequence[Scan]) -> dict[UUID, Outcome]:
    """Take scans one by one: another school had one of the things, unseen by this."""
    outcomes: dict[UUID, Outcome] = {}
    for scan in scans:
        try:
            outcomes |= await _take(way, [scan])
        except CustodyOverlaps as overlap:
            outcomes |= await _take(way, [scan], overlap)
    return outcomes


async def _take(
    way: _Way, scans: Sequence[Scan], barred: errors.Refusal | None = None
) -> dict[UUID, Outcome]:
    """Do what was scanned, unless the database `barred` it before.

    Raises:
        CustodyOverlaps: somebody had one of the things whom the scope does not show.
    """
    async with way.database.begin(way.actor, REGISTERING) as tx:
        school = await schools.school_of(tx, way.school_urn)
        way.actor.require(ACCESS.write, school.la_code, school.school_id)
        new = await store.claim_scans(tx, school, way.session, scans)
        fresh = [each for each in scans if each.scan_id in new]
        if barred is None:
            outcomes = await _carry_out(tx, school, fresh, datetime.now(UTC))
        else:
            made = [model.conflict(each, None, barred) for each in fresh]
            outcomes = {each.scan_id: each for each in made}
        await store.keep_outcomes(tx, school, list(outcomes.values()))
        asked = [each.scan_id for each in scans]
        kept = await store.list_scans(tx, school, asked)
        await audit.record_many(tx, _recorded(school, outcomes))
    return {each: _answer(kept[each], outcomes) for each in asked}


async def bearers_of(
    tx: db.Tx, school_id: UUID, codes: Sequence[str]
) -> dict[str, list[UUID]]:
    """Say by code which assets of a school bear it, a duplicate as what it is."""
    return await store.find_codes(tx, school_id, codes)


async def list_conflicts(
    database: db.Database, actor: Actor, urn: int, page: PageRequest
) -> tuple[Page[Kept], Mapping[UUID, Custody]]:
    """List what somebody has to settle, and by asset who has it now.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        school = await schools.school_of(tx, urn)
        found = await store.list_conflicts(tx, school.school_id, page)
        ids = [each.asset_id for each in found.items if each.asset_id]
        return found, await custody.out_of_many(tx, ids)


async def settle_scan(
    database: db.Database, actor: Actor, scan_id: UUID, command: schemas.SettleScan
) -> Kept:
    """Say of a conflict that what is stays so, or let the scan be right from now on.

    Who has the thing gives it back by that, at the moment that it goes on.

    Raises:
        model.ScanNotFound: it is not within the scope.
        errors.Forbidden: the actor may not write there.
        model.ScanSettled: nothing of it is left to be settled.
        model.ScanNotToTake: what it says cannot be.
        AssetMerged, NotToGiveOut: the asset is not given out as it stands.
    """
    async with database.begin(actor, ACCESS) as tx:
        kept = await store.get_scan(tx, scan_id)
        if kept is None:
            raise model.ScanNotFound
        actor.require(ACCESS.write, kept.la_code, kept.school_id)
        if kept.result != "conflict" or kept.settled_as is not None:
            raise model.ScanSettled
        custody_id = None
        if command.settle_as == "taken":
            custody_id = await _take_after_all(tx, kept)
        if not await store.settle_scan(tx, kept, command.settle_as, custody_id):
            raise model.ScanSettled
        target = Target("scan", scan_id, kept.la_code, kept.school_id)
        said = {"settled_as": command.settle_as, "asset_id": kept.asset_id}
        await audit.record_many(tx, [Entry("scan.settled", target, after=said)])
        found = await store.get_scan(tx, scan_id)
    if found is None:
        raise model.ScanNotFound
    return found


async def _carry_out(
    tx: db.Tx, school: School, scans: Sequence[Scan], now: datetime
) -> dict[UUID, Outcome]:
    """Do what was scanned: each wave with the same few statements."""
    codes = [each.code for each in scans]
    found = await bearers_of(tx, school.school_id, codes)
    outcomes: dict[UUID, Outcome] = {}
    queues: defaultdict[UUID, deque[Scan]] = defaultdict(deque)
    for scan in scans:
        bearers = found.get(scan.code, [])
        if len(bearers) == 1:
            queues[bearers[0]].append(scan)
        else:
            outcomes[scan.scan_id] = model.unknown(scan, len(bearers))
    held = await assets.hold_many(tx, list(queues))
    first = min((each.scanned_at for each in scans), default=now)
    known = await custody.known_since(tx, list(queues), first)
    for asset_id in [each for each in queues if each not in held]:
        # It left the school as it was looked for.
        for scan in queues.pop(asset_id):
            outcomes[scan.scan_id] = model.unknown(scan, 0)
    while queues:
        wave = _Wave()
        for asset_id, scan in _next(queues):
            outcome = _decide(held[asset_id], scan, known.get(asset_id, []), now, wave)
            outcomes[scan.scan_id] = outcome
        made = await custody.give_out(tx, list(wave.giving.values()))
        closed = await custody.take_back(tx, list(wave.taking.values()))
        by_asset = {each.asset_id: each.custody_id for each in (*made, *closed)}
        for scan_id in (*wave.giving, *wave.taking):
            asset_id = outcomes[scan_id].asset_id
            if asset_id is not None:
                done = replace(outcomes[scan_id], custody_id=by_asset[asset_id])
                outcomes[scan_id] = done
        if queues and by_asset:
            held |= await assets.read_many(tx, list(by_asset))
            known |= await custody.known_since(tx, list(by_asset), first)
    return outcomes


def _next(queues: dict[UUID, deque[Scan]]) -> Iterator[tuple[UUID, Scan]]:
    """Take the next scan of each asset, until there is none."""
    for asset_id in list(queues):
        yield asset_id, queues[asset_id].popleft()
        if not queues[asset_id]:
            del queues[asset_id]


def _decide(
    asset: Asset, scan: Scan, known: Sequence[Custody], now: datetime, wave: _Wave
) -> Outcome:
    """Say what comes of a scan, and put what is to be stored into the wave."""
    here = asset.asset_id
    try:
        if scan.action == "return":
            out = model.out_of(asset, known)
            custody_model.require_return(out, scan.scanned_at, now)
            new = custody_model.taken_back(asset, _LATEST)
            wave.taking[scan.scan_id] = Taking(asset, new, out, scan.scanned_at, None)
            return Outcome(scan.scan_id, "taken", here)
        model.require_holder(scan)
        if has := model.has_already(scan, known):
            return Outcome(scan.scan_id, "held-already", here, has.custody_id)
        custody_model.require_terms(scan.terms, now)
        new = custody_model.given_out(asset, model.blocking(scan, known))
    except errors.Refusal as refusal:
        return model.conflict(scan, here, refusal)
    wave.giving[scan.scan_id] = Giving(asset, new, scan.terms)
    return Outcome(scan.scan_id, "taken", here)


async def _take_after_all(tx: db.Tx, kept: Kept) -> UUID:
    """Let a scan be right: whoever has the thing gives it up to whom it names."""
    if kept.asset_id is None or kept.action == "return":
        raise model.ScanNotToTake
    now = datetime.now(UTC)
    held = await assets.hold_many(tx, [kept.asset_id])
    if kept.asset_id not in held:
        raise model.ScanNotToTake
    asset, scan = held[kept.asset_id], replace(kept.scan, scanned_at=now)
    model.require_holder(scan)
    known = (await custody.known_since(tx, [asset.asset_id], now)).get(
        asset.asset_id, []
    )
    out = next((each for each in known if each.returned_at is None), None)
    if out is not None:
        back = custody_model.taken_back(asset, _LATEST)
        await custody.take_back(tx, [Taking(asset, back, out, now, None)])
        asset = await assets.asset_of(tx, asset.asset_id)
    custody_model.require_due(scan.due_on, now)
    new = custody_model.given_out(asset, None)
    [made] = await custody.give_out(tx, [Giving(asset, new, scan.terms)])
    return made.custody_id


def _answer(kept: Kept, fresh: Mapping[UUID, Outcome]) -> Outcome:
    if kept.scan_id in fresh:
        return fresh[kept.scan_id]
    return Outcome(
        kept.scan_id,
        "repeated",
        kept.asset_id,
        kept.custody_id,
        kept.reason,
        kept.detail,
    )


def _recorded(school: School, outcomes: Mapping[UUID, Outcome]) -> list[Entry]:
    """Say as the audit has it how many scans came, and how many are to be settled."""
    if not outcomes:
        return []
    results = [each.result for each in outcomes.values()]
    target = Target("school", school.school_id, school.la_code, school.school_id)
    counted = {name: results.count(name) for name in ("taken", "conflict")}
    return [Entry("custody.scanned", target, after=counted)]
