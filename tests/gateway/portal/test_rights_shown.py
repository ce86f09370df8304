"""Which pages are offered to whom."""

from uuid import UUID

import pytest

from chassis.auth import Actor, Grant
from contracts import roles
from gateway.portal.tickets import model as tickets
from gateway.portal.visit import model
from gateway.portal.visit.model import Place

HERE = Place(UUID(int=1), 140001, "Abbey", "primary", "940", "North")
OF_THE_LA = [
    *("Comparison", "Schools", "All assets", "Estate"),
    *("All tickets", "Map", "Notices"),
]
MANAGED = ["People", "Register", "API", "Audit"]
THERE = Place(UUID(int=2), 140002, "Oakfield", "primary", "940", "North")


def person(*grants: Grant) -> Actor:
    return Actor("person", "person", grants)


def at(role: str, place: Place = HERE) -> Grant:
    return Grant(role, (), (place.school_id,))


def texts(actor: Actor, place: Place | None) -> list[str]:
    return [link.text for link in model.links_for(actor, place, "home")]


def test_a_teacher_here_who_is_the_technician_there_changes_assets_only_there() -> None:
    actor = person(at(roles.STAFF, HERE), at(roles.SCHOOL_TECHNICIAN, THERE))

    assert not model.rights_at(actor, HERE).change_assets
    assert model.rights_at(actor, THERE).change_assets
    assert model.can_switch(actor)


@pytest.mark.parametrize(
    ("grant", "offered"),
    [
        (at(roles.LEARNER), ["Home", "Tickets"]),
        (
            at(roles.SCHOOL_LEADER),
            ["Home", "Assets", "Estate", "Tickets", "Comparison", "People"],
        ),
        (
            Grant(roles.LA_MANAGER, ("940",)),
            ["Home", "Assets", "Tickets", *OF_THE_LA, *MANAGED],
        ),
        (Grant(roles.LA_MANAGER, ("941",)), ["Home", *OF_THE_LA, *MANAGED]),
        (Grant(roles.LA_TECHNICIAN, ("941",)), ["Home", *OF_THE_LA]),
        (Grant(roles.REGIONAL_ANALYST, ("940",)), ["Home"]),
    ],
    ids=["learner", "leader", "manager", "manager elsewhere", "desk", "analyst"],
)
def test_the_header_offers_what_a_role_opens(grant: Grant, offered: list[str]) -> None:
    assert texts(person(grant), HERE) == offered


def test_an_auditor_reads_and_changes_nothing() -> None:
    rights = model.rights_at(person(Grant(roles.AUDITOR, ("940",))), HERE)

    assert rights.see_assets
    assert not rights.change_assets
    assert not rights.change_tickets
    assert not rights.open_tickets


@pytest.mark.parametrize(
    ("status", "works", "requested", "steps"),
    [
        ("open", True, False, (True, False, False)),
        ("resolved", True, False, (False, True, True)),
        ("closed", True, True, (False, False, False)),
        ("open", False, True, (False, False, True)),
        ("resolved", False, True, (False, True, True)),
        ("open", False, False, (False, False, False)),
    ],
)
def test_the_steps_of_a_ticket_depend_on_its_state_and_on_who_asks(
    status: str, works: bool, requested: bool, steps: tuple[bool, bool, bool]
) -> None:
    found = tickets.steps(status, works_on_it=works, requested=requested)

    assert (found.resolve, found.reopen, found.close) == steps
