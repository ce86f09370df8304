"""What is in the hands of somebody who leaves goes to a colleague, by a page."""

from typing import Any

import pytest

from tests.security.product import (
    FAR_AWAY,
    MINE,
    NEXT_DOOR,
    Product,
    Session,
    mark,
    ticket,
)

TICKETS = "/api/servicedesk/v1/tickets"
PEOPLE = "/api/directory/v1/people"
HTML = {"accept": "text/html"}


@pytest.fixture
async def manager(product: Product) -> Session:
    return await product.signed_in("la-manager", "940")


async def person(session: Session, role: str, **place: object) -> dict[str, Any]:
    """Find the one who holds a role at a place."""
    answer = await session.ask("GET", PEOPLE, params={"role": role, **place})
    found: list[dict[str, Any]] = answer.json()["items"]
    return found[0]


async def assigned(session: Session, urn: int, to: str) -> str:
    """Open a ticket at a school and put it into somebody's hands."""
    made = (await session.ask("POST", TICKETS, json=ticket(urn))).json()
    where = f"{TICKETS}/{made['ticket_id']}"
    answer = await session.ask(
        "PATCH", where, {"if-match": '"1"'}, json={"assignee_id": to}
    )
    assert answer.status_code == 200, answer.text
    return where


async def hand(session: Session, of: str, to: str) -> Any:
    page = f"/people/{of}/hand-over"
    return await session.ask("POST", page, HTML, data={"to": to})


async def in_hands(session: Session, where: str) -> str | None:
    found: str | None = (await session.ask("GET", where)).json()["assignee_id"]
    return found


async def test_tickets_go_to_a_colleague_who_works_where_they_are(
    manager: Session,
) -> None:
    leaver = await person(manager, "la-technician")
    technician = await person(manager, "school-technician", school=MINE)
    boss = await person(manager, "la-manager")
    here = await assigned(manager, MINE, leaver["person_id"])

    page = await manager.ask("GET", f"/people/{leaver['person_id']}/hand-over", HTML)
    assert page.status_code == 200
    assert mark(MINE) in page.text
    assert technician["display_name"] in page.text
    there = await assigned(manager, NEXT_DOOR, leaver["person_id"])
    both = await manager.ask("GET", f"/people/{leaver['person_id']}/hand-over", HTML)
    # Who works in one school alone takes over nothing of another.
    assert technician["display_name"] not in both.text
    refused = await hand(manager, leaver["person_id"], technician["person_id"])
    assert refused.status_code == 422
    assert "Choose who takes them over" in refused.text

    answer = await hand(manager, leaver["person_id"], boss["person_id"])

    assert answer.status_code == 303, answer.text
    for where in (here, there):
        assert await in_hands(manager, where) == boss["person_id"]
    again = await manager.ask("GET", f"/people/{leaver['person_id']}/hand-over", HTML)
    assert "Nothing is in their hands" in again.text
    assert (await hand(manager, boss["person_id"], "nobody")).status_code == 303
    assert await in_hands(manager, here) is None


async def test_settled_tickets_stay_with_whoever_settled_them(
    manager: Session,
) -> None:
    leaver = await person(manager, "la-technician")
    where = await assigned(manager, MINE, leaver["person_id"])
    await manager.ask("POST", f"{where}/resolve", {"if-match": '"2"'})

    answer = await hand(manager, leaver["person_id"], "nobody")

    assert answer.status_code == 303
    assert await in_hands(manager, where) == leaver["person_id"]


@pytest.mark.parametrize(
    ("role", "at", "status"),
    [
        ("la-manager", "941", 404),
        ("la-technician", "940", 403),
        ("auditor", "940", 403),
        ("school-leader", MINE, 403),
        ("school-technician", FAR_AWAY, 404),
    ],
)
async def test_nobody_else_hands_them_over(
    product: Product, manager: Session, role: str, at: int | str, status: int
) -> None:
    leaver = await person(manager, "school-technician", school=MINE)
    where = await assigned(manager, MINE, leaver["person_id"])
    other = await product.signed_in(role, at)

    answer = await hand(other, leaver["person_id"], "nobody")

    assert answer.status_code == status
    assert await in_hands(manager, where) == leaver["person_id"]
