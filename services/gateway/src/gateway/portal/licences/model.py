"""Licences and compliance in words; no I/O."""

from collections.abc import Mapping
from uuid import UUID

from chassis.auth import Actor
from contracts import roles
from gateway.portal.templates import formats

MEASURES: Mapping[str, str] = {
    "seats": "So many devices",
    "site": "As many devices as there are here",
}
TERMS: Mapping[str, str] = {
    "perpetual": "For ever",
    "subscription": "A subscription, from a day to a day",
}
TERMS_SHORT: Mapping[str, str] = {
    "perpetual": "Perpetual",
    "subscription": "Subscription",
}
MEASURES_SHORT: Mapping[str, str] = {"seats": "By device", "site": "Whole site"}
STATES: Mapping[str, str] = {
    "in-force": "Holds",
    "coming": "Not yet",
    "ended": "Ended",
}
STATE_TONES: Mapping[str, str] = {"in-force": "good", "coming": "note"}
STANDINGS: Mapping[str, str] = {
    "short": "Short",
    "unlicensed": "Unlicensed",
    "ended": "Licence ended",
    "unused": "Unused",
    "covered": "Covered",
}
TONES: Mapping[str, str] = {
    "short": "bad",
    "unlicensed": "bad",
    "ended": "bad",
    "unused": "warn",
    "covered": "good",
}
HOLDERS: Mapping[str, str] = {"school": "A school", "authority": "The LA"}
ENDS: Mapping[str, str] = {
    "quarter": "Within 90 days",
    "year": "Within a year",
    "past": "Has ended",
}
ALL_SCHOOLS = "All schools of the LA"
WHOLE_SITE = "Whole site"
UNCOVERED = ("short", "unlicensed", "ended")
"""What somebody has to do something about."""
_AUTHORITY = frozenset({roles.LA_MANAGER})
_SCHOOL = _AUTHORITY | {
    roles.LA_TECHNICIAN,
    roles.SCHOOL_TECHNICIAN,
    roles.SCHOOL_LEADER,
}


def may_write(actor: Actor, la_code: str, school_id: UUID | None) -> bool:
    """Whether this person writes licences of a school, or of an LA."""
    return actor.may(_SCHOOL if school_id else _AUTHORITY, la_code, school_id)


def seats(measure: str, number: int | None) -> str:
    """Say for how many devices a licence is."""
    return WHOLE_SITE if measure == "site" else formats.number(number or 0)


def held(number: int | None) -> str:
    """Say how many seats are held; None is any number."""
    return WHOLE_SITE if number is None else formats.number(number)
