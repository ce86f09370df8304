"""What an import would do to one school, as it is previewed, kept and applied."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gateway.register.model.facts import Facts, Value

NEW = "new"
CHANGED = "changed"
CLOSED = "closed"
CONVERTED = "converted"
MERGED = "merged"
MOVED = "moved"
LINKED = "linked"
BORDER = "crosses-border"
KINDS = (NEW, CONVERTED, MERGED, MOVED, CLOSED, CHANGED, LINKED, BORDER)

OUTSIDE = "outside-your-authorities"
AWAITED = "opens-as-a-successor"
EARLIER = "earlier-urn"
NO_PHASE = "no-phase"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, as it was and as it will be."""

    field: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Identity:
    """A URN of a school, and the days from which and to which it was its own."""

    urn: int
    from_on: date | None
    to_on: date | None


@dataclass(frozen=True, slots=True)
class Past:
    """How the register named a school before, until when, and why no longer."""

    urn: int
    laestab: str | None
    la_code: str
    name: str
    until_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Relation:
    """Another school that this one came from or went into."""

    urn: int
    other_urn: int
    relation: str
    kind: str
    linked_on: date | None


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one school; without `facts` its own row stays as it is."""

    kind: str
    urn: int
    name: str
    la_code: str
    line: int | None
    school_id: UUID | None = None
    old_la_code: str | None = None
    differences: Sequence[Difference] = ()
    facts: Facts | None = None
    identities: Sequence[Identity] = ()
    past: Sequence[Past] = ()
    relations: Sequence[Relation] = ()
