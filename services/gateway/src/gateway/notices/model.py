"""What a notice is, to whom it is shown, and what may become of it; no I/O."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from chassis import errors
from chassis.audit import model as audit
from chassis.audit.model import Entry, Target
from chassis.auth import Access, Actor
from contracts import roles

Tone = Literal["note", "warn", "bad"]
State = Literal["draft", "published", "withdrawn"]
AudienceRole = Literal[
    "la-technician",
    "school-technician",
    "school-leader",
    "staff",
    "learner",
    "auditor",
]

EDITORS = frozenset({roles.LA_MANAGER})
READERS = frozenset({roles.LA_MANAGER, roles.LA_TECHNICIAN, roles.AUDITOR})
ACCESS = Access(read=READERS, write=EDITORS)
SHOWN_ACCESS = Access(read=READERS | roles.OF_A_SCHOOL)
_TOLD = (
    *("title", "body", "tone", "roles", "phases", "school_urns", "from_on", "to_on"),
    "state",
)


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as it stands at `version`; an empty audience list means everybody."""

    notice_id: UUID
    la_code: str
    title: str
    body: str
    tone: str
    roles: list[str]
    phases: list[str]
    school_urns: list[int]
    from_on: date
    to_on: date | None
    state: str
    version: int
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """The roles somebody holds and where, as lists that belong together."""

    school_roles: list[str]
    school_ids: list[UUID]
    la_roles: list[str]
    la_codes: list[str]


class NoticeNotFound(errors.NotFound):
    """No such notice, or none that the caller may know of: said alike."""

    slug = "notice-not-found"
    title = "There is no such notice within your scope"


class NoticeWithdrawn(errors.Conflict):
    """What was withdrawn stays so; write a new one."""

    slug = "notice-withdrawn"
    title = "This notice was withdrawn and stays as it was"


class NoticeEndsBeforeItBegins(errors.Invalid):
    """The last day is before the first."""

    slug = "notice-ends-before-it-begins"
    title = "The last day is before the first day"

    def __init__(self) -> None:
        super().__init__(faults=[errors.Fault("/to_on", self.title)])


class SchoolNotOfAuthority(errors.Invalid):
    """A school of the audience is none of the LA's."""

    slug = "school-not-of-authority"
    title = "A school of the audience is not one of this LA"

    def __init__(self) -> None:
        super().__init__(faults=[errors.Fault("/school_urns", self.title)])


def changed(notice: Notice, values: Mapping[str, Any]) -> Notice:
    """Give a notice new values.

    Raises:
        NoticeWithdrawn: it was withdrawn.
        NoticeEndsBeforeItBegins: its days would not fit.
    """
    new = replace(standing(notice), **values)
    require_days(new.from_on, new.to_on)
    return new


def require_days(from_on: date, to_on: date | None) -> None:
    """Refuse days that do not fit.

    Raises:
        NoticeEndsBeforeItBegins: the last is before the first.
    """
    if to_on is not None and to_on < from_on:
        raise NoticeEndsBeforeItBegins


def standing(notice: Notice) -> Notice:
    """Vouch that a notice has not been withdrawn.

    Raises:
        NoticeWithdrawn: it was.
    """
    if notice.state == "withdrawn":
        raise NoticeWithdrawn
    return notice


def held_by(actor: Actor) -> Held:
    """List the (role, place) pairs of an actor: never roles x places."""
    at_schools = [(g.role, s) for g in actor.grants for s in g.school_ids]
    at_las = [(g.role, la) for g in actor.grants for la in g.la_codes]
    return Held(
        [role for role, _ in at_schools],
        [school for _, school in at_schools],
        [role for role, _ in at_las],
        [la for _, la in at_las],
    )


def recorded(happened: str, old: Notice | None, new: Notice) -> Entry:
    """Say a change of a notice as the audit has it."""
    target = Target("notice", new.notice_id, new.la_code)
    before = {} if old is None else {name: getattr(old, name) for name in _TOLD}
    after = {name: getattr(new, name) for name in _TOLD}
    return audit.changed(f"notice.{happened}", target, audit.differing(before, after))


def put_away_by(notice: Notice) -> Entry:
    """Say that somebody put a notice away: their own affair, and no LA's."""
    return Entry("notice.put-away", Target("notice", notice.notice_id))
