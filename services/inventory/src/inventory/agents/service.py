"""The use case of agents: a message is read, believed as far as its key goes, kept."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chassis import db, errors, ids
from chassis.audit import service as audit
from chassis.auth import SERVICE_ACCESS
from inventory.agents import store
from inventory.agents.model import (
    amending,
    answers,
    changes,
    devices,
    matching,
    reading,
    registering,
)
from inventory.agents.model.changes import Change
from inventory.agents.model.devices import (
    Being,
    Device,
    Enrolled,
    First,
    MatchedBy,
    Outcome,
    Sections,
)
from inventory.agents.model.matching import Doubt, Match, New
from inventory.agents.model.report import Question, Report, Told
from inventory.assets import many
from inventory.assets import service as assets
from inventory.assets.model import Place, Wanted
from inventory.enrolment import service as enrolment
from inventory.enrolment.model import EnrolmentKeyRefused, Holder
from inventory.software import service as software

_MOST_BORNE = 50_000
_BORNE: set[tuple[UUID, int]] = set()
"""URNs by school, as they were found: a school keeps for ever what it ever bore."""
_NOTHING: Mapping[str, Any] = {}
SMALL = 32 << 10
"""Bytes that are read at once; while more are read, others are answered."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What came, and with which credentials: a school's URN and its key."""

    urn: int
    key: str
    body: bytes
    content_type: str | None


async def receive(database: db.Database, sent: Sent) -> tuple[bytes, str]:
    """Take in what an agent sends; return the answer and its content type.

    Raises:
        EnrolmentKeyRefused: the key is none of the school's.
        InventoryUnreadable, InventoryUnsupported, InventoryTooLarge: as they say.
        InventoryOlder: a newer one is known.
        DeviceOfAnotherSchool: the device reports for another school.
    """
    holder = await enrolment.holder_of(database, sent.key)
    enrolled = devices.enrolled(holder.key_id, holder.la_code, holder.school_id)
    try:
        await _admit(database, enrolled, holder, sent.urn)
        if len(sent.body) <= SMALL:
            message = reading.read(sent.body, sent.content_type)
        else:
            message = await asyncio.to_thread(
                reading.read, sent.body, sent.content_type
            )
        if isinstance(message, Question):
            return answers.to_question(message.form)
        if isinstance(message, Told):
            await _take_in_all(database, enrolled, message)
    except errors.Unavailable:
        raise
    except errors.Refusal as refusal:
        await _count(database, enrolled, refusal.slug)
        raise
    return answers.to_report(message.form, "ok")


async def _admit(
    database: db.Database, enrolled: Enrolled, holder: Holder, urn: int
) -> None:
    """Vouch that the key is of the school that is named.

    Raises:
        EnrolmentKeyRefused: it is another's.
    """
    which = (enrolled.school_id, urn)
    if which not in _BORNE:
        if not await store.is_urn_of(database, enrolled, urn):
            raise EnrolmentKeyRefused
        if len(_BORNE) >= _MOST_BORNE:
            _BORNE.clear()
        _BORNE.add(which)
    if holder.is_stale:
        async with database.begin(enrolled.actor, SERVICE_ACCESS) as tx:
            await enrolment.note_use(tx, holder)


async def _take_in_all(
    database: db.Database, enrolled: Enrolled, message: Told
) -> list[Outcome]:
    """Take in every device of a message, each by itself; then say what was refused."""
    taken: list[Outcome] = []
    refused: errors.Refusal | None = None
    for report in message.reports:
        try:
            taken.append(await take_in(database, enrolled, report))
        except (devices.DeviceOfAnotherSchool, devices.InventoryOlder) as refusal:
            refused = refusal
    if refused is not None:
        raise refused
    return taken


async def take_in(database: db.Database, enrolled: Enrolled, report: Report) -> Outcome:
    """Keep what is told of one device, and what of it changed."""
    try:
        return await _keep(database, enrolled, report)
    except devices.DeviceOfAnotherSchool:
        # Or this school told of it at the same moment: then it is known now.
        return await _keep(database, enrolled, report)


async def _keep(database: db.Database, enrolled: Enrolled, report: Report) -> Outcome:
    binding = devices.binding_of(report, enrolled.school_id)
    async with database.begin(enrolled.actor, SERVICE_ACCESS) as tx:
        known = await store.hold_device(tx, enrolled.school_id, binding)
        if known is None:
            return await _take_up(tx, enrolled, binding, report)
        if devices.is_repeat(known, report):
            await store.see_device(tx, known.device_id)
            return Outcome(known.device_id, known.asset_id, is_repeat=True)
        sections = await _update(tx, enrolled, known, report)
        being = Being(known.asset_id, written=known.written)
        if not known.is_settled:
            being = await _settle(tx, enrolled, known.device_id, report, sections)
        if being.asset_id is not None:
            renewed = await _amend(tx, being.asset_id, sections, being.written)
            await store.keep_written(tx, known.device_id, renewed)
            await _renew_software(tx, enrolled, known, report, being.asset_id)
    return Outcome(known.device_id, being.asset_id, is_repeat=False)


async def _take_up(
    tx: db.Tx, enrolled: Enrolled, binding: bytes, report: Report
) -> Outcome:
    """Keep a device that is told of for the first time.

    What it is, is found before: so its row is written once, with the word that commits.
    """
    sections = changes.sections_of(report)
    device_id = ids.uuid7()
    found = await _find(tx, enrolled, report)
    match found:
        case New():
            asset_id, written = await _register(tx, enrolled, sections, device_id)
            being = Being(asset_id, "new", written)
        case Match(asset_id=matched, by=by):
            asset_id = await store.hold_asset(tx, matched)
            being = Being(asset_id, by, await _amend(tx, asset_id, sections, {}))
        case Doubt():
            being = Being()
    if being.asset_id is not None and "software" in report.sections:
        host = devices.host(enrolled, being.asset_id)
        if being.matched_by == "new":
            await software.take_down_first(tx, host, report.software)
        else:
            await software.take_down(tx, host, report.software)
    first = First(device_id, binding, being)
    await store.insert_device(tx, enrolled, first, (report, sections))
    if isinstance(found, Doubt):
        await store.insert_doubt(tx, enrolled, device_id, found)
    await audit.record_many(tx, [devices.bound(enrolled, device_id, report)])
    return Outcome(device_id, being.asset_id, is_repeat=False)


async def _update(
    tx: db.Tx, enrolled: Enrolled, known: Device, report: Report
) -> Sections:
    """Keep a further report, and what differs; return what is known now."""
    devices.require_newer(known, report)
    sections = changes.merged(known.sections, report)
    await store.update_device(tx, known.device_id, report, sections)
    if found := changes.changes(known.sections, sections):
        await store.insert_changes(tx, enrolled, known.device_id, report, found)
    return sections


async def _find(tx: db.Tx, enrolled: Enrolled, report: Report) -> Match | Doubt | New:
    candidates = await store.list_candidates(tx, enrolled.school_id, report)
    return matching.decide(report.identity, candidates)


async def _settle(
    tx: db.Tx, enrolled: Enrolled, device_id: UUID, report: Report, known: Sections
) -> Being:
    """Find which asset a device is; what is none becomes one, what may be waits."""
    match await _find(tx, enrolled, report):
        case Match(asset_id=asset_id, by=by):
            return Being(await _link(tx, device_id, asset_id, by))
        case Doubt() as doubt:
            await store.insert_doubt(tx, enrolled, device_id, doubt)
            return Being()
        case New():
            asset_id, written = await _register(tx, enrolled, known, device_id)
            await _link(tx, device_id, asset_id, "new", written)
            return Being(asset_id, written=written)


async def _amend(
    tx: db.Tx, asset_id: UUID, sections: Sections, written: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Renew what an asset says by what its device told, but nothing of a person's.

    Return what was written into it.
    """
    found = (await assets.read_many(tx, [asset_id])).get(asset_id)
    if found is None:
        return {}
    told = amending.told_of(sections, found.category)
    if not amending.decide(found, told, written):
        return {}
    held = (await assets.hold_many(tx, [asset_id]))[asset_id]
    changes = amending.decide(held, told, written)
    if changes:
        await assets.amend(tx, held, *amending.parted(changes))
    return changes


async def _renew_software(
    tx: db.Tx, enrolled: Enrolled, known: Device, report: Report, asset_id: UUID
) -> None:
    """Take down a known device's software, where it is told of and differs."""
    if "software" not in report.sections:
        return
    found = devices.software_hash_of(report.software)
    if found == known.software_hash:
        return
    host = devices.host(enrolled, asset_id)
    differing = await software.take_down(tx, host, report.software)
    await store.keep_software_hash(tx, known.device_id, found)
    if known.software_hash is not None and (differing.gone or differing.new):
        most = changes.MOST_NAMED
        change = Change("software", differing.gone[:most], differing.new[:most])
        await store.insert_changes(tx, enrolled, known.device_id, report, [change])


async def _register(
    tx: db.Tx, at: Place, known: Sections, device_id: UUID
) -> tuple[UUID, Mapping[str, Any]]:
    """Register a device as a new asset, under the best tag that is free.

    Return which, and what was written into it.
    """
    *better, last = [
        Wanted(at, registering.asset_of(known, tag))
        for tag in registering.tags_for(known, device_id)
    ]
    for wanted in better:
        if made := await many.insert_free(tx, [wanted]):
            break
    else:
        made = await assets.insert_many(tx, [last])
    [asset] = made
    return asset.asset_id, amending.told_of(known, asset.category)


async def register(tx: db.Tx, at: Place, known: Sections, device_id: UUID) -> UUID:
    """Let a device be a new asset because a person says so; say which."""
    asset_id, written = await _register(tx, at, known, device_id)
    return await _link(tx, device_id, asset_id, "new", written)


async def link(tx: db.Tx, device_id: UUID, asset_id: UUID) -> UUID:
    """Let a device be an asset because a person says so; say which it is then."""
    return await _link(tx, device_id, asset_id, "hand")


async def _link(
    tx: db.Tx,
    device_id: UUID,
    asset_id: UUID,
    by: MatchedBy,
    written: Mapping[str, Any] = _NOTHING,
) -> UUID:
    """Let a known device be an asset, or what that was merged into; say which."""
    held = await store.hold_asset(tx, asset_id)
    await store.link_device(tx, device_id, Being(held, by, written))
    return held


async def _count(database: db.Database, enrolled: Enrolled, reason: str) -> None:
    async with database.begin(enrolled.actor, SERVICE_ACCESS) as tx:
        await store.count_refusal(tx, enrolled, reason)
