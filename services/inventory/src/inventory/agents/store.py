"""The tables of what agents told: one function per query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from chassis import db, json, sql
from chassis.auth import SERVICE_ACCESS
from inventory.agents.model import devices, matching
from inventory.agents.model.changes import Change
from inventory.agents.model.devices import Being, Device, Enrolled, First, Sections
from inventory.agents.model.matching import Candidate, Doubt
from inventory.agents.model.report import Report

_QUERIES = sql.load("inventory.agents")


@dataclass(frozen=True, slots=True)
class _Common:
    """An asset, and what it has in common with a device."""

    asset_id: UUID
    matched_on: matching.By
    serial: str | None


_IS_URN = _QUERIES.scalar("is_urn_of", bool)
_HOLD = _QUERIES.rows("hold_device", Device)
_INSERT = _QUERIES.command("insert_device")
_UPDATE = _QUERIES.command("update_device")
_SEE = _QUERIES.command("see_device")
_HOLD_ASSET = _QUERIES.scalar("hold_asset", UUID)
_LINK = _QUERIES.command("link_device")
_KEEP_WRITTEN = _QUERIES.command("keep_written")
_KEEP_SOFTWARE = _QUERIES.command("keep_software_hash")
_INSERT_CHANGES = _QUERIES.command("insert_changes")
_CANDIDATES = _QUERIES.rows("list_candidates", _Common)
_INSERT_DOUBT = _QUERIES.command("insert_doubt")
_COUNT_REFUSAL = _QUERIES.command("count_refusal")


async def is_urn_of(database: db.Database, enrolled: Enrolled, urn: int) -> bool:
    """Ask within the key's own scope, in one round trip."""
    asked = {"school_id": enrolled.school_id, "urn": urn}
    [found] = await database.read_all(enrolled.actor, SERVICE_ACCESS, _IS_URN, asked)
    return found


async def hold_device(tx: db.Tx, school_id: UUID, binding: bytes) -> Device | None:
    return await tx.maybe(_HOLD, {"school_id": school_id, "binding": binding})


async def insert_device(
    tx: db.Tx, enrolled: Enrolled, first: First, told: tuple[Report, Sections]
) -> None:
    """Bind a device to a school.

    As the transaction ends, DeviceOfAnotherSchool is raised where it is bound to
    another, or was just bound to this one.
    """
    report, sections = told
    being = first.being
    has_all = being.asset_id is not None and "software" in report.sections
    values = {
        **_told(report, sections),
        **_place(enrolled),
        **_being(being),
        "device_id": first.device_id,
        "binding": first.binding,
        "deviceid": report.identity.deviceid,
        "software_hash": devices.software_hash_of(report.software) if has_all else None,
    }
    taken = {"agent_device_binding_unique": devices.DeviceOfAnotherSchool()}
    tx.at_end(_INSERT, values, taken)


async def update_device(
    tx: db.Tx, device_id: UUID, report: Report, sections: Sections
) -> None:
    tx.at_end(_UPDATE, {**_told(report, sections), "device_id": device_id})


async def see_device(tx: db.Tx, device_id: UUID) -> None:
    tx.at_end(_SEE, {"device_id": device_id})


async def hold_asset(tx: db.Tx, asset_id: UUID) -> UUID:
    """Keep an asset from being merged until the end; of a merged one, the other.

    Return which it is.
    """
    return await tx.one(_HOLD_ASSET, {"asset_id": asset_id})


async def link_device(tx: db.Tx, device_id: UUID, being: Being) -> None:
    """Say which asset a device is, and what was written into it so far."""
    await tx.run(_LINK, {**_being(being), "device_id": device_id})


async def keep_written(
    tx: db.Tx, device_id: UUID, written: Mapping[str, object]
) -> None:
    """Keep what was written into a device's asset, beside what was before."""
    if not written:
        return
    said = {"device_id": device_id, "written": json.encode(written).decode()}
    tx.at_end(_KEEP_WRITTEN, said)


async def keep_software_hash(tx: db.Tx, device_id: UUID, found: bytes) -> None:
    tx.at_end(_KEEP_SOFTWARE, {"device_id": device_id, "software_hash": found})


async def insert_changes(
    tx: db.Tx,
    enrolled: Enrolled,
    device_id: UUID,
    report: Report,
    found: Sequence[Change],
) -> None:
    said = {
        **_place(enrolled),
        "device_id": device_id,
        "taken_at": report.taken_at,
        "changes": json.encode(found).decode(),
    }
    tx.at_end(_INSERT_CHANGES, said)


async def list_candidates(
    tx: db.Tx, school_id: UUID, report: Report
) -> list[Candidate]:
    told = report.identity
    asked = {
        "school_id": school_id,
        "serial": told.serial,
        "uuid": told.uuid,
        "macs": list(told.macs),
        "asset_tag": told.asset_tag,
    }
    rows = await tx.all(_CANDIDATES, asked)
    return [Candidate(row.asset_id, row.matched_on, row.serial) for row in rows]


async def insert_doubt(
    tx: db.Tx, enrolled: Enrolled, device_id: UUID, doubt: Doubt
) -> None:
    said = {
        **_place(enrolled),
        "device_id": device_id,
        "reason": doubt.reason,
        "candidates": list(doubt.candidates),
    }
    tx.at_end(_INSERT_DOUBT, said)


async def count_refusal(tx: db.Tx, enrolled: Enrolled, reason: str) -> None:
    await tx.run(_COUNT_REFUSAL, {**_place(enrolled), "reason": reason})


def _place(enrolled: Enrolled) -> dict[str, object]:
    return {"la_code": enrolled.la_code, "school_id": enrolled.school_id}


def _being(being: Being) -> dict[str, object]:
    return {
        "asset_id": being.asset_id,
        "matched_by": being.matched_by,
        "written": json.encode(being.written).decode(),
    }


def _told(report: Report, sections: Sections) -> dict[str, Any]:
    """Give the columns that every report writes anew.

    A partial one need not say everything: what is known of the device stands.
    """
    device = cast("dict[str, Any]", sections["device"])
    return {
        "kind": device["kind"],
        "name": device["name"],
        "serial": device["serial"],
        "uuid": device["uuid"],
        "macs": list(device["macs"]),
        "manufacturer": device["manufacturer"],
        "model": device["model"],
        "agent": report.agent,
        "content_hash": devices.hash_of(report),
        "taken_at": report.taken_at,
        "sections": json.encode(sections).decode(),
    }
