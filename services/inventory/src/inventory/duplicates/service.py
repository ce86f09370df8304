"""The use cases of merges: each opens the one transaction it needs."""

from collections.abc import Mapping, Sequence
from typing import cast
from uuid import UUID

from chassis import conditional, db, errors
from chassis.auth import Actor
from chassis.errors import Fault
from inventory.agents.model import placeholders
from inventory.assets import service as assets
from inventory.assets.model import ACCESS, Asset, AssetNotFound
from inventory.attachments import service as attachments
from inventory.custody import service as custody
from inventory.devices import service as devices
from inventory.duplicates import model, schemas, store
from inventory.duplicates.model import Likeness, Merge, Moved, Preview, Since, Suspects
from inventory.history import service as history
from inventory.history.model import Changes
from inventory.kinds.model import own
from inventory.kinds.model.categories import Category
from inventory.relations import service as relations
from inventory.repairs import service as repairs
from inventory.schools import service as schools
from inventory.software import service as software


async def merge(
    database: db.Database,
    actor: Actor,
    kept_id: UUID,
    version: int,
    command: schemas.MergeAssets,
) -> Merge:
    """Let a duplicate be the asset that is kept; what belongs to it goes along.

    Raises:
        AssetNotFound: one of them is not within the scope.
        errors.Forbidden: the actor may not write there.
        errors.Stale: one of them has changed since it was read.
        MergeWithItself, AssetMerged, AssetRetired, MergeOfDisposed,
        MergeAcrossSchools, MergeAcrossKinds, MergeChoiceUnknown, BothInRepair,
        AssetOut, AttachmentsFull: as they say.
    """
    _require_two(kept_id, command.duplicate_id)
    async with database.begin(actor, ACCESS) as tx:
        kept, duplicate, led = await _held(tx, actor, kept_id, command.duplicate_id)
        conditional.check(version, kept.version)
        if duplicate.version != command.duplicate_version:
            raise errors.Stale(
                "The duplicate has changed since you read it",
                duplicate_version=duplicate.version,
            )
        model.require_one_thing(kept, duplicate)
        model.require_fields(command.take, own.FIELDS[cast("Category", kept.category)])
        await custody.require_in(tx, duplicate.asset_id)
        new = model.filled(kept, duplicate, command.take)
        moved, is_open = await _hand_over(tx, duplicate, kept)
        new = model.in_repair(new) if is_open else new
        said = model.beside(duplicate.tag, moved)
        kept = await assets.keep(tx, kept, new, "took-in", said)
        gone = model.merged(duplicate, kept)
        said = model.beside(kept.tag, moved)
        duplicate = await assets.keep(tx, duplicate, gone, "merged", said)
        await _lead(tx, led[duplicate.asset_id], kept)
        await store.keep_words(tx, [kept.asset_id, duplicate.asset_id])
        return await _merge_of(tx, await store.insert_merge(tx, kept, duplicate, moved))


async def preview(
    database: db.Database, actor: Actor, kept_id: UUID, duplicate_id: UUID
) -> Preview:
    """Say what a merge would do, or refuse it as the merge itself would.

    Raises:
        AssetNotFound: one of them is not within the scope.
        MergeWithItself, AssetMerged, AssetRetired, MergeOfDisposed,
        MergeAcrossSchools, MergeAcrossKinds, BothInRepair, AssetOut,
        AttachmentsFull: as they say.
    """
    _require_two(kept_id, duplicate_id)
    async with database.read(actor, ACCESS) as tx:
        kept = await assets.asset_of(tx, kept_id)
        duplicate = await assets.asset_of(tx, duplicate_id)
        model.require_one_thing(kept, duplicate)
        await custody.require_in(tx, duplicate_id)
        both, only = model.differing(kept, duplicate)
        moves = await store.count_belongings(tx, duplicate_id)
        await repairs.require_one(tx, [kept_id, duplicate_id])
        await attachments.require_room(tx, kept_id, moves.attachments)
    return Preview(kept, duplicate, both, only, moves)


async def split(
    database: db.Database,
    actor: Actor,
    merge_id: UUID,
    version: int,
    command: schemas.SplitAssets,
) -> Merge:
    """Let two that were merged be two again; each has again what it had.

    What came to the asset that was kept since then stays with it.

    Raises:
        MergeNotFound: there is none within the scope.
        errors.Forbidden: the actor may not write there.
        errors.Stale, MergeSplit: somebody split them already.
        KeptMerged: the asset that was kept was merged itself.
        SplitUnclear: what was moved or filled has changed, and nobody said what then.
    """
    async with database.begin(actor, ACCESS) as tx:
        found = await _merge_of(tx, merge_id)
        both = found.kept_id, found.duplicate_id
        kept, duplicate, led = await _held(tx, actor, *both)
        found = await _merge_of(tx, merge_id)
        conditional.check(version, found.version)
        if found.split_at is not None:
            raise model.MergeSplit
        if kept.merged_into is not None:
            raise model.KeptMerged(kept.merged_into)
        kept_then, gone_then = await _then(tx, found)
        moved, is_open, lost = await _give_back(tx, found)
        is_repaired = await repairs.is_open(tx, kept.asset_id)
        new, since = model.given_back(kept, kept_then, is_repaired=is_repaired)
        since += lost
        if since and not command.leave_changed:
            raise model.SplitUnclear(since)
        again = model.split_off(duplicate, gone_then, kept, is_repaired=not is_open)
        tag = duplicate.tag
        said = model.beside(kept.tag, moved, back=True)
        await assets.keep(tx, duplicate, again, "split", said)
        said = model.beside(tag, moved, back=True)
        await assets.keep(tx, kept, new, "gave-back", said)
        own = await store.list_own(tx, duplicate.asset_id)
        its = [each for each in led[kept.asset_id] if each.asset_id in own]
        await _lead(tx, its, duplicate)
        await store.keep_words(tx, both)
        if not await store.split_merge(tx, found):
            raise errors.Stale
        return await _merge_of(tx, merge_id)


async def get_merge(database: db.Database, actor: Actor, merge_id: UUID) -> Merge:
    async with database.read(actor, ACCESS) as tx:
        return await _merge_of(tx, merge_id)


async def list_merges(
    database: db.Database, actor: Actor, asset_id: UUID
) -> Sequence[Merge]:
    async with database.read(actor, ACCESS) as tx:
        await assets.asset_of(tx, asset_id)
        return await store.list_merges(tx, asset_id)


async def list_likenesses(
    database: db.Database, actor: Actor, asset_id: UUID
) -> Sequence[Likeness]:
    """List what may be the same thing: what bears the same serial at the school."""
    async with database.read(actor, ACCESS) as tx:
        asset = await assets.asset_of(tx, asset_id)
        if asset.serial is None or not placeholders.is_serial(asset.serial):
            return []
        return await store.list_likenesses(tx, asset_id)


async def list_suspects(database: db.Database, actor: Actor, urn: int) -> Suspects:
    """List the assets of a school whose serial another one bears too, by serial."""
    async with database.read(actor, ACCESS) as tx:
        school = await schools.school_of(tx, urn)
        shared = [
            each
            for each in await store.list_shared(tx, school.school_id)
            if placeholders.is_serial(each.serial)
        ]
        first = model.first_of(shared)
        serials = [each.serial for each in first]
        items = await store.list_suspects(tx, school.school_id, serials)
    return Suspects(items, is_all=len(first) == len(shared))


def _require_two(kept_id: UUID, duplicate_id: UUID) -> None:
    if kept_id == duplicate_id:
        fault = Fault("/duplicate_id", model.MergeWithItself.title)
        raise model.MergeWithItself(faults=[fault])


async def _held(
    tx: db.Tx, actor: Actor, kept_id: UUID, duplicate_id: UUID
) -> tuple[Asset, Asset, Mapping[UUID, list[Asset]]]:
    """Hold two assets and all that is theirs, in the order in which others do.

    The last of what is returned are the duplicates that lead to each. Whoever would let
    something be one of those waits, too, for what it leads to then.

    Raises:
        AssetNotFound: one of them is not within the scope.
        errors.Forbidden: the actor may not write there.
    """
    both = [kept_id, duplicate_id]
    found = [await assets.asset_of(tx, each) for each in both]
    for each in found:
        actor.require(ACCESS.write, each.la_code, each.school_id)
    for school_id in sorted({each.school_id for each in found}):
        await relations.hold(tx, school_id)
    await devices.hold_devices_of(tx, both)
    # Merges of a school wait for each other above: what leads to them is the same.
    held = await assets.hold_many(tx, [*both, *await store.list_leading(tx, both)])
    if not held.keys() >= set(both):
        raise AssetNotFound
    led = {at: [a for a in held.values() if a.merged_into == at] for at in both}
    return held[kept_id], held[duplicate_id], led


async def _lead(tx: db.Tx, duplicates: Sequence[Asset], to: Asset) -> None:
    """Let what was merged before lead to another asset, and say so."""
    said = model.beside(to.tag, Moved([], [], [], []))
    for each in duplicates:
        await assets.keep(tx, each, model.merged(each, to), "merged", said)


async def _hand_over(tx: db.Tx, duplicate: Asset, kept: Asset) -> tuple[Moved, bool]:
    """Let the asset that is kept have all that is the duplicate's.

    Also say whether a repair among it is open.
    """
    ids = duplicate.asset_id, kept.asset_id
    repaired = await repairs.hand_over(tx, *ids)
    moved = Moved(
        devices=await devices.hand_over(tx, *ids),
        attachments=await attachments.hand_over(tx, *ids),
        repairs=[each.repair_id for each in repaired],
        relations=await relations.hand_over(tx, kept.school_id, *ids),
    )
    await software.hand_over(tx, *ids)
    return moved, any(each.is_open for each in repaired)


async def _give_back(tx: db.Tx, found: Merge) -> tuple[Moved, bool, list[Since]]:
    """Let the duplicate have again what was its own, and say what cannot be."""
    ids = found.kept_id, found.duplicate_id
    repaired = await repairs.hand_over(tx, *ids, found.repairs)
    left = await relations.give_back(
        tx, found.school_id, found.duplicate_id, found.relations
    )
    moved = Moved(
        devices=await devices.give_back(tx, *ids, found.devices, found.kept_version),
        attachments=await attachments.hand_over(tx, *ids, found.attachments),
        repairs=[each.repair_id for each in repaired],
        relations=[each for each in found.relations if each not in left],
    )
    others = await devices.hold_devices_of(tx, [found.kept_id])
    is_all = bool(moved.devices) and not others
    await software.give_back(tx, *ids, found.merged_at, is_all=is_all)
    lost = [
        *(Since("device", each, None) for each in _lost(found.devices, moved.devices)),
        *(
            Since("attachment", each, None)
            for each in _lost(found.attachments, moved.attachments)
        ),
        *(Since("relation", str(each.begun), None) for each in left),
    ]
    return moved, any(each.is_open for each in repaired), lost


def _lost(then: Sequence[UUID], now: Sequence[UUID]) -> list[str]:
    return [str(each) for each in then if each not in set(now)]


async def _then(tx: db.Tx, found: Merge) -> tuple[Changes, Changes]:
    """Read what the merge did to either asset."""
    kept = (found.kept_id, found.kept_version)
    gone = (found.duplicate_id, found.duplicate_version)
    told = await history.list_versions(tx, [kept, gone])
    return told.get(found.kept_id, {}), told.get(found.duplicate_id, {})


async def _merge_of(tx: db.Tx, merge_id: UUID) -> Merge:
    found = await store.get_merge(tx, merge_id)
    if found is None:
        raise model.MergeNotFound
    return found
