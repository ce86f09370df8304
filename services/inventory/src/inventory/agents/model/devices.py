"""A device as it is kept, and the rules of taking in what is told of it next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal
from uuid import UUID

import orjson

from chassis import errors
from chassis.audit.model import Entry, Target
from chassis.auth import SERVICE_ROLE, Actor, Grant
from contracts import roles
from inventory.agents.model.report import Report, Title
from inventory.software.model import Host

MatchedBy = Literal["serial", "uuid", "mac", "tag", "new", "hand"]
Sections = dict[str, object]
"""What is known of a device, by section; never its software, which is kept apart."""


@dataclass(frozen=True, slots=True)
class Device:
    """A device as it is kept, as far as the next report needs it."""

    device_id: UUID
    content_hash: bytes
    software_hash: bytes | None
    taken_at: datetime | None
    sections: Sections
    written: dict[str, Any]
    """What it wrote into its asset, by field: see `amending`."""
    asset_id: UUID | None
    is_in_doubt: bool
    is_ignored: bool

    @property
    def is_settled(self) -> bool:
        """Which asset it is, is known, or is a person's to say."""
        return self.asset_id is not None or self.is_in_doubt or self.is_ignored


@dataclass(frozen=True, slots=True)
class Being:
    """Which asset a device is, by what that was found, and what it wrote into it."""

    asset_id: UUID | None = None
    matched_by: MatchedBy | None = None
    written: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class First:
    """A device that is told of for the first time, and what it is."""

    device_id: UUID
    binding: bytes
    being: Being


@dataclass(frozen=True, slots=True)
class Enrolled:
    """In whose name an agent speaks, and for which school."""

    actor: Actor
    la_code: str
    school_id: UUID


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a report."""

    device_id: UUID
    asset_id: UUID | None
    is_repeat: bool


class DeviceOfAnotherSchool(errors.Forbidden):
    """The device reports for another school: its agent has the wrong key now."""

    slug = "device-of-another-school"
    title = "This device belongs to another school than the enrolment key"


class InventoryOlder(errors.Conflict):
    """What is known of the device is newer; an old inventory is not played back."""

    slug = "inventory-older"
    title = "A newer inventory of this device is known"


def enrolled(key_id: UUID, la_code: str, school_id: UUID) -> Enrolled:
    """Make the caller for whom a key vouches: it keeps the register of one school."""
    grants = (
        Grant(SERVICE_ROLE, school_ids=(school_id,)),
        Grant(roles.SCHOOL_TECHNICIAN, school_ids=(school_id,)),
    )
    actor = Actor(f"enrolment-key:{key_id}", "service", grants)
    return Enrolled(actor, la_code, school_id)


def host(enrolled: Enrolled, asset_id: UUID) -> Host:
    """Say of an asset of the key's school what software needs to know of it."""
    return Host(asset_id, enrolled.la_code, enrolled.school_id, "in-use")


def binding_of(report: Report, school_id: UUID) -> bytes:
    """Say under what a device is bound to the school that first told of it.

    Machines that were set up from one image share their deviceid, so it counts together
    with what the maker gave the machine; where that is nothing, within the school only.
    """
    told = report.identity
    own = told.serial or told.uuid
    parts = [told.deviceid, own or "", report.hardware.manufacturer or ""]
    if own is None:
        parts.append(str(school_id))
    return sha256("\0".join(parts).encode("utf-8", "replace")).digest()


def hash_of(report: Report) -> bytes:
    """Say the hash by which a repeat is known: when it was taken counts as well."""
    told = orjson.dumps(report, default=sorted)
    return sha256(told).digest()


def software_hash_of(titles: tuple[Title, ...]) -> bytes:
    return sha256(orjson.dumps(titles)).digest()


def is_repeat(known: Device, report: Report) -> bool:
    """Say whether a report tells nothing that was not taken down before.

    Of a device that has just become an asset, its software was not.
    """
    has_all = known.software_hash is not None or "software" not in report.sections
    return (
        known.content_hash == hash_of(report)
        and known.is_settled
        and (known.asset_id is None or has_all)
    )


def require_newer(known: Device, report: Report) -> None:
    """Refuse what was taken before the newest that is known.

    Raises:
        InventoryOlder: it was.
    """
    if known.taken_at and report.taken_at and report.taken_at < known.taken_at:
        raise InventoryOlder(known=known.taken_at, sent=report.taken_at)


def bound(enrolled: Enrolled, device_id: UUID, report: Report) -> Entry:
    """Say as the audit has it that a device was bound to a school."""
    target = Target("agent-device", device_id, enrolled.la_code, enrolled.school_id)
    told: Mapping[str, object] = {
        "kind": report.kind,
        "serial": report.identity.serial,
        "name": report.identity.name,
    }
    return Entry("agent-device.bound", target, after=told)
