"""Whom an LA lets go of, and for how long it keeps what is about people; no I/O."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Literal
from uuid import UUID

from chassis import errors
from chassis.audit.model import Entry, Target
from chassis.auth import Access, Actor, Grant
from chassis.privacy.model import Row
from contracts import roles
from gateway.people.model import Known

MANAGERS = frozenset({roles.LA_MANAGER})
READERS = MANAGERS | {roles.AUDITOR}
ACCESS = Access(read=READERS, write=MANAGERS)
DIRECTORY = "directory"
"""The gateway's own part, beside the services."""

Kind = Literal["people", "tickets", "record", "imports"]
LEASE = timedelta(minutes=15)
"""Longer than all services together may take."""
_LONGEST_PAUSE = timedelta(hours=1)
_DAYS_A_MONTH = 365.25 / 12
AGAIN_AFTER = timedelta(hours=20)
"""A run that went well is not repeated before."""


@dataclass(frozen=True, slots=True)
class Rule:
    """For how many months something is kept, unless an LA says otherwise."""

    usual: int
    least: int
    most: int = 120


RULES: Mapping[Kind, Rule] = MappingProxyType(
    {
        "people": Rule(usual=12, least=1),
        "tickets": Rule(usual=36, least=3),
        "record": Rule(usual=24, least=6),
        "imports": Rule(usual=3, least=1),
    }
)
"""People: from the end of their last role. Tickets: what was written, from the day they
were settled. Record: the values and addresses, from the day they were recorded.
Imports: the files of kit that were sent, from the day they came."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """That an LA lets go of somebody, and how far that is."""

    erasure_id: UUID
    la_code: str
    person_id: UUID
    with_texts: bool
    asked_by: str
    asked_at: datetime
    erased: dict[str, dict[str, int]]
    attempts: int
    problem: str | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Kept:
    """For how many months an LA keeps things of a kind."""

    kind: Kind
    months: int


@dataclass(frozen=True, slots=True)
class Run:
    """What one night let go of, by where it was held and what it was."""

    run_id: UUID
    began_at: datetime
    ended_at: datetime
    erased: dict[str, dict[str, int]]
    problem: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """What one service holds about somebody, by kinds of things."""

    holder: str
    holdings: Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Copy:
    """All that is held about somebody in some LAs, at a moment."""

    person_id: UUID
    display_name: str
    told_at: datetime
    la_codes: Sequence[str]
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Named:
    """What somebody is or was called, and how many others of their LA are so called."""

    display_name: str | None
    email: str | None
    username: str | None
    namesakes: int


@dataclass(frozen=True, slots=True)
class Home:
    """Who keeps somebody."""

    home_la_code: str | None
    home_school_id: UUID | None


class InOffice(Exception):
    """Somebody who was to be erased holds a role again: they are not."""


class StillInOffice(errors.Conflict):
    """Whoever still holds a role is known by their name to those they work with."""

    slug = "still-in-office"
    title = "They hold a role here still: say first that they are leaving"


class ErasureAsked(errors.Conflict):
    """It is under way."""

    slug = "erasure-asked"
    title = "Somebody has asked for this already"


class MonthsImpossible(errors.Invalid):
    """Things are kept for some months: neither for a day nor for ever."""

    slug = "retention-impossible"
    title = "Things cannot be kept for so long, or so short"

    def __init__(self, kind: Kind) -> None:
        rule = RULES[kind]
        said = f"Keep them for {rule.least} to {rule.most} months"
        super().__init__(faults=[errors.Fault(f"/{field_of(kind)}", said)])


def field_of(kind: Kind) -> str:
    """Say as which field of a body the months of a kind are written."""
    return f"{kind}_months"


def words_of(names: Sequence[Named], *, is_asked: bool) -> tuple[str, ...]:
    """Say by which words somebody is found in what others wrote.

    A name of one word, or one that others bear as well, may mean anything or anybody.
    Where nobody asked, and nobody looked, the addresses have to do: "School Office" has
    an account, too.
    """
    words: dict[str, None] = {}
    for each in names:
        addresses = (each.email, each.username)
        words |= dict.fromkeys(word for word in addresses if word and "@" in word)
        name = each.display_name or ""
        if is_asked and len(name.split()) > 1 and each.namesakes == 0:
            words[name] = None
    return tuple(words)


def next_home(home: Home, la_code: str, others: Sequence[str | None]) -> Home:
    """Say who keeps somebody of whom an LA lets go: as before, where it was another.

    Where they are known in one other LA alone, that LA; else the operator.
    """
    if home.home_la_code != la_code:
        return home
    las = [la for la in others if la is not None]
    return Home(las[0] if len(las) == 1 else None, None)


def is_all(home: Home, la_code: str, others: Sequence[str | None]) -> bool:
    """Say whether somebody is nobody's but the LA's that lets go of them."""
    return home.home_la_code == la_code and not others


def las_of(known: Known) -> list[str]:
    """Say in which LAs somebody has, will have or had a role, or is kept."""
    held = {each.la_code for each in known.held if each.la_code}
    return sorted(held | ({known.person.home_la_code or ""} - {""}))


def in_own_name(la_codes: Sequence[str]) -> Actor:
    """Be the gateway itself, in some LAs."""
    return Actor("service:gateway", "service", (Grant("service", tuple(la_codes)),))


def require_gone(known: Known, la_code: str) -> None:
    """Refuse to let go of somebody who holds a role in an LA, or will.

    Raises:
        StillInOffice: they do.
    """
    if any(
        each.la_code == la_code and each.standing(known.today) != "past"
        for each in known.held
    ):
        raise StillInOffice


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts that failed."""
    return min(_LONGEST_PAUSE, timedelta(seconds=5 * 2 ** min(attempts, 12)))


def before(now: datetime, months: int) -> datetime:
    """Say from before when a thing is older than so many months."""
    return now - timedelta(days=months * _DAYS_A_MONTH)


def kept_by(said: Sequence[Kept]) -> dict[Kind, int]:
    """Say for how many months everything is kept, by what an LA says or as usual."""
    own = {each.kind: each.months for each in said}
    return {kind: own.get(kind, rule.usual) for kind, rule in RULES.items()}


def require_possible(wanted: Mapping[Kind, int]) -> None:
    """Refuse times that are too short or too long.

    Raises:
        MonthsImpossible: one is.
    """
    for kind, months in wanted.items():
        if not RULES[kind].least <= months <= RULES[kind].most:
            raise MonthsImpossible(kind)


def asked(person_id: UUID, la_code: str, *, with_texts: bool) -> Entry:
    target = Target("person", person_id, la_code)
    return Entry("person.erasure-asked", target, after={"with_texts": with_texts})


def told(principal: str, copy: Copy) -> list[Entry]:
    """Say that somebody saw all that is held of a person, in each LA's record."""
    return [
        Entry("person.told", Target("person", copy.person_id, la), principal=principal)
        for la in copy.la_codes
    ]


def withdrawn(erasure: Erasure) -> Entry:
    """Say that somebody holds a role again; what was erased by then stays erased."""
    target = Target("person", erasure.person_id, erasure.la_code)
    said = {"erased_by_then": sorted(erasure.erased)}
    return Entry(
        "person.erasure-withdrawn", target, after=said, principal=erasure.asked_by
    )


def rules_changed(
    la_code: str, old: Mapping[Kind, int], new: Mapping[Kind, int]
) -> Entry | None:
    """Say which times an LA changed; None where none did."""
    changed: list[Kind] = [kind for kind in new if new[kind] != old[kind]]
    if not changed:
        return None
    return Entry(
        "retention.changed",
        Target("authority", la_code, la_code),
        {kind: old[kind] for kind in changed},
        {kind: new[kind] for kind in changed},
    )
