"""A device as people see it, and what may be said of a doubtful one; no I/O."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from chassis import errors
from chassis.audit.model import Entry, Target
from chassis.errors import Fault

Resolution = Literal["asset", "new", "ignored"]
Said = Literal["asset", "new", "ignored", "doubtful"]
Standing = Literal["matched", "doubtful", "ignored"]
Sort = Literal["last_seen_at", "-last_seen_at", "name", "-name"]
MOST_DAYS = 3650
ASKED_AGAIN = "asked-again"
"""Why a device is doubtful that somebody took off its asset."""


@dataclass(frozen=True, slots=True)
class Device:
    """A device that agents tell of. Times are UTC; `taken_at` is the device's word."""

    device_id: UUID
    la_code: str
    school_id: UUID
    school_urn: int
    kind: str
    name: str | None
    serial: str | None
    manufacturer: str | None
    model: str | None
    agent: str | None
    asset_id: UUID | None
    asset_tag: str | None
    asset_status: str | None
    matched_by: str | None
    doubt_id: UUID | None
    standing: Standing
    first_seen_at: datetime
    last_seen_at: datetime
    taken_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class Changed:
    """What one section of a device was, and what it became."""

    change_id: UUID
    section: str
    before: object
    after: object
    taken_at: datetime | None
    heard_at: datetime


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A device that may be one asset or another, as it stands at `version`."""

    doubt_id: UUID
    device_id: UUID
    la_code: str
    school_id: UUID
    school_urn: int
    reason: str
    candidates: list[UUID]
    name: str | None
    serial: str | None
    made_at: datetime
    resolution: str | None
    resolved_at: datetime | None
    resolved_by: str | None
    version: int


@dataclass(frozen=True, slots=True)
class DeviceFilter:
    """Which devices a listing shows; None means any."""

    la_code: str | None = None
    school_id: UUID | None = None
    asset_id: UUID | None = None
    kind: str | None = None
    standing: Standing | None = None
    q: str | None = None
    """Words of the name, serial, make, model or the asset's tag, in any order."""
    unseen_days: int | None = None
    """Those of which nothing was heard for at least so many days."""


@dataclass(frozen=True, slots=True)
class Refused:
    """How often agents with a school's key were refused on a day (UTC), and why."""

    la_code: str
    school_id: UUID
    school_urn: int
    on_day: date
    reason: str
    times: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Count:
    """How many devices a listing holds; it is exact."""

    count: int
    is_exact: bool = True


class DeviceNotFound(errors.NotFound):
    """No such device, or none that the caller may know of: said alike."""

    slug = "device-not-found"
    title = "There is no such device within your scope"


class DoubtNotFound(errors.NotFound):
    """No such doubtful device, or none that the caller may know of: said alike."""

    slug = "doubt-not-found"
    title = "There is no such doubtful device within your scope"


class DoubtSettled(errors.Conflict):
    """Somebody has said already what the device is."""

    slug = "doubt-settled"
    title = "It was said already what this device is"


class DoubtUnclear(errors.Invalid):
    """An asset is named where none is meant, or none where one is."""

    slug = "doubt-unclear"
    title = "Name the asset that the device is, and only then"


def require_clear(resolution: Said, asset_id: UUID | None) -> None:
    """Refuse to guess what is meant.

    Raises:
        DoubtUnclear: an asset is named too many, or is missing.
    """
    if (resolution == "asset") != (asset_id is not None):
        raise DoubtUnclear(faults=[Fault("/asset_id", DoubtUnclear.title)])


def open_still(doubt: Doubtful) -> Doubtful:
    """Vouch that nobody has said yet what a device is.

    Raises:
        DoubtSettled: somebody has.
    """
    if doubt.resolution is not None:
        raise DoubtSettled
    return doubt


def settled(doubt: Doubtful, resolution: Resolution, asset_id: UUID | None) -> Entry:
    """Say as the audit has it what somebody said of a device."""
    target = Target("agent-device", doubt.device_id, doubt.la_code, doubt.school_id)
    after = {"resolution": resolution, "asset_id": asset_id, "reason": doubt.reason}
    return Entry("agent-device.settled", target, after=after)


def identified(device: Device, said: Said, asset_id: UUID | None) -> Entry:
    """Say as the audit has it what somebody said a device is, and what it was."""
    target = Target("agent-device", device.device_id, device.la_code, device.school_id)
    before = {"standing": device.standing, "asset_id": device.asset_id}
    after = {"standing": said, "asset_id": asset_id}
    return Entry("agent-device.identified", target, before=before, after=after)
