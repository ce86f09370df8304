"""The use case of agents: a message is read, believed as far as its key goes, kept."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from chassis import db, errors
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
from inventory.agents.model.devices import Device, Enrolled, Outcome, Sections
from inventory.agents.model.matching import Doubt, Match, New
from inventory.agents.model.report import Question, Report, Told
from inventory.assets import service as assets
from inventory.assets.model import AssetTagTaken, Wanted
from inventory.assets.schemas import RegisterAsset
from inventory.enrolment import service as enrolment
from inventory.enrolment.model import EnrolmentKeyRefused, Holder
from inventory.software import service as software
from inventory.software.model import Host


@dataclass(frozen=True, slots=True)
class Settled:
    """Which asset a device is, and what was written into it; a new one has all."""

    asset_id: UUID
    written: Mapping[str, Any] = field(default_factory=dict[str, Any])
    is_new: bool = False


_MOST_BORNE = 50_000
_BORNE: set[tuple[UUID, int]] = set()
"""URNs by school, as they were found: a school keeps for ever what it ever bore."""
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
    except (devices.DeviceOfAnotherSchool, AssetTagTaken):
        # Or this school told of it at the same moment: then it is known now.
        return await _keep(database, enrolled, report)


async def _keep(database: db.Database, enrolled: Enrolled, report: Report) -> Outcome:
    binding = devices.binding_of(report, enrolled.school_id)
    async with database.begin(enrolled.actor, SERVICE_ACCESS) as tx:
        known = await store.hold_device(tx, enrolled.school_id, binding)
        if known is None:
            sections = changes.sections_of(report)
            told = (report, sections)
            device_id = await store.insert_device(tx, enrolled, binding, told)
            await audit.record_many(tx, [devices.bound(enrolled, device_id, report)])
        else:
            device_id = known.device_id
            if devices.is_repeat(known, report):
                await store.see_device(tx, device_id)
                return Outcome(device_id, known.asset_id, is_repeat=True)
            sections = await _update(tx, enrolled, known, report)
        settled = _settled(known)
        if settled is None and (known is None or not known.is_settled):
            settled = await _settle(tx, enrolled, report, sections, device_id)
        if settled is not None:
            if not settled.is_new:
                await _amend(tx, device_id, settled, sections)
            await _keep_software(tx, enrolled, report, (device_id, settled), known)
    asset_id = settled.asset_id if settled else None
    return Outcome(device_id, asset_id, is_repeat=False)


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


def _settled(known: Device | None) -> Settled | None:
    if known is None or known.asset_id is None:
        return None
    return Settled(known.asset_id, known.written)


async def _settle(
    tx: db.Tx, enrolled: Enrolled, report: Report, known: Sections, device_id: UUID
) -> Settled | None:
    """Find which asset a device is; what is none becomes one, what may be waits."""
    candidates = await store.list_candidates(tx, enrolled.school_id, report)
    match matching.decide(report.identity, candidates):
        case Match(asset_id=asset_id, by=by):
            return Settled(await store.link_device(tx, device_id, asset_id, by))
        case Doubt() as doubt:
            await store.insert_doubt(tx, enrolled, device_id, doubt)
            return None
        case New():
            asset_id = await register(tx, enrolled.school_id, known, device_id)
            return Settled(asset_id, is_new=True)


async def _amend(
    tx: db.Tx, device_id: UUID, settled: Settled, sections: Sections
) -> None:
    """Renew what an asset says by what its device told, but nothing of a person's."""
    asset_id = settled.asset_id
    found = (await assets.read_many(tx, [asset_id])).get(asset_id)
    if found is None:
        return
    told = amending.told_of(sections, found.category)
    if not amending.decide(found, told, settled.written):
        return
    held = (await assets.hold_many(tx, [asset_id]))[asset_id]
    changes = amending.decide(held, told, settled.written)
    if changes:
        await assets.amend(tx, held, *amending.parted(changes))
        await store.keep_written(tx, device_id, changes)


async def _keep_software(
    tx: db.Tx,
    enrolled: Enrolled,
    report: Report,
    which: tuple[UUID, Settled],
    known: Device | None,
) -> None:
    """Take down a device's software, where it is told of and differs."""
    if "software" not in report.sections:
        return
    device_id, settled = which
    found = devices.software_hash_of(report.software)
    before = known.software_hash if known else None
    if found == before:
        return
    host = Host(settled.asset_id, enrolled.la_code, enrolled.school_id, "in-use")
    differing = await software.take_down(
        tx, host, report.software, is_new=settled.is_new
    )
    await store.keep_software_hash(tx, device_id, found)
    if before is not None and (differing.gone or differing.new):
        most = changes.MOST_NAMED
        change = Change("software", differing.gone[:most], differing.new[:most])
        await store.insert_changes(tx, enrolled, device_id, report, [change])


async def register(
    tx: db.Tx, school_id: UUID, known: Sections, device_id: UUID
) -> UUID:
    """Register a device as a new asset, under the best tag that is free."""
    tags = registering.tags_for(known, device_id)
    school, taken = await store.get_place(tx, school_id, tags)
    tag = next((tag for tag in tags if tag.lower() not in taken), tags[-1])
    told = RegisterAsset(
        school_urn=school.urn, **registering.asset_of(known, tag)
    ).model_dump()
    [asset] = await assets.insert_many(tx, [Wanted(school, told)])
    written = amending.told_of(known, asset.category)
    await store.link_device(tx, device_id, asset.asset_id, "new", written)
    return asset.asset_id


async def link(tx: db.Tx, device_id: UUID, asset_id: UUID) -> UUID:
    """Let a device be an asset because a person says so; say which it is then."""
    return await store.link_device(tx, device_id, asset_id, "hand")


async def _count(database: db.Database, enrolled: Enrolled, reason: str) -> None:
    async with database.begin(enrolled.actor, SERVICE_ACCESS) as tx:
        await store.count_refusal(tx, enrolled, reason)
