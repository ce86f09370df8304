"""How long each kind of kit is expected to last, and who may say so."""

from dataclasses import dataclass
from uuid import UUID

from chassis import errors
from chassis.auth import Access
from contracts import roles
from contracts.inventory import LifeFact
from inventory.kinds.model.categories import Category
from inventory.kinds.model.fields import Field

LONGEST_LIFE = 30
"""Years."""
_AUTHORITY = frozenset({roles.LA_MANAGER})
_SCHOOL = _AUTHORITY | {roles.SCHOOL_LEADER, roles.SCHOOL_TECHNICIAN}
ACCESS = Access(read=roles.NAMED_SCHOOLS, write=_SCHOOL)
AUTHORITY_WRITERS = _AUTHORITY
"""Of an LA's policy; each school may have years of its own."""


@dataclass(frozen=True, slots=True)
class Life:
    """Years that a kind of kit lasts: by custom, by the LA's and the school's policy.

    A virtual machine wears out with what it runs on: it has no years by custom.
    """

    category: Category
    usual_years: int | None
    authority_years: int | None
    school_years: int | None


@dataclass(frozen=True, slots=True)
class Policy:
    """What a school says of a kind of kit, or an LA; no years: nothing any more."""

    life_id: UUID
    version: int
    la_code: str
    school_id: UUID | None
    category: Category
    years: int | None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of kit: its own fields, and how long it lasts at one school or LA."""

    category: Category
    fields: tuple[Field, ...]
    usual_years: int | None
    authority_years: int | None
    school_years: int | None
    expected_years: int | None


@dataclass(frozen=True, slots=True)
class Kinds:
    """Every kind of kit."""

    items: list[Kind]


class AuthorityNotFound(errors.NotFound):
    """No such LA, or none that the caller may know all of: said alike."""

    slug = "authority-not-found"
    title = "There is no such LA within your scope"


class PlaceUnclear(errors.Invalid):
    """Kinds are told of for one school or one LA; neither was named, or both."""

    slug = "place-unclear"
    title = "Name a school or an LA, and only one of them"


def kind(life: Life, known: tuple[Field, ...]) -> Kind:
    years = (life.school_years, life.authority_years, life.usual_years)
    expected = next((each for each in years if each is not None), None)
    return Kind(
        life.category,
        known,
        life.usual_years,
        life.authority_years,
        life.school_years,
        expected,
    )


def said(fact: type[LifeFact], policy: Policy) -> LifeFact:
    return fact(
        entity_id=policy.life_id,
        entity_version=policy.version,
        la_code=policy.la_code,
        school_id=policy.school_id,
        category=policy.category,
        years=policy.years,
    )
