"""Machines in use as they are counted and listed, and what is asked of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from inventory.kinds.model.categories import Category
from inventory.lifecycle.model.releases import State
from inventory.support.model.readiness import Readiness, Windows11

Sort = Literal["tag", "-tag"]


@dataclass(frozen=True, slots=True)
class Running:
    """How many machines of a school say that they run the same."""

    school_id: UUID
    system_told: str
    devices: int


@dataclass(frozen=True, slots=True)
class Built:
    """How many machines of a kind run the same and are made of the same."""

    category: Category
    system_told: str
    hardware_told: str
    devices: int


@dataclass(frozen=True, slots=True)
class Place:
    """A school, by which machines are counted."""

    school_id: UUID
    urn: int
    name: str


@dataclass(frozen=True, slots=True)
class Title:
    """A title of software on the kit of a place."""

    title_id: UUID
    title: str
    title_key: str


@dataclass(frozen=True, slots=True)
class Having:
    """How many machines have a title in a version."""

    title_id: UUID
    release: str
    devices: int


@dataclass(frozen=True, slots=True)
class Installed:
    """A title in a version on one machine."""

    title: str
    title_key: str
    release: str


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine in use, and what it says that it runs."""

    asset_id: UUID
    school_urn: int
    school_name: str
    tag: str
    sort_tag: str
    category: Category
    manufacturer: str
    model: str
    room: str | None
    system_told: str
    hardware_told: str


@dataclass(frozen=True, slots=True)
class Supported:
    """A machine with how its system is supported; `named` says what that is."""

    asset_id: UUID
    school_urn: int
    school_name: str
    tag: str
    category: Category
    manufacturer: str
    model: str
    room: str | None
    operating_system: str | None
    os_version: str | None
    product: str | None
    cycle: str | None
    named: str | None
    state: State
    ends_on: date | None
    extended_until: date | None
    windows_11: Windows11


@dataclass(frozen=True, slots=True)
class MachineFilter:
    """Which machines a listing shows; None means any."""

    la_code: str | None = None
    school_urn: int | None = None
    state: State | None = None
    product: str | None = None
    cycle: str | None = None
    """Of the product: of any where that is not said."""
    room: str | None = None
    windows_11: Readiness | None = None


@dataclass(frozen=True, slots=True)
class Among:
    """Which machines a query is to find, by what they run, have and are made of.

    None is any. Titles go by pairs, each with its version; builds by three: what is
    told of the system, of the hardware, and the kind of kit.
    """

    systems: Sequence[str] | None = None
    title_ids: Sequence[UUID] | None = None
    releases: Sequence[str] | None = None
    build_systems: Sequence[str] | None = None
    build_hardware: Sequence[str] | None = None
    build_categories: Sequence[str] | None = None


def parted(system_told: str) -> tuple[str, str, str]:
    """Part what a machine says: its system, the version, and a Chromebook's model."""
    name, version, model = [*system_told.split("\n"), "", ""][:3]
    return name, version, model
