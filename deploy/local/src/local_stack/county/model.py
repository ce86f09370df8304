"""The values that the county is made of."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

# Every identity of the county follows from its name, so that two runs agree.
NAMESPACE = UUID("5b3cbb5e-1f0a-4c39-9a4e-0d6c0f6c3a52")
# The county stands still on this day; a moving date would make each run another.
AS_OF = date(2026, 9, 1)


@dataclass(frozen=True, slots=True)
class Authority:
    """A Local Authority of the region."""

    la_code: str
    name: str


@dataclass(frozen=True, slots=True)
class School:
    """A school as the national register tells of one."""

    urn: int
    laestab: str
    ukprn: str | None
    la_code: str
    name: str
    phase: str
    status: str
    pupils: int
    free_school_meals_percent: float
    postcode: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account."""

    username: str
    given_name: str
    family_name: str

    @property
    def subject(self) -> str:
        """Return the account's id at Keycloak."""
        return str(uuid5(NAMESPACE, f"person/{self.username}"))

    @property
    def display_name(self) -> str:
        """Return the name that others see."""
        return f"{self.given_name} {self.family_name}"

    @property
    def email(self) -> str:
        """Return an address that no mail ever reaches."""
        return f"{self.username}@joinedup.example"


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who holds which role where: exactly one of the three places is told."""

    username: str
    role: str
    urn: int | None = None
    la_code: str | None = None
    region_code: str | None = None
    starts_on: date = date(2025, 9, 1)
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Asset:
    """A piece of kit as it is posted."""

    school_urn: int
    tag: str
    category: str
    manufacturer: str
    model: str
    serial: str
    purchased_on: str

    @property
    def key(self) -> str:
        """Return the key under which posting it twice makes one asset."""
        return str(uuid5(NAMESPACE, f"asset/{self.school_urn}/{self.tag}"))


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as it is posted; the asset is told by its tag until its id is known."""

    school_urn: int
    kind: str
    summary: str
    description: str
    impact: str
    urgency: str
    asset_tag: str | None
    number: int

    @property
    def key(self) -> str:
        """Return the key under which posting it twice makes one ticket."""
        return str(uuid5(NAMESPACE, f"ticket/{self.school_urn}/{self.number}"))


@dataclass(frozen=True, slots=True)
class County:
    """The whole of it."""

    region_code: str
    region_name: str
    authorities: tuple[Authority, ...]
    schools: tuple[School, ...]
    people: tuple[Person, ...]
    assignments: tuple[Assignment, ...]
    assets: tuple[Asset, ...]
    tickets: tuple[Ticket, ...]
