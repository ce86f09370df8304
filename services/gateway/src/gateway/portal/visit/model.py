"""Who visits, what their roles open to them, and where they stand; no I/O."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from chassis.auth import Actor
from contracts import roles
from gateway.portal.visit.flash import Flash

LA_ROLES = frozenset({roles.LA_MANAGER, roles.LA_TECHNICIAN, roles.AUDITOR})
ANALYSTS = frozenset({roles.REGIONAL_ANALYST})
TECHNICIANS = frozenset(
    {roles.LA_MANAGER, roles.LA_TECHNICIAN, roles.SCHOOL_TECHNICIAN}
)
READERS = LA_ROLES | TECHNICIANS | {roles.SCHOOL_LEADER}
REPORTERS = TECHNICIANS | {roles.SCHOOL_LEADER, roles.STAFF, roles.LEARNER}

ROLE_NAMES = {
    roles.LA_MANAGER: "LA technical manager",
    roles.LA_TECHNICIAN: "LA support desk",
    roles.SCHOOL_TECHNICIAN: "School technician",
    roles.SCHOOL_LEADER: "School leader",
    roles.STAFF: "Staff",
    roles.LEARNER: "Learner",
    roles.AUDITOR: "Auditor",
    roles.REGIONAL_ANALYST: "Regional analyst",
}


@dataclass(frozen=True, slots=True)
class Place:
    """The school that a page is about."""

    school_id: UUID
    urn: int
    name: str
    phase: str
    la_code: str
    la_name: str


@dataclass(frozen=True, slots=True)
class Rights:
    """What to offer at one school; the services judge each request again."""

    see_assets: bool
    change_assets: bool
    see_tickets: bool
    open_tickets: bool
    change_tickets: bool
    compare: bool


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What the header of a page shows."""

    name: str
    csrf_token: str
    links: tuple[Link, ...]
    place: Place | None
    can_switch: bool
    flash: Flash | None


NO_RIGHTS = Rights(
    see_assets=False,
    change_assets=False,
    see_tickets=False,
    open_tickets=False,
    change_tickets=False,
    compare=False,
)


def rights_at(actor: Actor, place: Place) -> Rights:
    def may(holders: frozenset[str]) -> bool:
        return actor.may(holders, place.la_code, place.school_id)

    return Rights(
        see_assets=may(READERS),
        change_assets=may(TECHNICIANS),
        see_tickets=may(READERS | REPORTERS),
        open_tickets=may(REPORTERS),
        change_tickets=may(TECHNICIANS),
        compare=may(READERS),
    )


def links_for(actor: Actor, place: Place | None, section: str) -> tuple[Link, ...]:
    """List the pages of the header that this person may open."""
    offered = [("home", "Home", "/")]
    if place:
        offered += _school_links(rights_at(actor, place), place)
    offered += _authority_links(actor, place)
    return tuple(Link(text, href, key == section) for key, text, href in offered)


def _school_links(rights: Rights, place: Place) -> list[tuple[str, str, str]]:
    root = f"/schools/{place.urn}"
    links: list[tuple[str, str, str]] = []
    if rights.see_assets:
        links.append(("assets", "Assets", f"{root}/assets"))
    if rights.see_tickets:
        links.append(("tickets", "Tickets", f"{root}/tickets"))
    return links


def _authority_links(actor: Actor, place: Place | None) -> list[tuple[str, str, str]]:
    las = actor.las(LA_ROLES)
    if las:
        root = f"/authorities/{usual_la(las, place)}"
        return [
            ("comparison", "Comparison", f"{root}/comparison"),
            ("schools", "Schools", f"{root}/schools"),
        ]
    if place and rights_at(actor, place).compare:
        return [("comparison", "Comparison", f"/schools/{place.urn}/comparison")]
    return []


def usual_la(las: Sequence[str], place: Place | None) -> str:
    """Choose the LA to show to somebody of several: that of their last school."""
    return place.la_code if place and place.la_code in las else las[0]


def can_switch(actor: Actor) -> bool:
    schools = {school for grant in actor.grants for school in grant.school_ids}
    return bool(actor.las(LA_ROLES)) or len(schools) > 1


def role_names(actor: Actor) -> tuple[str, ...]:
    held = {grant.role for grant in actor.grants}
    return tuple(name for role, name in ROLE_NAMES.items() if role in held)
