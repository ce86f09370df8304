"""Titles of software as they are counted over the devices of a scope."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from chassis import errors
from inventory.titles.model.naming import Kind

Sort = Literal["name", "-name", "devices", "-devices"]
_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Title:
    """A title, and on how many devices in use it is."""

    title_id: UUID
    publisher: str
    name: str
    kind: Kind
    sort_name: str
    devices: int


@dataclass(frozen=True, slots=True)
class Release:
    """A version of a title, and on how many devices in use it is; "": not known."""

    version: str
    devices: int


@dataclass(frozen=True, slots=True)
class Device:
    """A device that has a title, in which versions, and when that was last heard."""

    asset_id: UUID
    school_urn: int
    school_name: str
    tag: str
    sort_tag: str
    manufacturer: str
    model: str
    room: str | None
    versions: list[str]
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class TitleFilter:
    """Which titles a listing shows; None means any."""

    la_code: str | None = None
    school_urn: int | None = None
    q: str | None = None
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class DeviceFilter:
    """Which devices with a title a listing shows; None means any."""

    la_code: str | None = None
    school_urn: int | None = None
    version: str | None = None


class TitleNotFound(errors.NotFound):
    """No device within the scope has such a title."""

    slug = "title-not-found"
    title = "No device within your scope has such a title"


def newest_first(release: Release) -> tuple[bool, tuple[int, ...], str]:
    """Say by what releases are sorted, to be reversed: 10.2 comes before 9.11."""
    numbers = tuple(int(each) for each in _NUMBERS.findall(release.version)[:8])
    return bool(release.version), numbers, release.version
