"""Failed attempts to sign in, and how a storm of them stays a few entries: pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, cast

from chassis.audit.model import Entry, Target
from chassis.auth import Actor, Kind
from gateway.trail.model import NOBODY, Said

ACTION = "sign-in.failed"
FAILED: Mapping[str, Kind] = {"LOGIN_ERROR": "person", "CLIENT_LOGIN_ERROR": "client"}
"""Keycloak's words for what fails when a person, and when a system, signs in."""
Reason = Literal[
    "wrong-password",
    "wrong-second-step",
    "wrong-secret",
    "shut-out-for-now",
    "account-disabled",
]
_REASONS: Mapping[str, Reason] = {
    "invalid_client_credentials": "wrong-secret",
    "client_disabled": "account-disabled",
    "user_temporarily_disabled": "shut-out-for-now",
    "user_disabled": "account-disabled",
}
_WRONG = "invalid_user_credentials"
_NONE_OF_THAT_NAME = frozenset({"user_not_found", "client_not_found"})
_OF_A_SECOND_STEP = frozenset({"selected_credential_id", "web_authn_authenticator_id"})
"""Details that Keycloak gives where it was no password that was wrong."""
MINUTE = timedelta(minutes=1)
SETTLING = timedelta(seconds=15)
"""Keycloak writes an event when its request is done: the youngest may be on the way."""
LONGEST_LOOK = timedelta(hours=1)
"""After a long absence the log is caught up with in stretches of this."""
MOST_ACCOUNTS = 100
"""People and clients told apart within a minute; those beyond are counted together."""
MOST_SOURCES = 5
_SOURCES_KEPT = 200
UNKNOWN: Mapping[Kind, str] = {"person": "unknown-name", "client": "unknown-client"}
BEYOND = "more-accounts"


@dataclass(frozen=True, slots=True)
class Tried:
    """As whom somebody tried to sign in: Keycloak's subject, or the id of a client.

    None where no account has the name: what was typed may be a password in the wrong
    field, so it is not read at all.
    """

    kind: Kind
    account: str | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One that failed, as Keycloak has it."""

    tried: Tried
    reason: Reason | None
    source: str
    at: datetime


@dataclass(slots=True)
class Tally:
    """What failed within a minute: for one account, or for many counted as one."""

    times: int = 0
    accounts: int = 1
    reasons: Counter[str] = field(default_factory=Counter[str])
    sources: Counter[str] = field(default_factory=Counter[str])
    first_at: datetime | None = None
    last_at: datetime | None = None

    def note(self, attempt: Attempt) -> None:
        self.times += 1
        if attempt.reason:
            self.reasons[attempt.reason] += 1
        # Guesses from everywhere must not fill the memory with where they came from.
        if attempt.source in self.sources or len(self.sources) < _SOURCES_KEPT:
            self.sources[attempt.source] += 1
        self.first_at = min(self.first_at or attempt.at, attempt.at)
        self.last_at = max(self.last_at or attempt.at, attempt.at)

    def add(self, other: "Tally") -> None:
        self.times += other.times
        self.accounts += other.accounts
        self.reasons.update(other.reasons)
        for source, times in other.sources.most_common(MOST_SOURCES):
            if source in self.sources or len(self.sources) < _SOURCES_KEPT:
                self.sources[source] += times
        firsts = [at for at in (self.first_at, other.first_at) if at]
        lasts = [at for at in (self.last_at, other.last_at) if at]
        self.first_at, self.last_at = min(firsts), max(lasts)


Minute = dict[Tried, Tally]
"""The tallies of a minute, by account."""


@dataclass(slots=True)
class Log:
    """What was read, by the minute in which it happened."""

    minutes: dict[datetime, Minute] = field(default_factory=dict[datetime, Minute])

    def note(self, events: Iterable[Mapping[str, Any]]) -> None:
        for event in events:
            attempt = attempt_of(event)
            if attempt is not None:
                minute = self.minutes.setdefault(minute_of(attempt.at), {})
                minute.setdefault(attempt.tried, Tally()).note(attempt)


def attempt_of(event: Mapping[str, Any]) -> Attempt | None:
    """Read one of Keycloak's events; None: nobody was taken for somebody else.

    A form that was left open too long, or a way back that was lost, is no attempt.
    """
    error, kind = str(event.get("error")), FAILED[event["type"]]
    account = event.get("userId" if kind == "person" else "clientId")
    if error in _NONE_OF_THAT_NAME:
        account, reason = None, None
    elif error == _WRONG:
        reason = _wrong(event)
    elif error in _REASONS:
        reason = _REASONS[error]
    else:
        return None
    return Attempt(
        Tried(kind, str(account) if account else None),
        reason,
        str(event.get("ipAddress") or ""),
        datetime.fromtimestamp(event["time"] / 1000, UTC),
    )


def _wrong(event: Mapping[str, Any]) -> Reason:
    details = cast("Mapping[str, Any]", event.get("details") or {})
    is_second = not _OF_A_SECOND_STEP.isdisjoint(details)
    return "wrong-second-step" if is_second else "wrong-password"


def minute_of(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def stretch(since: datetime, now: datetime) -> datetime:
    """Say up to when to read on: whole minutes, all of whose events are written."""
    return min(minute_of(now - SETTLING), since + LONGEST_LOOK)


def bounded(minute: Minute) -> tuple[Minute, Tally | None]:
    """Keep of a minute those who were tried most often; count the others as one."""
    accounts = [(who, tally) for who, tally in minute.items() if who.account]
    accounts.sort(key=lambda each: each[1].times, reverse=True)
    kept = {who: tally for who, tally in minute.items() if not who.account}
    kept |= dict(accounts[:MOST_ACCOUNTS])
    return kept, _together(tally for _, tally in accounts[MOST_ACCOUNTS:])


def named(minute: Minute, known: Mapping[Tried, Actor]) -> list[tuple[Actor, Tally]]:
    """Find of those who were tried the ones whom the directory knows."""
    return [(known[who], tally) for who, tally in minute.items() if who in known]


def nameless(
    minute: Minute, known: Mapping[Tried, Actor], beyond: Tally | None
) -> list[Entry]:
    """Say what was tried of nobody here, or of too many: in the record of no LA.

    An account at Keycloak that is nobody's here counts as a name that nobody has.
    """
    unknown = [each for each in minute.items() if each[0] not in known]
    counted = [
        (name, _together(tally for who, tally in unknown if who.kind == kind))
        for kind, name in UNKNOWN.items()
    ]
    counted.append((BEYOND, beyond))
    return [_counted(name, tally) for name, tally in counted if tally]


def _counted(name: str, tally: Tally) -> Entry:
    told = said(tally)
    many = {"accounts": tally.accounts} if name == BEYOND else {}
    return Entry(
        ACTION,
        Target("sign-in", name),
        after={**told.after, **many},
        outcome=told.outcome,
        principal=NOBODY,
        source=told.source,
    )


def _together(tallies: Iterable[Tally]) -> Tally | None:
    every = Tally(accounts=0)
    for each in tallies:
        every.add(each)
    return every if every.times else None


def said(tally: Tally) -> Said:
    """Say what a minute's attempts were: all of it among the values that are erased."""
    sources = [source for source, _ in tally.sources.most_common() if source]
    after: dict[str, object] = {"times": tally.times}
    if tally.reasons:
        after["reason"] = sorted(tally.reasons)
    if tally.times > 1:
        after |= {"first_at": tally.first_at, "last_at": tally.last_at}
    else:
        after["at"] = tally.last_at
    if len(sources) > 1:
        after["addresses"] = sources[:MOST_SOURCES]
    return Said(after=after, source=sources[0] if sources else None, outcome="refused")
