"""The use cases of devices: list and read them, and say what a doubtful one is."""

from dataclasses import replace
from uuid import UUID

from chassis import conditional, db, errors
from chassis.audit import service as audit
from chassis.auth import Actor
from chassis.paging import Page, PageRequest
from inventory.agents import service as agents
from inventory.assets import service as assets
from inventory.assets.model import ACCESS, AssetNotFound
from inventory.devices import model, schemas, store
from inventory.devices.model import (
    Changed,
    Count,
    Device,
    DeviceFilter,
    Doubtful,
    Refused,
    Sort,
)
from inventory.schools import model as schools_model
from inventory.schools import service as schools

Asked = tuple[int | None, DeviceFilter]
"""A school by its URN, and what else a listing is narrowed by."""


async def list_devices(
    database: db.Database,
    actor: Actor,
    asked: Asked,
    sort: Sort,
    page: PageRequest,
) -> Page[Device]:
    """List devices of the scope; an unknown school is not one without devices."""
    wanted = await _narrowed(database, actor, asked)
    async with database.read(actor, ACCESS) as tx:
        return await store.list_devices(tx, actor, wanted, sort, page)


async def count_devices(database: db.Database, actor: Actor, asked: Asked) -> Count:
    wanted = await _narrowed(database, actor, asked)
    async with database.read(actor, ACCESS) as tx:
        return Count(await store.count_devices(tx, actor, wanted))


async def list_refusals(
    database: db.Database, actor: Actor, urn: int | None, page: PageRequest
) -> Page[Refused]:
    school_id = await _readable_school(database, actor, urn)
    async with database.read(actor, ACCESS) as tx:
        return await store.list_refusals(tx, actor, school_id, page)


async def get_device(
    database: db.Database, actor: Actor, device_id: UUID
) -> tuple[Device, dict[str, object]]:
    """Read a device, and all that is known of it by section."""
    async with database.read(actor, ACCESS) as tx:
        device = await _device_of(tx, device_id)
        return device, await store.get_sections(tx, device_id)


async def list_changes(
    database: db.Database, actor: Actor, device_id: UUID, page: PageRequest
) -> Page[Changed]:
    async with database.read(actor, ACCESS) as tx:
        await _device_of(tx, device_id)
        return await store.list_changes(tx, device_id, page)


async def list_doubts(
    database: db.Database, actor: Actor, urn: int | None, page: PageRequest
) -> Page[Doubtful]:
    school_id = await _readable_school(database, actor, urn)
    async with database.read(actor, ACCESS) as tx:
        return await store.list_doubts(tx, actor, school_id, page)


async def get_doubt(database: db.Database, actor: Actor, doubt_id: UUID) -> Doubtful:
    async with database.read(actor, ACCESS) as tx:
        return await _doubt_of(tx, doubt_id)


async def settle_doubt(
    database: db.Database,
    actor: Actor,
    doubt_id: UUID,
    version: int,
    command: schemas.SettleDoubt,
) -> Doubtful:
    """Say what a doubtful device is; its next report is believed so.

    Raises:
        DoubtSettled: it was said already.
        DoubtUnclear: an asset is named too many, or is missing.
        AssetNotFound: the device's school has no such asset.
    """
    async with database.begin(actor, ACCESS) as tx:
        doubt = await _doubt_of(tx, doubt_id)
        actor.require(ACCESS.write, doubt.la_code, doubt.school_id)
        conditional.check(version, doubt.version)
        model.open_still(doubt)
        model.require_clear(command.resolution, command.asset_id)
        asset_id = await _settle(tx, doubt, command)
        if not await store.settle_doubt(tx, doubt, command.resolution):
            raise errors.Stale
        entry = model.settled(doubt, command.resolution, asset_id)
        await audit.record_many(tx, [entry])
        return await _doubt_of(tx, doubt_id)


async def _settle(
    tx: db.Tx, doubt: Doubtful, command: schemas.SettleDoubt
) -> UUID | None:
    if command.asset_id is not None:
        asset = await assets.asset_of(tx, command.asset_id)
        if asset.school_id != doubt.school_id:
            raise AssetNotFound
        await agents.link(tx, doubt.device_id, asset.asset_id)
        return asset.asset_id
    if command.resolution == "new":
        sections = await store.get_sections(tx, doubt.device_id)
        return await agents.register(tx, doubt.school_id, sections, doubt.device_id)
    return None


async def _device_of(tx: db.Tx, device_id: UUID) -> Device:
    device = await store.get_device(tx, device_id)
    if device is None:
        raise model.DeviceNotFound
    return device


async def _doubt_of(tx: db.Tx, doubt_id: UUID) -> Doubtful:
    doubt = await store.get_doubt(tx, doubt_id)
    if doubt is None:
        raise model.DoubtNotFound
    return doubt


async def _narrowed(database: db.Database, actor: Actor, asked: Asked) -> DeviceFilter:
    urn, wanted = asked
    return replace(wanted, school_id=await _readable_school(database, actor, urn))


async def _readable_school(
    database: db.Database, actor: Actor, urn: int | None
) -> UUID | None:
    """Find a school by its URN; an unknown one is not one without devices."""
    if urn is None:
        return None
    async with database.read(actor, schools_model.ACCESS) as tx:
        school = await schools.school_of(tx, urn)
    actor.require(ACCESS.read, school.la_code, school.school_id)
    return school.school_id
