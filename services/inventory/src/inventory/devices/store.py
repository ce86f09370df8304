"""Devices and doubts in the database: one function per query."""

from datetime import datetime
from typing import Any
from uuid import UUID

from chassis import auth, db, paging, sql
from chassis.paging import BadCursor, Page, PageRequest
from inventory.assets.model import ACCESS
from inventory.devices.model import (
    Changed,
    Device,
    DeviceFilter,
    Doubtful,
    Resolution,
)

_QUERIES = sql.load("inventory.devices")
_LIST = _QUERIES.rows("list_devices", Device, planned_anew=True)
_GET = _QUERIES.rows("get_device", Device)
_SECTIONS = _QUERIES.scalar("get_sections", dict[str, Any])
_CHANGES = _QUERIES.rows("list_changes", Changed)
_DOUBTS = _QUERIES.rows("list_doubts", Doubtful, planned_anew=True)
_DOUBT = _QUERIES.rows("get_doubt", Doubtful)
_SETTLE = _QUERIES.command("settle_doubt")
_SEEN, _NEWEST, _OLDEST = "seen", "newest", "oldest"


async def list_devices(
    tx: db.Tx, actor: auth.Actor, wanted: DeviceFilter, page: PageRequest
) -> Page[Device]:
    seen, last = page.key(_SEEN, (str, str))
    asked = {
        **_readable(actor),
        "school_id": wanted.school_id,
        "unseen_days": wanted.unseen_days,
        "after_seen": _moment(seen),
        "after_id": paging.uuid_of(last),
        "page_size": page.page_size,
    }
    rows = await tx.all(_LIST, asked)
    return page.page(
        rows, _SEEN, lambda d: (d.last_seen_at.isoformat(), str(d.device_id))
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


def _readable(actor: auth.Actor) -> dict[str, object]:
    return {"las": actor.las(ACCESS.read), "schools": actor.schools(ACCESS.read)}


def _moment(key: str | int | None) -> datetime | None:
    if key is None:
        return None
    try:
        return datetime.fromisoformat(str(key))
    except ValueError as wrong:
        raise BadCursor from wrong
