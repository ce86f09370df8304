"""The values that the county is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID, uuid5

# Every identity of the county follows from its name, so that two runs agree.
NAMESPACE = UUID("5b3cbb5e-1f0a-4c39-9a4e-0d6c0f6c3a52")
# The county stands still on a Monday morning in term; a moving date would make each
# run another.
AS_OF = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Authority:
    """A Local Authority of the region."""

    la_code: str
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """A town or village, in metres of the national grid."""

    name: str
    la_code: str
    district: str
    easting: int
    northing: int
    is_town: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """An establishment as the national register tells of one."""

    urn: int
    la_code: str
    number: int
    name: str
    phase: str
    kind: str
    status: str
    place: Place
    easting: int
    northing: int
    postcode: str
    low_age: int
    high_age: int
    capacity: int | None
    pupils: int | None
    meals_per_mille: int | None
    ukprn: str | None = None
    gender: str = "Mixed"
    religion: str | None = None
    trust: str | None = None
    federation: str | None = None
    opened_on: date | None = None
    closed_on: date | None = None

    @property
    def is_running(self) -> bool:
        """Say whether there are pupils in it, hence people, kit and tickets."""
        return self.status in {"Open", "Open, but proposed to close"}


@dataclass(frozen=True, slots=True)
class Link:
    """One establishment goes on as another: a row of the register's links."""

    urn: int
    other_urn: int
    other_name: str
    kind: str
    linked_on: date


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the directory knows."""

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
    starts_on: date = date(2024, 9, 1)
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Title:
    """Software on a piece of kit."""

    publisher: str
    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Asset:
    """A piece of kit, how it was bought, and what is installed on it."""

    school_urn: int
    tag: str
    category: str
    manufacturer: str
    model: str
    serial: str | None
    room: str | None
    status: str
    purchased_on: date | None
    software: tuple[Title, ...] = ()
    purchase: Mapping[str, object] = field(default_factory=dict[str, object])
    details: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said of a ticket."""

    author: str
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket with its past; people are told by user name, its kit by the tag."""

    school_urn: int
    kind: str
    summary: str
    description: str
    impact: str
    urgency: str
    asset_tag: str | None
    requester: str
    assignee: str | None
    status: str | None
    opened_at: datetime
    started_at: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None
    comments: tuple[Comment, ...]


@dataclass(frozen=True, slots=True)
class County:
    """Its schools and people; kit and tickets are made from them."""

    region_code: str
    region_name: str
    authorities: tuple[Authority, ...]
    schools: tuple[School, ...]
    links: tuple[Link, ...]
    people: tuple[Person, ...]
    assignments: tuple[Assignment, ...]

    @property
    def running(self) -> tuple[School, ...]:
        """Return the schools that have pupils today."""
        return tuple(school for school in self.schools if school.is_running)
