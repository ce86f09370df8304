"""Titles of software as they are counted over the devices of a scope."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Literal
from uuid import UUID

from chassis import errors
from inventory.catalogue.model.ways import Known, Names
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
    la_code: str
    school_urn: int
    school_name: str
    tag: str
    sort_tag: str
    manufacturer: str
    model: str
    room: str | None
    versions: list[str]
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Device):
    """The same, and what the catalogue of its LA calls it."""

    known: Known


@dataclass(frozen=True, slots=True)
class TitleFilter:
    """Which titles a listing shows; None means any."""

    la_code: str | None = None
    school_urn: int | None = None
    q: str | None = None
    kind: Kind | None = None


_FIELDS = tuple(each.name for each in fields(Device))


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


def named(found: Iterable[Device], names: Names) -> list[Named]:
    """Say of each device what its LA's catalogue calls it."""
    return [
        Named(
            **{name: getattr(each, name) for name in _FIELDS},
            known=names.of(each.la_code, each.manufacturer, each.model),
        )
        for each in found
    ]


def newest_first(release: Release) -> tuple[bool, tuple[int, ...], str]:
    """Say by what releases are sorted, to be reversed: 10.2 comes before 9.11."""
    numbers = tuple(int(each) for each in _NUMBERS.findall(release.version)[:8])
    return bool(release.version), numbers, release.version
