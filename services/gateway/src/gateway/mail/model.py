"""When somebody is told, when sending is tried again, and when no more; no I/O."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Literal
from uuid import UUID

from chassis import errors
from chassis.audit.model import Entry, Target
from chassis.auth import Actor
from gateway.days import LONDON, day_in_england
from gateway.people.model import Home

Kind = Literal["ticket-resolved", "kit-week"]
Frequency = Literal["at-once", "daily", "weekly", "never"]
Ending = Literal["sent", "refused", "given-up"]
OFFERED: Mapping[Kind, tuple[Frequency, ...]] = {
    "ticket-resolved": ("at-once", "daily", "never"),
    "kit-week": ("never", "weekly"),
}
"""How often of each kind; the first where nobody chose: what is only of use is asked
for, not sent."""
KINDS: tuple[Kind, ...] = tuple(OFFERED)

DIGEST_AT = time(7, 0)
"""A day's post is written before school begins."""
STALE = timedelta(days=1)
"""What happened longer ago is no news: the stream may be read from its beginning."""
LEASE = timedelta(minutes=2)
"""A message that a dead worker had in hand is taken up again after this."""
PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720, 1440))
"""How long to wait after each failure; after the last, nobody tries again."""
KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Choice:
    """How a person wants to be told of one kind of thing."""

    kind: str
    frequency: str


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that a person is to be told."""

    person_id: UUID
    la_code: str
    school_id: UUID
    thing_id: UUID
    number: int
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be told now, with the person and the place."""

    item_id: UUID
    person_id: UUID
    display_name: str
    email: str
    kind: str
    thing_id: UUID
    number: int
    school_urn: int
    school_name: str
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who is told something each week."""

    person_id: UUID
    display_name: str
    email: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as it is written."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Queued:
    """A message that one worker has in hand for one attempt."""

    message_id: UUID
    person_id: UUID
    kind: str
    address: str
    subject: str
    body_text: str
    body_html: str
    attempts: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt: an ending, or a time for the next one."""

    reply: str
    ending: Ending | None = None
    next_attempt_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the newest message to somebody's address did not arrive."""

    state: Literal["refused", "given-up", "bounced"]
    reply: str
    ended_at: datetime
    is_held: bool
    """Whether nothing more is sent there till somebody says so."""


@dataclass(frozen=True, slots=True)
class Bounced:
    """A message that came back for good, and whose it was."""

    person_id: UUID
    address: str
    home_la_code: str | None
    home_school_id: UUID | None


@dataclass(frozen=True, slots=True)
class Hold:
    """Why nothing more is sent to somebody."""

    status: str


class LinkUnknown(errors.NotFound):
    """The link of a message that we did not write, or of somebody who is gone."""

    slug = "mail-link-unknown"
    title = "This link leads to nobody's choice"


def recorded(
    person_id: UUID, before: Mapping[Kind, Frequency], after: Mapping[Kind, Frequency]
) -> list[Entry]:
    """Say a changed choice as the audit has it: its person's own affair."""
    return [
        Entry(
            "mail-choice.changed",
            Target("person", person_id),
            {kind: before[kind]},
            {kind: after[kind]},
        )
        for kind in KINDS
        if before[kind] != after[kind]
    ]


def bounced(whose: Bounced, status: str) -> Entry:
    """Say that somebody's address takes nothing, as the audit has it."""
    home = (whose.home_la_code, whose.home_school_id)
    target = Target("person", whose.person_id, *home)
    return Entry("mail.bounced", target, after={"status": status})


def tried_again(person_id: UUID, home: Home, hold: Hold) -> Entry:
    """Say that somebody has messages sent to a person again."""
    target = Target("person", person_id, home.la_code, home.school_id)
    return Entry("mail.tried-again", target, before={"status": hold.status})


def frequency_of(kind: Kind, said: str | None) -> Frequency:
    """Read how often; what is not offered of a kind is what is usual of it."""
    offered = OFFERED[kind]
    for each in offered:
        if each == said:
            return each
    return offered[0]


def kind_of(said: str) -> Kind:
    """Read a kind.

    Raises:
        LinkUnknown: there is none of this name.
    """
    for kind in KINDS:
        if kind == said:
            return kind
    raise LinkUnknown


def next_digest(now: datetime) -> datetime:
    """Say when the next day's post is written, by the clock in England."""
    day = day_in_england(now)
    at = datetime.combine(day, DIGEST_AT, LONDON)
    if at <= now:
        at = datetime.combine(day + timedelta(days=1), DIGEST_AT, LONDON)
    return at.astimezone(UTC)


def is_news(happened_at: datetime, now: datetime) -> bool:
    return now - happened_at <= STALE


def after_failure(reply: str, attempts: int, now: datetime) -> Outcome:
    """Say what follows a failure that may pass; `attempts` counts this one."""
    if attempts > len(PAUSES):
        return Outcome(reply, "given-up")
    return Outcome(reply, next_attempt_at=now + PAUSES[attempts - 1])


def is_beyond(attempts: int) -> bool:
    """Whether nobody ever came to an end with a message: its sending kills the worker.

    As many attempts as that are never counted by `after_failure`.
    """
    return attempts > len(PAUSES) + 1


def person_of(actor: Actor) -> UUID:
    """Say whose post it is.

    Raises:
        errors.Forbidden: systems get none.
    """
    if actor.kind != "person":
        raise errors.Forbidden
    return UUID(actor.principal)
