"""Agreements in words, and who writes which; no I/O."""

import re
from collections.abc import Mapping
from uuid import UUID

from chassis.auth import Actor
from contracts import roles
from gateway.portal.templates import formats

KINDS: Mapping[str, str] = {
    "school": "The LA to schools",
    "internal": "A school\u2019s own team",
    "supplier": "A supplier",
}
"""Who promises."""
CHOICES: Mapping[str, str] = {
    "school": "The LA, to schools: a service level agreement",
    "internal": "Our own team, to our school",
    "supplier": "A supplier, or the regional broadband consortium",
}
STATES: Mapping[str, str] = {
    "in-force": "In force",
    "coming": "Not yet",
    "ended": "Ended",
}
STATE_TONES: Mapping[str, str] = {"in-force": "good", "coming": "note"}
RENEWS: Mapping[str, str] = {
    "none": "It ends on its last day",
    "yearly": "It goes on for a year at a time until it is ended",
}
RENEWS_SHORT: Mapping[str, str] = {"none": "No", "yearly": "Yearly"}
ENDS: Mapping[str, str] = {
    "quarter": "Within 90 days",
    "year": "Within a year",
    "past": "Has ended",
}
PRIORITIES: Mapping[int, str] = {
    1: "1, most urgent",
    2: "2",
    3: "3",
    4: "4, least urgent",
}
MEASURES: Mapping[str, str] = {
    "response_minutes": "First answer",
    "update_minutes": "Word on it every",
    "fix_minutes": "Fixed",
}
ALL_SCHOOLS = "All schools of the LA"
AUTHORITY_WRITERS = frozenset({roles.LA_MANAGER})
SCHOOL_WRITERS = frozenset({roles.SCHOOL_LEADER, roles.SCHOOL_TECHNICIAN})
_HOURS = re.compile(r"([0-9]{1,4})(?::([0-5][0-9]))?")


def kinds_of(actor: Actor, la_code: str, school_id: UUID | None) -> tuple[str, ...]:
    """List the kinds of agreement that this person writes down for a place."""
    is_authority = actor.may(AUTHORITY_WRITERS, la_code, school_id)
    is_school = school_id is not None and actor.may(SCHOOL_WRITERS, la_code, school_id)
    offered = (
        ("school", is_authority),
        ("internal", is_school),
        ("supplier", is_authority or is_school),
    )
    return tuple(kind for kind, may in offered if may)


def may_change(actor: Actor, la_code: str, school_id: UUID | None, holder: str) -> bool:
    """Whether this person changes an agreement that is an LA's or a school's."""
    writers = AUTHORITY_WRITERS if holder == "authority" else SCHOOL_WRITERS
    return actor.may(writers, la_code, school_id)


def school_time(minutes: int | None) -> str:
    """Say a time in hours and minutes: 1 hour 30 minutes."""
    return formats.duration(None if minutes is None else minutes * 60)


def as_typed(minutes: int | None) -> str:
    """Write minutes as a form takes them: 4, or 0:30."""
    if minutes is None:
        return ""
    hours, rest = divmod(minutes, 60)
    return f"{hours}:{rest:02}" if rest else str(hours)


def read_hours(text: str) -> int | None:
    """Read hours, 4, or hours and minutes, 0:30, as minutes; None where it is none."""
    found = _HOURS.fullmatch(text.strip())
    if found is None:
        return None
    return int(found[1]) * 60 + int(found[2] or 0) or None
