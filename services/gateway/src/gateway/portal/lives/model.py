"""Who says how long kit lasts, and what they typed."""

from collections.abc import Mapping

from chassis import errors
from chassis.auth import Actor
from contracts import roles
from gateway.portal.visit.model import Place, whole

LONGEST = 30
_AUTHORITY = frozenset({roles.LA_MANAGER})
_SCHOOL = _AUTHORITY | {roles.SCHOOL_LEADER, roles.SCHOOL_TECHNICIAN}


def may_say_for_school(actor: Actor, place: Place) -> bool:
    return actor.may(_SCHOOL, place.la_code, place.school_id)


def may_say_for_authority(actor: Actor, la_code: str) -> bool:
    return actor.may(_AUTHORITY, la_code, None)


def read(typed: Mapping[str, str]) -> dict[str, int | None]:
    """Read years by kind of kit; nothing typed is None.

    Raises:
        errors.Invalid: some are no whole years within reason.
    """
    found: dict[str, int | None] = {}
    faults: list[errors.Fault] = []
    for category, text in typed.items():
        years = whole(text)
        if text and not (years and years <= LONGEST):
            detail = f"Enter whole years from 1 to {LONGEST}, or nothing"
            faults.append(errors.Fault(f"/{category}", detail))
        found[category] = years
    if faults:
        raise errors.Invalid(faults=faults)
    return found


def changed(
    wanted: Mapping[str, int | None], present: Mapping[str, int | None]
) -> dict[str, int | None]:
    """Keep what differs from how it is."""
    return {
        category: years
        for category, years in wanted.items()
        if category in present and present[category] != years
    }
