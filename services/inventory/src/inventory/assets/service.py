"""The use cases of assets: each opens the one transaction it needs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from chassis import conditional, db, errors, idempotency, outbox
from chassis.audit import service as audit
from chassis.auth import SERVICE_ACCESS, Actor
from chassis.paging import Page, PageRequest
from contracts import inventory as facts
from inventory.assets import model, schemas, store
from inventory.assets.model import (
    Asset,
    AssetFilter,
    Count,
    Disposal,
    Going,
    SettableStatus,
    Sort,
    Tagged,
    Wanted,
)
from inventory.history import service as history
from inventory.history.model import Changes, Happened, HistoryEntry
from inventory.schools import model as schools_model
from inventory.schools import service as schools
from inventory.schools.model import Recorded, School

_BATCH = 500
_FIRST = UUID(int=0)


async def list_assets(
    database: db.Database,
    actor: Actor,
    wanted: AssetFilter,
    sort: Sort,
    page: PageRequest,
) -> Page[Asset]:
    """List assets within the actor's scope; an unknown school is not an empty one.

    A school that is named by an earlier URN is found at the second try.
    """
    found = await store.list_assets(database, actor, wanted, sort, page)
    if not found.items and wanted.school_urn is not None:
        urn = await _present_urn(database, actor, wanted.school_urn)
        if urn != wanted.school_urn:
            present = replace(wanted, school_urn=urn)
            return await store.list_assets(database, actor, present, sort, page)
    return found


async def count_assets(
    database: db.Database, actor: Actor, wanted: AssetFilter
) -> Count:
    """Count what a listing holds; an unknown school is not an empty one."""
    found = await store.count_assets(database, actor, wanted)
    if not found.count and wanted.school_urn is not None:
        urn = await _present_urn(database, actor, wanted.school_urn)
        if urn != wanted.school_urn:
            present = replace(wanted, school_urn=urn)
            return await store.count_assets(database, actor, present)
    return found


async def get_asset(database: db.Database, actor: Actor, asset_id: UUID) -> Asset:
    async with database.read(actor, model.ACCESS) as tx:
        return await asset_of(tx, asset_id)


async def get_label(database: db.Database, actor: Actor, asset_id: UUID) -> Asset:
    """Read an asset for whoever scanned its label: everyone at its school may."""
    async with database.read(actor, model.REGISTERING) as tx:
        return await asset_of(tx, asset_id)


async def register_asset(
    database: db.Database,
    actor: Actor,
    command: schemas.RegisterAsset,
    key: str | None,
) -> Asset:
    """Register an asset of a school; a repeat with the same key changes nothing."""
    async with database.begin(actor, model.REGISTERING) as tx:
        if earlier := await idempotency.earlier(tx, key, command, Asset):
            return earlier
        school = await _writable_school(tx, actor, command.school_urn)
        [asset] = await insert_many(tx, [Wanted(school, command.model_dump())])
        await idempotency.keep(tx, key, asset)
    return asset


async def change_asset(
    database: db.Database,
    actor: Actor,
    asset_id: UUID,
    version: int,
    command: schemas.ChangeAsset,
) -> Asset:
    async with database.begin(actor, model.ACCESS) as tx:
        asset = await _writable_asset(tx, actor, asset_id, version)
        new = _changed(model.working(asset), command)
        return await _store(tx, asset, new, "changed")


async def move_asset(
    database: db.Database,
    actor: Actor,
    asset_id: UUID,
    version: int,
    command: schemas.MoveAsset,
) -> Asset:
    """Move an asset; to another school only where the actor may write there too."""
    async with database.begin(actor, model.REGISTERING) as tx:
        asset = model.working(await _writable_asset(tx, actor, asset_id, version))
        new = replace(
            asset, site=command.site, building=command.building, room=command.room
        )
        if command.school_urn is not None:
            school = await _writable_school(tx, actor, command.school_urn)
            new = replace(
                new,
                school_urn=school.urn,
                school_id=school.school_id,
                la_code=school.la_code,
            )
            if school.school_id != asset.school_id:
                await _require_free(tx, new)
        return await _store(tx, asset, new, "moved")


async def retire_asset(
    database: db.Database, actor: Actor, asset_id: UUID, version: int
) -> Asset:
    async with database.begin(actor, model.ACCESS) as tx:
        asset = await _writable_asset(tx, actor, asset_id, version)
        return await _store(tx, asset, model.retired(asset), "retired")


async def dispose_of_asset(
    database: db.Database,
    actor: Actor,
    asset_id: UUID,
    version: int,
    command: schemas.DisposeOfAsset,
) -> Asset:
    """Let an asset leave for good, and keep how it did."""
    disposal = Disposal(command.on, command.method, command.reference)
    async with database.begin(actor, model.ACCESS) as tx:
        asset = await _writable_asset(tx, actor, asset_id, version)
        return await _store(tx, asset, model.disposed(asset, disposal), "disposed")


async def reinstate_asset(
    database: db.Database, actor: Actor, asset_id: UUID, version: int
) -> Asset:
    """Bring an asset back as it was; any technician may, at any time."""
    async with database.begin(actor, model.ACCESS) as tx:
        asset = await _writable_asset(tx, actor, asset_id, version)
        leaving = await history.retirements(tx, [asset_id])
        new = model.reinstated(asset, leaving.get(asset_id))
        return await _store(tx, asset, new, "reinstated")


async def list_history(
    database: db.Database, actor: Actor, asset_id: UUID, page: PageRequest
) -> Page[HistoryEntry]:
    async with database.read(actor, model.ACCESS) as tx:
        await asset_of(tx, asset_id)
        return await history.list_entries(tx, asset_id, page)


async def follow_schools(tx: db.Tx, recorded: Sequence[Recorded]) -> None:
    """Say what went with its school to another LA, to both LAs.

    The rows are there already: the keys of the database took them along. Each is a new
    version, so that it replaces what either LA's listeners know of it.
    """
    for school in recorded:
        if school.old_la_code in {None, school.la_code}:
            continue
        moves = [
            (replace(asset, la_code=school.old_la_code), asset)
            for asset in await store.renew_assets(tx, school.school_id)
        ]
        happened = [model.happening("moved", old, new) for old, new in moves]
        await history.record(tx, happened)
        said = [f for old, new in moves for f in model.said_of(old, new, "moved")]
        await outbox.enqueue_many(tx, said)


async def restate_assets(database: db.Database, actor: Actor) -> int:
    """Say the present state of every asset of the actor's LAs again, as events."""
    count, last = 0, _FIRST
    while True:
        async with database.begin(actor, SERVICE_ACCESS) as tx:
            assets = await store.restate_assets(tx, last, _BATCH)
            if not assets:
                return count
            await outbox.enqueue_many(
                tx, [model.said(facts.AssetRestated, asset) for asset in assets]
            )
            count, last = count + len(assets), assets[-1].asset_id


async def asset_of(tx: db.Tx, asset_id: UUID) -> Asset:
    """Find an asset of the transaction's scope.

    Raises:
        model.AssetNotFound: it does not exist or is not within the scope.
    """
    found = await store.get_assets(tx, [asset_id])
    if asset_id not in found:
        raise model.AssetNotFound
    return found[asset_id]


async def insert_many(tx: db.Tx, wanted: Sequence[Wanted]) -> list[Asset]:
    """Register assets at schools, in the order in which they are wanted, or none.

    Raises:
        DetailsWrong: a kind of kit has no such field, or a value is not of its form.
        AssetTagTaken: tags are taken.
    """
    stored = await store.insert_assets(tx, model.rows_of(wanted))
    assets = model.in_order(wanted, stored)
    await tell_registered(tx, assets)
    return assets


async def tell_registered(tx: db.Tx, assets: Sequence[Asset]) -> None:
    """Keep in the record that assets were registered, and say it to other services."""
    await audit.record_many(tx, [model.registration(asset) for asset in assets])
    said = [model.said(facts.AssetRegistered, asset) for asset in assets]
    await outbox.enqueue_many(tx, said)


async def pass_on(
    tx: db.Tx, actor: Actor, asset_id: UUID, status: SettableStatus
) -> Asset:
    """Let an asset of the scope pass to another state, as part of another use case.

    Raises:
        model.AssetNotFound: it is not within the scope.
        errors.Forbidden: the actor may not write there.
        model.AssetRetired, model.IllegalMove: no way leads there from where it is.
    """
    await store.lock_assets(tx, [asset_id])
    asset = await asset_of(tx, asset_id)
    actor.require(model.ACCESS.write, asset.la_code, asset.school_id)
    passed = model.changed_status(asset, status)
    return asset if passed == asset else await _store(tx, asset, passed, "changed")


async def amend(
    tx: db.Tx, held: Asset, told: Mapping[str, Any], details: Mapping[str, object]
) -> Asset:
    """Put values over an asset that is held, as part of another use case.

    Raises:
        DetailsWrong: its kind has no such field, or a value is not of its form.
    """
    new = replace(held, **told, details=model.details_of(held, held.category, details))
    return await _store(tx, held, new, "changed")


async def note(tx: db.Tx, held: Asset, happened: Happened, beside: Changes) -> Asset:
    """Keep what happened to an asset that is held, and changed none of its fields."""
    return await _store(tx, held, held, happened, beside)


async def keep(
    tx: db.Tx, held: Asset, new: Asset, happened: Happened, beside: Changes
) -> Asset:
    """Store the next version of an asset that is held, as part of another use case.

    `beside` is what else its history is to tell.
    """
    return await _store(tx, held, new, happened, beside)


async def read_many(tx: db.Tx, asset_ids: Sequence[UUID]) -> dict[UUID, Asset]:
    """Read those of some assets that are within the transaction's scope."""
    return await store.get_assets(tx, asset_ids)


async def hold_many(tx: db.Tx, asset_ids: Sequence[UUID]) -> dict[UUID, Asset]:
    """Read some assets of the scope; those that may be changed change no more."""
    await store.lock_assets(tx, asset_ids)
    return await store.get_assets(tx, asset_ids)


async def going(
    tx: db.Tx, assets: Sequence[Asset]
) -> tuple[dict[UUID, Going], set[Tagged]]:
    """Say of assets that go to other schools by what tags, and which are used there."""
    brought = await store.list_duplicates(tx, [each.asset_id for each in assets])
    found = {
        each.asset_id: Going(each, [each.tag, *brought.get(each.asset_id, [])])
        for each in assets
    }
    return found, await store.list_taken(tx, list(found.values()))


async def list_out(tx: db.Tx, asset_ids: Sequence[UUID]) -> set[UUID]:
    """Say which of some assets somebody has: they stay at their school until then."""
    return await store.list_out(tx, asset_ids)


async def update_many(tx: db.Tx, assets: Sequence[Asset]) -> dict[UUID, Asset]:
    """Store the next versions; those that are no longer the present are not there."""
    return await store.update_assets(tx, assets)


async def _writable_asset(
    tx: db.Tx, actor: Actor, asset_id: UUID, version: int
) -> Asset:
    asset = await asset_of(tx, asset_id)
    if not actor.may(model.ACCESS.read, asset.la_code, asset.school_id):
        # To move one is to see more schools, never more assets.
        raise model.AssetNotFound
    actor.require(model.ACCESS.write, asset.la_code, asset.school_id)
    conditional.check(version, asset.version)
    return asset


async def _require_free(tx: db.Tx, new: Asset) -> None:
    """Vouch that an asset and its duplicates may bear their tags where it goes.

    Raises:
        AssetTagTaken: another asset there bears one of them.
    """
    found, used = await going(tx, [new])
    tag = found[new.asset_id].taken(used)
    if tag is not None:
        raise model.tag_taken(tag)


async def _writable_school(tx: db.Tx, actor: Actor, urn: int) -> School:
    school = await schools.school_of(tx, urn)
    actor.require(model.ACCESS.write, school.la_code, school.school_id)
    return school


async def _present_urn(database: db.Database, actor: Actor, urn: int) -> int:
    """Say what a readable school is called now, by a URN that it has or had."""
    async with database.read(actor, schools_model.ACCESS) as tx:
        school = await schools.school_of(tx, urn)
    actor.require(model.ACCESS.read, school.la_code, school.school_id)
    return school.urn


def _changed(asset: Asset, command: schemas.ChangeAsset) -> Asset:
    """Put what a command says over a working asset."""
    told = {name: value for name, value in command.items() if name != "status"}
    if "details" in told or "category" in told:
        category = command.get("category", asset.category)
        told["details"] = model.details_of(asset, category, command.get("details", {}))
    status = command.get("status")
    passed = model.changed_status(asset, status) if status else asset
    return replace(passed, **told)


async def _store(
    tx: db.Tx, old: Asset, new: Asset, happened: Happened, beside: Changes | None = None
) -> Asset:
    stored = (await store.update_assets(tx, [new])).get(new.asset_id)
    if stored is None:
        raise errors.Stale
    happening = model.happening(happened, old, stored, beside or {})
    await history.record(tx, [happening])
    await outbox.enqueue_many(tx, model.said_of(old, stored, happened))
    return stored
