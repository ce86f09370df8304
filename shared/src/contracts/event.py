"""What every fact looks like: its name, its envelope (CloudEvents 1.0), its registry.

A name and version are given once and never to anything else; a reader that meets one
it does not know says so instead of guessing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal, TypeVar
from uuid import UUID

from pydantic import (
    AwareDatetime,
    BaseModel,
    Field,
    JsonValue,
    StringConstraints,
    ValidationError,
)

SPECVERSION = "1.0"
CONTENT_TYPE = "application/cloudevents+json"
DATA_CONTENT_TYPE = "application/json"

LaCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{3}$")]
"""Local authority code of the Department for Education: three digits."""

Word = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""One of a vocabulary that may grow: a reader accepts words it does not know."""

Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
"""Counts the changes of one thing; the state with the higher version is the newer."""


class Rejected(Exception):
    """A message that is no event of ours, with a reason that never changes."""

    reason: ClassVar[str] = "rejected"


class Undecodable(Rejected):
    """The bytes are not the envelope, or the state is not what its name promises."""

    reason = "undecodable"


class UnknownFact(Rejected):
    """The name or its version is not registered here."""

    reason = "unknown-fact"


class TenantMismatch(Rejected):
    """Subject, envelope and body do not name the same LA and school."""

    reason = "tenant-mismatch"


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a fact: who says it, of what, what happened, in which version."""

    service: str
    entity: str
    fact: str
    version: int

    @property
    def type(self) -> str:
        """The CloudEvents type."""
        return f"uk.joinedup.{self.service}.{self.entity}.{self.fact}.v{self.version}"

    @property
    def source(self) -> str:
        """The CloudEvents source."""
        return f"/joinedup/{self.service}"

    def subject(self, la_code: str) -> str:
        """Where the fact is published for an LA."""
        return f"{self.type.removeprefix('uk.')}.{la_code}"


class Event(BaseModel, frozen=True, extra="ignore"):
    """A fact about one thing, with the full publishable state it has since.

    Fields are only ever added; an old reader ignores those it does not know.
    """

    entity_id: UUID
    entity_version: Version
    la_code: LaCode
    school_id: UUID | None


@dataclass(frozen=True, slots=True)
class Received:
    """A fact as it arrived: the event and what its envelope says."""

    event_id: UUID
    name: Name
    time: datetime
    traceparent: str | None
    event: Event


class _Envelope(BaseModel, frozen=True, extra="ignore"):
    specversion: Literal["1.0"]
    id: UUID
    source: str
    type: str
    subject: UUID
    time: AwareDatetime
    datacontenttype: Literal["application/json"] = "application/json"
    lacode: LaCode
    schoolid: UUID | None = None
    entityversion: Version
    traceparent: str | None = None
    data: dict[str, JsonValue]


Fact = TypeVar("Fact", bound=Event)

_NAMES: dict[type[Event], Name] = {}
_FACTS: dict[str, type[Event]] = {}


def fact(name: str, *, version: int = 1) -> Callable[[type[Fact]], type[Fact]]:
    """Register a class under `service.entity.fact`; a name is given once.

    Raises:
        ValueError: the name and version belong to another class already.
    """
    service, entity, happened = name.split(".")
    given = Name(service, entity, happened, version)

    def register(kind: type[Fact]) -> type[Fact]:
        if given.type in _FACTS:
            raise ValueError(f"{given.type} is taken by {_FACTS[given.type].__name__}")
        _FACTS[given.type] = kind
        _NAMES[kind] = given
        return kind

    return register


def name_of(kind: type[Event]) -> Name:
    """Say under which name a class of facts is registered."""
    return _NAMES[kind]


def facts() -> Mapping[str, type[Event]]:
    """Every registered class by its CloudEvents type."""
    return MappingProxyType(_FACTS)


def decode(message: bytes, subject: str) -> Received:
    """Read a message that arrived under a subject.

    Raises:
        Undecodable: it is not an envelope, or its data not the state it should be.
        UnknownFact: nothing of that type and version is registered.
        TenantMismatch: subject, envelope and state disagree on whose it is.
    """
    envelope = _parse(_Envelope, message)
    kind = _FACTS.get(envelope.type)
    if kind is None:
        raise UnknownFact(envelope.type)
    name = _NAMES[kind]
    event = _parse(kind, envelope.data)
    if subject != name.subject(event.la_code) or not _agree(envelope, event):
        raise TenantMismatch(f"{subject} carried {envelope.type} of {event.la_code}")
    if (envelope.subject, envelope.source) != (event.entity_id, name.source):
        raise Undecodable("the envelope speaks of something else than its data")
    return Received(envelope.id, name, envelope.time, envelope.traceparent, event)


def newest(events: Iterable[Fact]) -> list[Fact]:
    """Keep the newest state of each thing, in the order of their ids.

    A set-wise upsert may touch a row once only, and one order for all writers keeps
    them from waiting for each other in a circle.
    """
    latest: dict[UUID, Fact] = {}
    for event in events:
        held = latest.get(event.entity_id)
        if held is None or event.entity_version > held.entity_version:
            latest[event.entity_id] = event
    return [latest[entity_id] for entity_id in sorted(latest)]


Model = TypeVar("Model", bound=BaseModel)


def _parse(kind: type[Model], source: bytes | dict[str, JsonValue]) -> Model:
    try:
        if isinstance(source, bytes):
            return kind.model_validate_json(source)
        return kind.model_validate(source)
    except ValidationError as wrong:
        # The values stay out of the reason: it is logged.
        where = "; ".join(
            f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}"
            for fault in wrong.errors(include_input=False, include_url=False)[:5]
        )
        raise Undecodable(where) from None


def _agree(envelope: _Envelope, event: Event) -> bool:
    return (envelope.lacode, envelope.schoolid, envelope.entityversion) == (
        event.la_code,
        event.school_id,
        event.entity_version,
    )
