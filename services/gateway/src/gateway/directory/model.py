"""What the directory holds, and which roles read it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from chassis import errors
from chassis.auth import Access
from contracts import roles
from contracts.gateway import SchoolDeparted, SchoolRecorded

# A regional analyst reads aggregates, never a named school's figures.
SCHOOL_ACCESS = Access(read=roles.NAMED_SCHOOLS)


class SchoolNotFound(errors.NotFound):
    """No such school within the caller's scope."""

    slug = "school-not-found"
    title = "There is no such school"


@dataclass(frozen=True, slots=True)
class Region:
    """One of the nine regions of England."""

    region_code: str
    name: str


@dataclass(frozen=True, slots=True)
class Authority:
    """A local authority."""

    la_code: str
    name: str
    region_code: str


@dataclass(frozen=True, slots=True)
class School:
    """An establishment as the national register describes it.

    Eastings and northings are metres of the national grid (OSGB36); ages are years.
    """

    school_id: UUID
    urn: int
    laestab: str | None
    ukprn: str | None
    la_code: str
    la_name: str
    region_code: str
    name: str
    phase: str
    status: str
    pupils: int | None
    free_school_meals_percent: Decimal | None
    postcode: str | None
    version: int
    establishment_type: str | None
    district: str | None
    ward: str | None
    town: str | None
    easting: int | None
    northing: int | None
    capacity: int | None
    low_age: int | None
    high_age: int | None
    gender: str | None
    religious_character: str | None
    trust: str | None
    federation: str | None
    opened_on: date | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class FoundSchool:
    """A school that a search found, beside how many it found in all."""

    school_id: UUID
    total: int


@dataclass(frozen=True, slots=True)
class FoundSchools:
    """The likeliest schools, and whether one letter had to be guessed for them."""

    schools: Sequence[School]
    total: int
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """How a word may be written that was asked for as the `nth` one."""

    nth: int
    begins: str
    pattern: str


@dataclass(frozen=True, slots=True)
class SchoolFilters:
    """Which schools are asked for; None asks for all."""

    la_code: str | None = None
    phase: str | None = None
    text: str | None = None
    status: str | None = None
    district: str | None = None
    grouping: str | None = None


@dataclass(frozen=True, slots=True)
class Grouping:
    """A trust or federation, with how many schools in scope it has, and where."""

    kind: str
    name: str
    schools: int
    la_codes: list[str]


@dataclass(frozen=True, slots=True)
class SchoolUrn:
    """A URN of a school; no day where the register does not tell it."""

    urn: int
    from_on: date | None
    to_on: date | None
    is_present: bool


@dataclass(frozen=True, slots=True)
class SchoolPast:
    """How the register named a school until a day, and why no longer."""

    urn: int
    laestab: str | None
    past_la_code: str
    past_la_name: str | None
    name: str
    until_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class SchoolLink:
    """Another school that this one came from or went into.

    Its name is known where the caller may see it.
    """

    urn: int
    other_urn: int
    relation: str
    kind: str
    linked_on: date | None
    other_name: str | None


@dataclass(frozen=True, slots=True)
class SchoolHistory:
    """Everything a school was in the register."""

    urns: list[SchoolUrn]
    past: list[SchoolPast]
    links: list[SchoolLink]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A school that is new or not as it was, and the LA that it left, if it did."""

    school_id: UUID
    old_la_code: str | None


@dataclass(frozen=True, slots=True)
class EarlierUrn:
    """A URN that a school had before its present one."""

    school_id: UUID
    urn: int


def departure_of(said: SchoolRecorded, left: Authority) -> SchoolDeparted:
    """Say to the LA that a school left that it did."""
    place = {
        "la_code": left.la_code,
        "la_name": left.name,
        "region_code": left.region_code,
        "to_la_code": said.la_code,
    }
    return SchoolDeparted.model_validate(said.model_dump() | place)


def fact_of(school: School, earlier_urns: Sequence[int] = ()) -> SchoolRecorded:
    """Say a school as every service hears it."""
    return SchoolRecorded(
        entity_id=school.school_id,
        entity_version=school.version,
        la_code=school.la_code,
        school_id=school.school_id,
        urn=school.urn,
        la_name=school.la_name,
        region_code=school.region_code,
        name=school.name,
        phase=school.phase,
        status=school.status,
        pupils=school.pupils,
        free_school_meals_percent=school.free_school_meals_percent,
        establishment_type=school.establishment_type,
        capacity=school.capacity,
        low_age=school.low_age,
        high_age=school.high_age,
        trust=school.trust,
        federation=school.federation,
        district=school.district,
        easting=school.easting,
        northing=school.northing,
        earlier_urns=tuple(earlier_urns),
    )


SHORTEST_GUESSED = 4
_PLAIN = str.maketrans(
    "\u00e0\u00e1\u00e2\u00e4\u00e7\u00e8\u00e9\u00ea\u00eb\u00ec\u00ed\u00ee\u00ef"
    "\u00f1\u00f2\u00f3\u00f4\u00f6\u00f9\u00fa\u00fb\u00fc",
    "aaaaceeeeiiiinoooouuuu",
    "'\u2019",
)


def search_words(text: str) -> list[str]:
    """Cut a text into words as the database's function of this name does."""
    plain = re.sub(r"\bsaint\b", "st", text.lower().translate(_PLAIN))
    return re.findall("[a-z0-9]+", plain)


def near_patterns(text: str) -> tuple[list[Pattern], int]:
    """Write each word as it would be but for one letter; return how many words.

    The first letters are taken as right, and a short word as it stands. A pattern's
    beginning without a wildcard is what an index can look for.
    """
    words = search_words(text)
    found = [
        Pattern(nth, pattern.split("_", 1)[0], f"{pattern}%")
        for nth, word in enumerate(words, start=1)
        for pattern in _near(word)
    ]
    return found, len(words)


def _near(word: str) -> set[str]:
    if len(word) < SHORTEST_GUESSED:
        return {word}
    found = {word}
    for at in range(1, len(word)):
        before, letter, after = word[:at], word[at], word[at + 1 :]
        # One letter too many, or two exchanged.
        found |= {before + after, before + after[:1] + letter + after[1:]}
        if at > 1:
            # Another letter there, or one missing before it.
            found |= {f"{before}_{after}", f"{before}_{letter}{after}"}
    return found
