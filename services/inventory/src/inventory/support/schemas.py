"""How what machines run is supported, on the wire."""

from datetime import date
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer
from inventory.kinds.model.categories import Category
from inventory.lifecycle.model.products import Kind
from inventory.lifecycle.model.releases import State
from inventory.support.model.readiness import Part, Readiness


class ReleaseSupport(Answer):
    """A release that machines have, and how it is supported."""

    product: str = Field(description="Its name at endoflife.date.")
    cycle: str | None = Field(description="None where it may be one of several.")
    named: str
    kind: Kind
    state: State
    ends_on: date | None = Field(description="The last day of support.")
    extended_until: date | None = Field(
        description="The last day of what support can be bought beyond it."
    )
    devices: int


class UnmatchedSystem(Answer):
    """What machines say that they run, where no state follows from it."""

    operating_system: str | None
    os_version: str | None
    model: str | None = Field(description="Of a Chromebook: its support hangs on it.")
    devices: int


class SupportStates(Answer):
    """How many machines there are in each state of their system's support."""

    supported: int
    no_end_announced: int
    security_only: int
    ended: int
    unknown: int


class Windows11Answer(Answer):
    """Whether a machine can run Windows 11, and why not."""

    readiness: Readiness
    lacks: list[Part]
    unknown: list[Part] = Field(
        description="A TPM that is not known holds nothing back."
    )


class Windows11Figures(Answer):
    """How many computers can run Windows 11; one that lacks two things is at both."""

    runs_it: int
    ready: int
    not_ready: int
    unknown: int
    lacks_processor: int
    lacks_memory: int
    lacks_storage: int
    lacks_tpm: int


class SchoolSupport(SupportStates):
    """The same of one school."""

    school_urn: int
    school_name: str
    devices: int


class SupportAnswer(Answer):
    """How what a place's machines in use run is supported on a day."""

    as_of: date
    devices: int
    states: SupportStates
    systems: list[ReleaseSupport] = Field(description="The worst supported first.")
    software: list[ReleaseSupport] = Field(
        description="Browsers and office suites, the worst supported first."
    )
    unmatched: list[UnmatchedSystem] = Field(description="The most first: 20 of them.")
    windows_11: Windows11Figures
    schools: list[SchoolSupport] | None = Field(
        description="Of an LA, the schools with most that has ended first."
    )


class AssetSupport(Answer):
    """How the system and the programs of one asset are supported on a day."""

    as_of: date
    system: ReleaseSupport | None
    windows_11: Windows11Answer
    software: list[ReleaseSupport]


class SupportedDevice(Answer):
    """A machine in use, and how its system is supported."""

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
    windows_11: Windows11Answer


class SupportedDevicePage(Answer):
    """A page of machines."""

    items: list[SupportedDevice]
    next: str | None = Field(description="The `after` of the next page.")


class SupportedCount(Answer):
    """How many there are in all."""

    count: int
    is_exact: bool = Field(description="Always true here.")
