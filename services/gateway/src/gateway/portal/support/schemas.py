"""What inventory answers of the support of what machines run."""

from datetime import date, timedelta
from uuid import UUID

from gateway.portal.visit.schemas import Answer

A_YEAR = timedelta(days=365)


class Release(Answer):
    """A release that machines have."""

    product: str
    cycle: str | None = None
    named: str
    kind: str
    state: str
    ends_on: date | None = None
    extended_until: date | None = None
    devices: int


class Unmatched(Answer):
    """What machines say that they run, and from which no state follows."""

    operating_system: str | None = None
    os_version: str | None = None
    model: str | None = None
    devices: int

    @property
    def says(self) -> str:
        told = (
            self.operating_system,
            self.os_version,
            self.model and f"on {self.model}",
        )
        return " ".join(each for each in told if each)


class Windows11(Answer):
    """Whether a machine can run Windows 11, and why not."""

    readiness: str
    lacks: list[str]
    unknown: list[str]


class Windows11Figures(Answer):
    """How many computers can run Windows 11, and what hinders the others."""

    runs_it: int = 0
    ready: int = 0
    not_ready: int = 0
    unknown: int = 0
    lacks_processor: int = 0
    lacks_memory: int = 0
    lacks_storage: int = 0
    lacks_tpm: int = 0


class States(Answer):
    """How many machines there are in each state."""

    supported: int = 0
    no_end_announced: int = 0
    security_only: int = 0
    ended: int = 0
    unknown: int = 0


class SchoolSupport(States):
    """The same of one school."""

    school_urn: int
    school_name: str
    devices: int


class Support(Answer):
    """How what a place's machines run is supported on a day."""

    as_of: date
    devices: int
    states: States
    systems: list[Release]
    software: list[Release]
    unmatched: list[Unmatched]
    windows_11: Windows11Figures
    schools: list[SchoolSupport] | None = None

    @property
    def year_on(self) -> date:
        return self.as_of + A_YEAR

    @property
    def ending(self) -> list[Release]:
        """List what is supported now and ends within a year, the next first."""
        last = self.year_on
        found = [
            each
            for each in (*self.systems, *self.software)
            if each.ends_on and self.as_of <= each.ends_on <= last
        ]
        return sorted(found, key=lambda each: (each.ends_on or last, each.named))


class AssetSupport(Answer):
    """How the system and the programs of one asset are supported."""

    as_of: date
    system: Release | None = None
    windows_11: Windows11
    software: list[Release]


class Machine(Answer):
    """A machine in use, and how its system is supported."""

    asset_id: UUID
    school_urn: int
    tag: str
    category: str
    manufacturer: str
    model: str
    room: str | None = None
    operating_system: str | None = None
    os_version: str | None = None
    named: str | None = None
    state: str
    ends_on: date | None = None
    extended_until: date | None = None
    windows_11: Windows11

    @property
    def runs(self) -> str:
        """Say what it runs: by the release that is known, or as it says itself."""
        told = " ".join(x for x in (self.operating_system, self.os_version) if x)
        return self.named or told or "Not known"
