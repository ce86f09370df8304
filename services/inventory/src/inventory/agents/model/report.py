"""What a device is and has, in one form whichever agent told it.

Units: memory in MiB, disks in MB (10^6 bytes), clocks in MHz, links in bit/s, battery
capacities in mWh, times in UTC. What an agent did not say is None or empty. Who uses a
device, its licence keys, Wi-Fi names and phone numbers are never read at all.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Kind = Literal[
    "desktop",
    "laptop",
    "tablet",
    "server",
    "virtual-machine",
    "phone",
    "network",
    "wireless",
    "printer",
    "storage",
    "power",
    "audio-visual",
    "unknown",
]
Action = Literal["inventory", "netinventory", "netdiscovery"]


@dataclass(frozen=True, slots=True)
class Identity:
    """By what a device can be known again; a value that many share is None."""

    deviceid: str
    serial: str | None = None
    uuid: str | None = None
    macs: tuple[str, ...] = ()
    """Of its own cards, sorted."""
    asset_tag: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Processor:
    """Some processors of one kind."""

    name: str
    cores: int | None
    threads: int | None
    speed_mhz: int | None


@dataclass(frozen=True, slots=True)
class Disk:
    """A drive as a piece of hardware."""

    name: str
    manufacturer: str | None
    serial: str | None
    size_mb: int | None


@dataclass(frozen=True, slots=True)
class Battery:
    """A battery: what it could hold when new, and what it holds now."""

    name: str | None
    serial: str | None
    designed_mwh: int | None
    holds_mwh: int | None


@dataclass(frozen=True, slots=True)
class System:
    """The operating system."""

    name: str
    version: str | None
    build: str | None
    """The kernel's version, which on Windows is the build."""
    architecture: str | None


@dataclass(frozen=True, slots=True)
class Hardware:
    """The device itself."""

    manufacturer: str | None = None
    model: str | None = None
    firmware: str | None = None
    memory_mib: int | None = None
    processors: tuple[Processor, ...] = ()
    disks: tuple[Disk, ...] = ()
    batteries: tuple[Battery, ...] = ()
    system: System | None = None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What was seen at the other end of a port."""

    mac: str | None
    ip: str | None
    name: str | None
    port: str | None
    model: str | None


@dataclass(frozen=True, slots=True)
class Vlan:
    """A virtual network that a port belongs to."""

    number: int
    name: str | None


@dataclass(frozen=True, slots=True)
class Port:
    """A network card of a computer, or a port of a switch or printer."""

    name: str
    number: int | None = None
    kind: str | None = None
    alias: str | None = None
    mac: str | None = None
    ips: tuple[str, ...] = ()
    speed_bps: int | None = None
    is_up: bool | None = None
    is_virtual: bool = False
    neighbours: tuple[Neighbour, ...] = ()
    vlans: tuple[Vlan, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Title:
    """A program that is installed; an unknown version is the empty text."""

    publisher: str
    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Cartridge:
    """Something that a printer uses up: how much is left, in per cent, if it says."""

    name: str
    left_percent: int | None
    said: str


@dataclass(frozen=True, slots=True)
class VirtualMachine:
    """A machine that runs on this one."""

    name: str
    uuid: str | None
    state: str | None
    platform: str | None
    memory_mib: int | None
    processors: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """One device, as an agent found it."""

    action: Action
    kind: Kind
    identity: Identity
    agent: str | None
    """The agent's name and version."""
    tag: str | None
    """What was set on the agent by whoever installed it."""
    taken_at: datetime | None
    is_partial: bool
    sections: frozenset[str]
    """What it tells of at all: of anything else a partial report says nothing."""
    hardware: Hardware = field(default_factory=Hardware)
    ports: tuple[Port, ...] = ()
    software: tuple[Title, ...] = ()
    counters: tuple[tuple[str, int], ...] = ()
    """Pages that a printer counted, by kind, sorted."""
    cartridges: tuple[Cartridge, ...] = ()
    machines: tuple[VirtualMachine, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """An agent asks what to do: GLPI's CONTACT, FusionInventory's PROLOG."""

    form: Literal["json", "xml"]
    deviceid: str
    tasks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """An agent says that a round of looking round began or ended: nothing to keep."""

    form: Literal["json", "xml"]
    deviceid: str


@dataclass(frozen=True, slots=True)
class Told:
    """What one message tells of: mostly one device, from a network scan several."""

    form: Literal["json", "xml"]
    reports: tuple[Report, ...]
