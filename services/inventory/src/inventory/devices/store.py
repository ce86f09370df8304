"""Devices and doubts in the database: one function per query."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chassis import auth, db, paging, searching, sql
from chassis.paging import BadCursor, Page, PageRequest
from inventory.assets.model import ACCESS
from inventory.devices.model import (
    Changed,
    Device,
    DeviceFilter,
    Doubtful,
    Refused,
    Resolution,
    Sort,
)

_QUERIES = sql.load("inventory.devices")
_GET = _QUERIES.rows("get_device", Device)
_SECTIONS = _QUERIES.scalar("get_sections", dict[str, Any])
_CHANGES = _QUERIES.rows("list_changes", Changed)
_DOUBTS = _QUERIES.rows("list_doubts", Doubtful, planned_anew=True)
_DOUBT = _QUERIES.rows("get_doubt", Doubtful)
_SETTLE = _QUERIES.command("settle_doubt")
_REFUSALS = _QUERIES.rows("list_refusals", Refused, planned_anew=True)
_COUNT = _QUERIES.rows("count_devices", int, planned_anew=True)
_UNLINK = _QUERIES.command("unlink_device")
_HOLD = _QUERIES.scalar("hold_device", int)
_HOLD_OF = _QUERIES.scalar("hold_devices_of", UUID)
_MOVE = _QUERIES.scalar("move_devices", UUID)
_RECALL = _QUERIES.command("recall_written")
_UNLEARN = _QUERIES.command("unlearn_software")
_OTHERS = _QUERIES.scalar("count_others", int)
_DOUBT_AGAIN = _QUERIES.command("insert_doubt")
_SETTLE_ALL = _QUERIES.command("settle_all")
_NEWEST, _OLDEST, _LATEST = "newest", "oldest", "latest"


def _listing(name: str) -> sql.Query[Device]:
    return _QUERIES.rows(name, Device, planned_anew=True)


_LISTINGS: Mapping[Sort, sql.Query[Device]] = {
    "last_seen_at": _listing("list_devices_by_seen"),
    "-last_seen_at": _listing("list_devices_by_seen_down"),
    "name": _listing("list_devices_by_name"),
    "-name": _listing("list_devices_by_name_down"),
}


async def list_devices(
    tx: db.Tx, actor: auth.Actor, wanted: DeviceFilter, sort: Sort, page: PageRequest
) -> Page[Device]:
    by_name = sort.endswith("name")
    key, last = page.key(sort, (str, str))
    place = {
        "after_key": key if by_name else _moment(key),
        "after_id": paging.uuid_of(last),
        "page_size": page.page_size,
    }
    asked = {**_readable(actor), **_asked(wanted), **place}
    rows = await tx.all(_LISTINGS[sort], asked)
    return page.page(
        rows,
        sort,
        lambda d: (
            _name(d) if by_name else d.last_seen_at.isoformat(),
            str(d.device_id),
        ),
    )


async def count_devices(tx: db.Tx, actor: auth.Actor, wanted: DeviceFilter) -> int:
    return await tx.one(_COUNT, {**_readable(actor), **_asked(wanted)})


async def list_refusals(
    tx: db.Tx, actor: auth.Actor, school_id: UUID | None, page: PageRequest
) -> Page[Refused]:
    day, reason, last = page.key(_LATEST, (str, str, str))
    place = {
        "after_day": _day(day),
        "after_reason": reason,
        "after_school": paging.uuid_of(last),
        "page_size": page.page_size,
    }
    asked = {**_readable(actor), "school_id": school_id, **place}
    rows = await tx.all(_REFUSALS, asked)
    return page.page(
        rows, _LATEST, lambda r: (r.on_day.isoformat(), r.reason, str(r.school_id))
    )


async def get_device(tx: db.Tx, device_id: UUID) -> Device | None:
    return await tx.maybe(_GET, {"device_id": device_id})


async def get_sections(tx: db.Tx, device_id: UUID) -> dict[str, Any]:
    return await tx.one(_SECTIONS, {"device_id": device_id})


async def list_changes(tx: db.Tx, device_id: UUID, page: PageRequest) -> Page[Changed]:
    [last] = page.key(_NEWEST, (str,))
    place = {"after_id": paging.uuid_of(last), "page_size": page.page_size}
    rows = await tx.all(_CHANGES, {"device_id": device_id, **place})
    return page.page(rows, _NEWEST, lambda change: (str(change.change_id),))


async def list_doubts(
    tx: db.Tx, actor: auth.Actor, school_id: UUID | None, page: PageRequest
) -> Page[Doubtful]:
    [last] = page.key(_OLDEST, (str,))
    place = {"after_id": paging.uuid_of(last), "page_size": page.page_size}
    asked = {**_readable(actor), "school_id": school_id, **place}
    rows = await tx.all(_DOUBTS, asked)
    return page.page(rows, _OLDEST, lambda doubt: (str(doubt.doubt_id),))


async def get_doubt(tx: db.Tx, doubt_id: UUID) -> Doubtful | None:
    return await tx.maybe(_DOUBT, {"doubt_id": doubt_id})


async def settle_doubt(tx: db.Tx, doubt: Doubtful, resolution: Resolution) -> bool:
    """Say whether the doubt was still at its version."""
    said = {
        "doubt_id": doubt.doubt_id,
        "version": doubt.version,
        "resolution": resolution,
    }
    return await tx.run(_SETTLE, said) == 1


async def hold_device(tx: db.Tx, device_id: UUID) -> int | None:
    """Hold a device that may be changed until the end; return its version."""
    return await tx.maybe(_HOLD, {"device_id": device_id})


async def unlink_device(tx: db.Tx, device_id: UUID) -> None:
    await tx.run(_UNLINK, {"device_id": device_id})


async def count_others(tx: db.Tx, device_id: UUID, asset_id: UUID) -> int:
    return await tx.one(_OTHERS, {"device_id": device_id, "asset_id": asset_id})


async def insert_doubt(
    tx: db.Tx, device_id: UUID, reason: str, candidates: Sequence[UUID]
) -> None:
    said = {
        "device_id": device_id,
        "reason": reason,
        "candidates": list(candidates),
    }
    await tx.run(_DOUBT_AGAIN, said)


async def hold_devices_of(tx: db.Tx, asset_ids: Sequence[UUID]) -> list[UUID]:
    """Hold all devices that are one of some assets; say which they are."""
    return await tx.all(_HOLD_OF, {"asset_ids": list(asset_ids)})


async def move_devices(
    tx: db.Tx, old_id: UUID, new_id: UUID, only: Sequence[UUID] | None
) -> list[UUID]:
    only = None if only is None else list(only)
    return await tx.all(_MOVE, {"old_id": old_id, "new_id": new_id, "only": only})


async def recall_written(
    tx: db.Tx, device_ids: Sequence[UUID], asset_id: UUID, version: int
) -> None:
    """Forget what devices wrote into an asset after some version of it."""
    asked = {"device_ids": list(device_ids), "asset_id": asset_id, "version": version}
    await tx.run(_RECALL, asked)


async def unlearn_software(tx: db.Tx, asset_id: UUID) -> None:
    await tx.run(_UNLEARN, {"asset_id": asset_id})


async def settle_all(tx: db.Tx, device_id: UUID, resolution: Resolution) -> None:
    await tx.run(_SETTLE_ALL, {"device_id": device_id, "resolution": resolution})


def _readable(actor: auth.Actor) -> dict[str, object]:
    return {"las": actor.las(ACCESS.read), "schools": actor.schools(ACCESS.read)}


def _asked(wanted: DeviceFilter) -> dict[str, object]:
    return {**asdict(wanted), "parts": searching.patterns(wanted.q)}


def _name(device: Device) -> str:
    return device.name or device.serial or ""


def _day(key: str | int | None) -> date | None:
    if key is None:
        return None
    try:
        return date.fromisoformat(str(key))
    except ValueError as wrong:
        raise BadCursor from wrong


def _moment(key: str | int | None) -> datetime | None:
    if key is None:
        return None
    try:
        return datetime.fromisoformat(str(key))
    except ValueError as wrong:
        raise BadCursor from wrong
