"""The use cases of devices: list and read them, and say what a doubtful one is."""

from collections.abc import Sequence
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
from inventory.software import service as software
from inventory.software.model import Host

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
        asset_id = await _become(tx, doubt, command)
        if not await store.settle_doubt(tx, doubt, command.resolution):
            raise errors.Stale
        entry = model.settled(doubt, command.resolution, asset_id)
        await audit.record_many(tx, [entry])
        return await _doubt_of(tx, doubt_id)


async def identify_device(
    database: db.Database,
    actor: Actor,
    device_id: UUID,
    version: int,
    command: schemas.IdentifyDevice,
) -> Device:
    """Say anew what a device is: the next report of it is believed so.

    Raises:
        DoubtUnclear: an asset is named too many, or is missing.
        AssetNotFound: the device's school has no such asset.
    """
    async with database.begin(actor, ACCESS) as tx:
        device = await _device_of(tx, device_id)
        actor.require(ACCESS.write, device.la_code, device.school_id)
        held = await store.hold_device(tx, device_id)
        conditional.check(version, held or 0)
        model.require_clear(command.resolution, command.asset_id)
        if (command.resolution, command.asset_id) == ("asset", device.asset_id):
            return device
        asset_id = await _identify(tx, device, command)
        entry = model.identified(device, command.resolution, asset_id)
        await audit.record_many(tx, [entry])
        return await _device_of(tx, device_id)


async def hold_devices_of(tx: db.Tx, asset_ids: Sequence[UUID]) -> list[UUID]:
    """Wait for what some assets' devices tell at this moment; say which they are."""
    return await store.hold_devices_of(tx, asset_ids)


async def hand_over(
    tx: db.Tx, old_id: UUID, new_id: UUID, only: Sequence[UUID] | None = None
) -> list[UUID]:
    """Let devices of an asset, or `only` some of them, be another; say which were.

    Each tells all its software with its next report; so does what the old one keeps.
    """
    moved = await store.move_devices(tx, old_id, new_id, only)
    await store.unlearn_software(tx, old_id)
    return moved


async def give_back(
    tx: db.Tx, old_id: UUID, new_id: UUID, only: Sequence[UUID], since: int
) -> list[UUID]:
    """Let devices that became another asset at its version `since` be theirs again.

    What they wrote there since then is that one's: here they renew what was theirs.
    """
    moved = await hand_over(tx, old_id, new_id, only)
    await store.recall_written(tx, moved, old_id, since)
    return moved


async def _identify(
    tx: db.Tx, device: Device, command: schemas.IdentifyDevice
) -> UUID | None:
    if device.asset_id is not None:
        await _take_off(tx, device, device.asset_id)
    said = command.resolution
    if said in {"doubtful", "ignored"}:
        candidates = [device.asset_id] if device.asset_id else []
        await store.insert_doubt(tx, device.device_id, model.ASKED_AGAIN, candidates)
    if said != "doubtful":
        await store.settle_all(tx, device.device_id, said)
    return await _become(tx, device, command)


async def _take_off(tx: db.Tx, device: Device, asset_id: UUID) -> None:
    """Take a device off its asset, and with it the software that it alone told of."""
    await store.unlink_device(tx, device.device_id)
    if await store.count_others(tx, device.device_id, asset_id) == 0:
        place = (device.la_code, device.school_id)
        await software.take_down(tx, Host(asset_id, *place, "in-use"), [])


async def _become(
    tx: db.Tx,
    device: Device | Doubtful,
    command: schemas.SettleDoubt | schemas.IdentifyDevice,
) -> UUID | None:
    """Let a device be an asset of its school or a new one; None where it is neither."""
    if command.asset_id is not None:
        asset = await assets.asset_of(tx, command.asset_id)
        if asset.school_id != device.school_id:
            raise AssetNotFound
        return await agents.link(tx, device.device_id, asset.asset_id)
    if command.resolution == "new":
        sections = await store.get_sections(tx, device.device_id)
        return await agents.register(tx, device, sections, device.device_id)
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
