"""The table of people: its columns, filters and words; no I/O."""

from collections.abc import Iterable

from contracts import roles
from gateway.people.model import Assignment, Known, PeopleFilters, State
from gateway.portal.tables.export import Cell
from gateway.portal.tables.model import Column, Filter, Table
from gateway.portal.tables.model import State as TableState
from gateway.portal.visit.model import ROLE_NAMES
from gateway.provisioning.model import InvitationState

STATES: dict[State, str] = {
    "invited": "Invited",
    "active": "Active",
    "left": "Has left",
}
TONES = {"invited": "note", "active": "good", "left": "quiet"}
STANDINGS = {"present": "Now", "to-come": "Later", "past": "Past"}
INVITATIONS: dict[InvitationState, str] = {
    "waiting": "Goes out within a minute",
    "failed": "Not sent yet. It is tried again by itself",
    "sent": "Sent",
    "over": "Sent, and its link is no longer good: send it again",
    "needless": "None was needed: they have an account already",
}
NOW = "now"
"""Everybody but those who have left: what is usual."""
NAMED = {**ROLE_NAMES, roles.RBC_SYSTEM: "System of the consortium"}
FEW = 3

TABLE = Table(
    "people",
    "person",
    "people",
    (
        Column("name", "Name", up="name"),
        Column("roles", "Roles"),
        Column("email", "E-mail"),
        Column("state", "State"),
        Column("joined_at", "First signed in", "moment", shown=False),
        Column("invited_at", "Invited", "moment", shown=False),
    ),
    (
        Filter("q", "Search"),
        Filter(
            "role",
            "Role",
            {role: name for role, name in NAMED.items() if role in roles.NAMED_SCHOOLS},
            "Every role",
        ),
        Filter("state", "State", {str(k): v for k, v in STATES.items()}, "Every state"),
    ),
    "name",
)


def filters_of(
    state: TableState, la_code: str | None, school_urn: int | None
) -> PeopleFilters:
    """Say a table's filters as the directory takes them."""
    asked = state.filters
    return PeopleFilters(
        asked.get("q") or None,
        la_code,
        school_urn,
        asked.get("role") or None,
        next((each for each in STATES if each == asked.get("state")), None),
    )


def where(held: Assignment) -> str:
    """Name the place of a role."""
    if held.school_name is not None:
        return held.school_name
    return held.la_name or held.region_code or "Another place"


def role_name(held: Assignment) -> str:
    return NAMED.get(held.role, held.role)


def standing(known: Known) -> list[Assignment]:
    """The roles that somebody has or will have, those of now first."""
    found = [each for each in known.held if each.standing(known.today) != "past"]
    return sorted(found, key=lambda each: each.standing(known.today) != "present")


def past(known: Known) -> list[Assignment]:
    return [each for each in known.held if each.standing(known.today) == "past"]


def in_words(known: Known, school_urn: int | None) -> list[str]:
    """Say somebody's roles, with their places where these are not the page's own."""
    held = standing(known) or past(known)
    return [_said(each, school_urn) for each in held]


def _said(held: Assignment, school_urn: int | None) -> str:
    if held.school_urn is not None and held.school_urn == school_urn:
        return role_name(held)
    return f"{role_name(held)}, {where(held)}"


def shortened(said: list[str]) -> tuple[list[str], int]:
    """Say the first few of several, and how many more there are."""
    return (said, 0) if len(said) <= FEW else (said[: FEW - 1], len(said) - FEW + 1)


def cells_of(known: Known, school_urn: int | None) -> dict[str, Cell]:
    person = known.person
    return {
        "name": person.display_name,
        "roles": "; ".join(in_words(known, school_urn)),
        "email": person.email,
        "state": STATES[known.state],
        "joined_at": person.joined_at,
        "invited_at": person.invited_at,
    }


def rows_of(page: Iterable[Known], school_urn: int | None) -> list[dict[str, Cell]]:
    return [cells_of(each, school_urn) for each in page]
