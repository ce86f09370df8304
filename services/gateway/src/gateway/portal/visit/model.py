"""Who visits, what their roles open to them, and where they stand; no I/O."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from chassis.auth import Actor
from contracts import roles
from gateway.portal.visit.flash import Flash

URN_DIGITS = 6
LA_ROLES = frozenset({roles.LA_MANAGER, roles.LA_TECHNICIAN, roles.AUDITOR})
REGISTRARS = frozenset({roles.LA_MANAGER, roles.AUDITOR})
"""Who sees the imports of the register; the managers send them."""
PEOPLE_READERS = frozenset({roles.LA_MANAGER, roles.AUDITOR, roles.SCHOOL_LEADER})
"""Who sees the people of their LA or school on pages; all but auditors change them."""
CLIENT_READERS = frozenset({roles.LA_MANAGER, roles.AUDITOR})
"""Who sees which systems their LA lets in; the managers let them in."""
ANALYSTS = frozenset({roles.REGIONAL_ANALYST})
TECHNICIANS = frozenset(
    {roles.LA_MANAGER, roles.LA_TECHNICIAN, roles.SCHOOL_TECHNICIAN}
)
READERS = LA_ROLES | TECHNICIANS | {roles.SCHOOL_LEADER}
REPORTERS = TECHNICIANS | {roles.SCHOOL_LEADER, roles.STAFF, roles.LEARNER}

LONGEST_NUMBER = 9
"""Figures: a form asks for nothing larger, and Python reads no more than thousands."""

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
    """A page of the navigation; `group` says of what: a school, an LA, or neither."""

    key: str
    text: str
    href: str
    current: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What the header of a page shows."""

    name: str
    csrf_token: str
    path: str
    links: tuple[Link, ...]
    place: Place | None
    can_switch: bool
    can_search: bool
    flash: Flash | None
    is_viewing: bool
    """Whether somebody else looks as the person whom the frame is of."""

    @property
    def groups(self) -> list[tuple[str, list[Link]]]:
        """The links by what they are of, in their order."""
        names = dict.fromkeys(link.group for link in self.links)
        return [(n, [link for link in self.links if link.group == n]) for n in names]


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


Offer = tuple[str, str, str]


def links_for(actor: Actor, place: Place | None, section: str) -> tuple[Link, ...]:
    """List the pages of the header that this person may open."""
    groups: list[tuple[str, list[Offer]]] = [("", [("home", "Home", "/")])]
    if place:
        groups.append(("school", _school_links(actor, place)))
    groups.append(("authority", _authority_links(actor, place)))
    return tuple(
        Link(key, text, href, key == section, group)
        for group, offered in groups
        for key, text, href in offered
    )


def _school_links(actor: Actor, place: Place) -> list[Offer]:
    rights, root = rights_at(actor, place), f"/schools/{place.urn}"
    links: list[Offer] = []
    if rights.see_assets:
        links.append(("assets", "Assets", f"{root}/assets"))
    if rights.see_assets and not actor.las(LA_ROLES):
        links.append(("estate", "Estate", f"{root}/estate"))
    if rights.change_assets and not actor.las(LA_ROLES):
        links.append(("devices", "Machines", f"{root}/devices"))
    if rights.see_tickets:
        links.append(("tickets", "Tickets", f"{root}/tickets"))
    if rights.compare and not actor.las(LA_ROLES):
        links.append(("comparison", "Comparison", f"{root}/comparison"))
    if not actor.las(LA_ROLES) and actor.may(
        PEOPLE_READERS, place.la_code, place.school_id
    ):
        links.append(("people", "People", f"{root}/people"))
    return links


def _authority_links(actor: Actor, place: Place | None) -> list[Offer]:
    las = actor.las(LA_ROLES)
    if not las:
        return []
    la_code = usual_la(las, place)
    root = f"/authorities/{la_code}"
    links = [
        ("comparison", "Comparison", f"{root}/comparison"),
        ("schools", "Schools", f"{root}/schools"),
        ("all-assets", "All assets", f"{root}/assets"),
        ("all-estate", "Estate", f"{root}/estate"),
        ("all-tickets", "All tickets", f"{root}/tickets"),
        ("map", "Map", f"{root}/map"),
        ("notices", "Notices", f"{root}/notices"),
    ]
    if actor.may(PEOPLE_READERS, la_code, None):
        links.append(("people", "People", f"{root}/people"))
    if actor.las(REGISTRARS):
        links.append(("register", "Register", "/register"))
    if actor.may(CLIENT_READERS, la_code, None):
        links.append(("clients", "API", f"{root}/clients"))
    if actor.las(roles.AUDIT_READERS):
        links.append(("audit", "Audit", f"{root}/audit"))
    return links


def usual_la(las: Sequence[str], place: Place | None) -> str:
    """Choose the LA to show to somebody of several: that of their last school."""
    return place.la_code if place and place.la_code in las else las[0]


def can_switch(actor: Actor) -> bool:
    schools = {school for grant in actor.grants for school in grant.school_ids}
    return bool(actor.las(LA_ROLES)) or len(schools) > 1


def role_names(actor: Actor) -> tuple[str, ...]:
    held = {grant.role for grant in actor.grants}
    return tuple(name for role, name in ROLE_NAMES.items() if role in held)


def can_search(actor: Actor) -> bool:
    """Whether there is anything at all that this person may look for by name."""
    return any(grant.role in roles.NAMED_SCHOOLS for grant in actor.grants)


MOST_RECENT = 6


def recent_urns(cookie: str) -> list[int]:
    """Read the schools looked at last, newest first; what is no URN is dropped."""
    found = [
        int(part)
        for part in cookie.split(".")
        if part.isascii() and part.isdigit() and len(part) == URN_DIGITS
    ]
    return list(dict.fromkeys(found))[:MOST_RECENT]


def with_recent(cookie: str, urn: int) -> str:
    """Write the schools looked at last, now that this one is."""
    urns = [urn, *(each for each in recent_urns(cookie) if each != urn)]
    return ".".join(str(each) for each in urns[:MOST_RECENT])


def whole(text: str) -> int | None:
    """Read a whole number from 0 that somebody typed; None where it is none."""
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) if is_number else None
