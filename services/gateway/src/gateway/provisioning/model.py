"""What the sign-on is to know of a person, and what mends it otherwise; no I/O."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from contracts import roles

OURS = roles.SECOND_FACTOR | roles.OF_A_SCHOOL
"""The realm's roles that people are given by the directory; others are let be."""
CHOOSE_PASSWORD = "UPDATE_PASSWORD"  # noqa: S105 - what Keycloak calls the step

GOOD_FOR = timedelta(days=7)
"""For how long the link of an invitation is."""
InvitationState = Literal["waiting", "failed", "sent", "over", "needless"]
Word = Literal[
    "create",
    "adopt",
    "username",
    "name",
    "email",
    "enable",
    "disable",
    "require",
    "take-role",
    "give-role",
    "leave",
    "join",
    "end-sessions",
    "invite",
]
PROFILE = frozenset({"username", "name", "email", "enable", "disable", "require"})
"""What is mended by one request, whichever of them it is."""


class CannotProvision(Exception):
    """Somebody cannot be brought to the sign-on; the message says why."""


@dataclass(frozen=True, slots=True)
class Organization:
    """A school, LA or region as the sign-on knows it."""

    alias: str
    name: str
    la_code: str | None

    @property
    def domain(self) -> str:
        return f"{self.alias}.joinedup.example"

    @property
    def attributes(self) -> dict[str, list[str]]:
        kind, _, code = self.alias.partition("-")
        if kind == "region":
            return {"kind": [kind], "region_code": [code.upper()]}
        la_code = {"la_code": [self.la_code or code]}
        if kind == "la":
            return {"kind": [kind]} | la_code
        return {"kind": ["school"], "urn": [code]} | la_code


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody who is to be brought to the sign-on, at `wanted_version`."""

    person_id: UUID
    subject: str | None
    username: str
    display_name: str
    email: str
    home_la_code: str | None
    home_school_id: UUID | None
    invited_at: datetime | None
    joined_at: datetime | None
    invitation_sent_at: datetime | None
    wanted_version: int
    done_version: int
    held: list[str]
    aliases: list[str]
    places: list[str]
    la_codes: list[str | None]
    is_awaited: bool
    """Holds a role today or will hold one."""

    @property
    def organizations(self) -> dict[str, Organization]:
        places = zip(self.aliases, self.places, self.la_codes, strict=True)
        return {
            alias: Organization(alias, name, la_code) for alias, name, la_code in places
        }

    @property
    def is_to_have_account(self) -> bool:
        """Whoever was never invited has none on purpose; who left needs none."""
        return self.invited_at is not None and self.is_awaited


@dataclass(frozen=True, slots=True)
class Invitation:
    """What became of the last invitation of somebody who has not come yet."""

    invited_at: datetime
    sent_at: datetime | None
    is_due: bool
    problem: str | None

    def state(self, now: datetime) -> InvitationState:
        if self.sent_at is not None and self.sent_at >= self.invited_at:
            return "sent" if now - self.sent_at < GOOD_FOR else "over"
        if not self.is_due:
            return "needless"
        return "waiting" if self.problem is None else "failed"


@dataclass(frozen=True, slots=True)
class Found:
    """An account at the sign-on, as far as it is ours to keep."""

    subject: str
    username: str
    email: str
    first_name: str
    last_name: str
    is_enabled: bool
    is_verified: bool
    """The mailbox has been proved: whoever chose their password did so by a mail."""
    actions: frozenset[str]
    made_at: datetime
    made_for: str | None
    """The person of the directory for whom it was made: it says so itself."""
    held: frozenset[str]
    aliases: frozenset[str]
    shut: frozenset[str]
    """Of the places that they are in, those that are shut: one opens with all in it."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing to be done at the sign-on, to what."""

    word: Word
    what: str = ""


@dataclass(slots=True)
class Known:
    """The accounts of a sign-on, by each of the ways in which one is found."""

    by_subject: dict[str, Found] = field(default_factory=dict[str, Found])
    by_email: dict[str, Found] = field(default_factory=dict[str, Found])
    by_username: dict[str, Found] = field(default_factory=dict[str, Found])

    def add(self, found: Found) -> None:
        self.by_subject[found.subject] = found
        self.by_username[found.username] = found
        if found.email:
            self.by_email[found.email] = found

    def of(self, due: Due, *, adopts: bool) -> Found | None:
        """Find somebody's account as `chosen` does."""
        if known := self.by_subject.get(due.subject or ""):
            return known
        named = self.by_username.get(due.username)
        addressed = self.by_email.get(due.email.lower())
        return chosen(due, named, addressed, adopts=adopts)


def names_of(display_name: str) -> tuple[str, str]:
    """Part a name in two, as the sign-on wants it: both have to be there."""
    first, _, last = display_name.strip().rpartition(" ")
    return (first or last, last)


def chosen(
    due: Due, named: Found | None, addressed: Found | None, *, adopts: bool
) -> Found | None:
    """Choose the account of somebody whose is not known by its id.

    It is the one that was made for them. Any other with their address may be able to
    do who knows what: it is theirs only where the operator `adopts`.

    Raises:
        CannotProvision: the name or address is that of an account that is not theirs.
    """
    for found in (named, addressed):
        if found is not None and found.made_for == str(due.person_id):
            return found
    if not adopts and not due.is_to_have_account:
        return None
    if named is not None and (addressed is None or named.subject != addressed.subject):
        msg = "The sign-on has an account of that name with another address."
        raise CannotProvision(msg)
    if addressed is not None and not adopts:
        msg = (
            "The sign-on has another account with this address. If it is theirs, the"
            " operator takes it over with: joinedup people sync --adopt"
        )
        raise CannotProvision(msg)
    return addressed


def made(due: Due, subject: str, now: datetime) -> Found:
    """Say an account as it is when it has just been made."""
    return Found(
        subject,
        due.username,
        due.email.lower(),
        *names_of(due.display_name),
        is_enabled=True,
        is_verified=False,
        actions=frozenset({CHOOSE_PASSWORD}),
        made_at=now,
        made_for=str(due.person_id),
        held=frozenset(),
        aliases=frozenset(),
        shut=frozenset(),
    )


def plan(due: Due, found: Found | None, now: datetime) -> list[Repair]:
    """Say what makes an account as the directory has the person; nothing if it is."""
    if found is None:
        if not due.is_to_have_account:
            return []
        new = made(due, due.subject or "", now)
        return [Repair("create"), *_repairs(due, new)]
    listed = [Repair("adopt")] if found.subject != due.subject else []
    listed += _repairs(due, found)
    if _must_sign_in_anew(due, found):
        listed.append(Repair("end-sessions"))
    return sorted(listed, key=lambda repair: repair.word == "invite")


def _repairs(due: Due, found: Found) -> list[Repair]:
    wanted, aliases = OURS & set(due.held), set(due.aliases)
    repairs = [Repair(word) for word in _of_profile(due, found)]
    repairs += _each("take-role", (found.held & OURS) - wanted)
    repairs += _each("give-role", wanted - found.held)
    repairs += _each("leave", filter(is_ours, found.aliases - aliases))
    repairs += _each("join", aliases - (found.aliases - found.shut))
    if _is_uninvited(due, found):
        repairs.append(Repair("invite"))
    return repairs


def _each(word: Word, what: Iterable[str]) -> list[Repair]:
    return [Repair(word, each) for each in sorted(what)]


def is_ours(alias: str) -> bool:
    """Say whether an organization stands for a place of the directory."""
    return alias.startswith(("urn-", "la-", "region-"))


def _of_profile(due: Due, found: Found) -> Sequence[Word]:
    names = (found.first_name, found.last_name)
    is_named = " ".join(names) == due.display_name or names == names_of(
        due.display_name
    )
    must_choose = CHOOSE_PASSWORD not in found.actions
    wrong: dict[Word, bool] = {
        "username": found.username != due.username,
        "name": not is_named,
        "email": found.email != due.email.lower(),
        "enable": due.is_awaited and not found.is_enabled,
        "disable": found.is_enabled and not due.is_awaited,
        "require": must_choose and _has_yet_to_come(due, found),
    }
    return [word for word, is_wrong in wrong.items() if is_wrong]


def _has_yet_to_come(due: Due, found: Found) -> bool:
    """Whether nobody has shown yet that the account is theirs."""
    return due.is_to_have_account and due.joined_at is None and not found.is_verified


def _is_uninvited(due: Due, found: Found) -> bool:
    """Whether they have yet to be sent a mail to come in by.

    Whoever had come in already is sent one too when their account was lost.
    """
    is_pending = CHOOSE_PASSWORD in found.actions and not found.is_verified
    if due.invited_at is None or not due.is_awaited:
        return False
    if not is_pending and not _has_yet_to_come(due, found):
        return False
    sent = due.invitation_sent_at
    return sent is None or sent < max(due.invited_at, found.made_at)


def _must_sign_in_anew(due: Due, found: Found) -> bool:
    """Whoever left is out at once; a first role with a second step asks for it."""
    had, has = (roles.SECOND_FACTOR & set(held) for held in (found.held, due.held))
    return (found.is_enabled and not due.is_awaited) or bool(has and not had)
