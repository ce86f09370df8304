"""Devices and doubts on the wire."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field, JsonValue

from chassis.wire import Answer, Body, LaCode
from inventory.agents.model.report import Kind
from inventory.devices.model import Resolution, Said, Standing


class SettleDoubt(Body):
    """What a doubtful device is: an asset, something new, or nothing to be kept."""

    resolution: Resolution
    asset_id: UUID | None = Field(
        default=None, description="The asset that it is, of the same school."
    )


class IdentifyDevice(Body):
    """What a device is; `doubtful` takes it off its asset and asks again."""

    resolution: Said
    asset_id: UUID | None = Field(
        default=None, description="The asset that it is, of the same school."
    )


class DeviceAnswer(Answer):
    """A device that agents tell of."""

    device_id: UUID
    la_code: LaCode
    school_id: UUID
    school_urn: int
    kind: Kind
    name: str | None
    serial: str | None
    manufacturer: str | None
    model: str | None
    agent: str | None = Field(description="The program that told of it last.")
    asset_id: UUID | None = Field(description="None while it is doubtful which.")
    asset_tag: str | None
    asset_status: str | None = Field(
        description="What is retired, disposed of or missing may report all the same."
    )
    matched_by: str | None = Field(
        description="By what the asset was found: serial, uuid, mac, tag, new or hand."
    )
    doubt_id: UUID | None = Field(description="What somebody has to say of it.")
    standing: Standing
    first_seen_at: datetime
    last_seen_at: datetime
    taken_at: datetime | None = Field(description="By the device's own clock.")
    version: int


class DetailAnswer(DeviceAnswer):
    """A device with all that is known of it."""

    sections: dict[str, JsonValue] = Field(
        description="By section: memory in MiB, disks in MB, links in bit/s."
    )


class DevicePage(Answer):
    """A page of devices."""

    items: list[DeviceAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class DeviceChangeAnswer(Answer):
    """What one section of a device was, and what it became: only what differs."""

    change_id: UUID
    section: str
    before: JsonValue
    after: JsonValue
    taken_at: datetime | None
    heard_at: datetime


class DeviceChangePage(Answer):
    """A page of what changed on a device, the newest first."""

    items: list[DeviceChangeAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class DoubtAnswer(Answer):
    """A device that may be one asset or another."""

    doubt_id: UUID
    device_id: UUID
    la_code: LaCode
    school_id: UUID
    school_urn: int
    reason: str
    candidates: list[UUID] = Field(description="Assets that it may be.")
    name: str | None
    serial: str | None
    made_at: datetime
    resolution: Resolution | None
    resolved_at: datetime | None
    resolved_by: str | None
    version: int


class DoubtPage(Answer):
    """A page of doubtful devices, the oldest first."""

    items: list[DoubtAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class DeviceCount(Answer):
    """How many devices a listing holds."""

    count: int
    is_exact: bool


class RefusalAnswer(Answer):
    """How often agents with a school's key were refused on a day, and why."""

    la_code: LaCode
    school_id: UUID
    school_urn: int
    on_day: date = Field(description="In UTC.")
    reason: str = Field(description="The slug of the problem that was answered.")
    times: int
    last_at: datetime


class RefusalPage(Answer):
    """A page of what was refused, the latest day first."""

    items: list[RefusalAnswer]
    next: str | None = Field(description="The `after` of the next page.")
