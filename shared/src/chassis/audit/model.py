"""An entry of the audit trail, and the arithmetic of its chain: nothing else here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson

Outcome = Literal["done", "refused"]
Values = Mapping[str, object]

LONDON = ZoneInfo("Europe/London")
NO_TENANT = "none"
"""The chain of what belongs to no LA."""
SALT_BYTES = 16
MOST_DETAILS = 64 << 10


@dataclass(frozen=True, slots=True)
class Target:
    """What something was done to, and whose it is."""

    kind: str
    id: object
    la_code: str | None = None
    school_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to be recorded.

    `principal` is named only where a service acts for whoever asked it; otherwise it is
    the transaction's own. So are `source` and `trace_id` where the request that it
    tells of is not the one under way.
    """

    action: str
    target: Target
    before: Values = field(default_factory=dict[str, object])
    after: Values = field(default_factory=dict[str, object])
    outcome: Outcome = "done"
    principal: str | None = None
    source: str | None = None
    trace_id: str | None = None


@dataclass(frozen=True, slots=True)
class Hashed:
    """The part of an entry that its chain covers; none of it is to be erased."""

    entry_id: UUID
    la_code: str | None
    school_id: UUID | None
    occurred_at: datetime
    principal: str
    action: str
    target_kind: str
    target_id: str
    outcome: str
    trace_id: str | None
    seal: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """The newest link of a chain."""

    chain: str
    number: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Link:
    """One entry's place in its chain."""

    chain: str
    number: int
    entry_id: UUID
    digest: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries a listing shows; None means any.

    An action is named whole, or by what it is done to: `asset` is every `asset.…`.
    """

    la_code: str | None = None
    school_id: UUID | None = None
    principal: str | None = None
    action: str | None = None
    target_id: str | None = None
    outcome: Outcome | None = None
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry as it is kept."""

    entry_id: UUID
    occurred_at: datetime
    la_code: str | None
    school_id: UUID | None
    principal: str
    action: str
    target_kind: str
    target_id: str
    outcome: Outcome
    trace_id: str | None
    details: str | None


def ids_of_days(wanted: Wanted) -> tuple[UUID | None, UUID | None]:
    """Say from which id on, and up to which, a listing's days lie: days in England."""
    first, last = wanted.from_on, wanted.to_on
    until = last + timedelta(days=1) if last and last < date.max else None
    return first and _first_id_of(first), until and _first_id_of(until)


def _first_id_of(day: date) -> UUID:
    return first_id_at(datetime.combine(day, time(), LONDON))


def first_id_at(moment: datetime) -> UUID:
    """Make the least id of version 7 of a moment: 48 bits of milliseconds lead it."""
    milliseconds = max(0, int(moment.timestamp() * 1000))
    return UUID(int=milliseconds << 80 | 7 << 76 | 2 << 62)


def chain_of(la_code: str | None) -> str:
    return la_code or NO_TENANT


def start_of(service: str, chain: str) -> bytes:
    """What the first link of a chain follows."""
    return sha256(f"joinedup audit {service} {chain}".encode()).digest()


def canonical(entry: Hashed) -> bytes:
    """Write the hashed part in its one form: a JSON array, times in UTC."""
    return orjson.dumps(
        (
            *(entry.entry_id, entry.la_code, entry.school_id, entry.occurred_at),
            *(entry.principal, entry.action, entry.target_kind, entry.target_id),
            *(entry.outcome, entry.trace_id, entry.seal.hex()),
        ),
        option=orjson.OPT_UTC_Z,
    )


def digest_of(entry: Hashed) -> bytes:
    return sha256(canonical(entry)).digest()


def follow(previous: bytes, digest: bytes) -> bytes:
    """Say the hash of the link that follows a hash."""
    return sha256(previous + digest).digest()


def seal_of(salt: bytes, details: str) -> bytes:
    return sha256(salt + details.encode()).digest()


def details_of(entry: Entry, source: str | None) -> str:
    """Write what may be personal as text; its very letters are what is sealed."""
    source = entry.source or source
    said = {"source": source, "before": dict(entry.before), "after": dict(entry.after)}
    kept = {name: value for name, value in said.items() if value}
    text = orjson.dumps(kept, default=str, option=orjson.OPT_UTC_Z).decode()
    if len(text) > MOST_DETAILS:
        return orjson.dumps({"source": source, "left_out": len(text)}).decode()
    return text


def links_after(
    service: str, heads: Mapping[str, Head], waiting: Sequence[Hashed]
) -> list[Link]:
    """Link entries to their chains, in the order in which they wait."""
    made: list[Link] = []
    ends = dict(heads)
    for entry in waiting:
        chain = chain_of(entry.la_code)
        end = ends.get(chain) or Head(chain, 0, start_of(service, chain))
        digest = digest_of(entry)
        found = follow(end.hash, digest)
        made.append(Link(chain, end.number + 1, entry.entry_id, digest, found))
        ends[chain] = Head(chain, end.number + 1, found)
    return made


def changed(
    action: str, target: Target, changes: Mapping[str, Mapping[str, object]]
) -> Entry:
    """Say an entry of changes by field: its value `before` and `after`."""
    return Entry(
        action,
        target,
        {name: each["before"] for name, each in changes.items()},
        {name: each["after"] for name, each in changes.items()},
    )


def differing(old: Values, new: Values) -> dict[str, dict[str, object]]:
    """Keep of two states, by field, only what differs."""
    return {
        name: {"before": old.get(name), "after": value}
        for name, value in new.items()
        if old.get(name) != value
    }
