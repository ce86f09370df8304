"""Somebody's own day, and the wallboard of an LA, as pages."""

from typing import Any
from uuid import uuid4

from tests.security.product import FAR_AWAY, MINE, NEXT_DOOR, Product, Session, ticket

HTML = {"accept": "text/html"}
DESK = "/api/servicedesk/v1/tickets"
WALLBOARD = "/authorities/940/wallboard"


async def reported(session: Session, urn: int, summary: str) -> dict[str, Any]:
    said = ticket(urn, summary=summary)
    answer = await session.ask("POST", DESK, json=said)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def patched(session: Session, made: dict[str, Any], **told: Any) -> None:
    where, held = f"{DESK}/{made['ticket_id']}", {"if-match": f'"{made["version"]}"'}
    answer = await session.ask("PATCH", where, held, json=told)
    assert answer.status_code == 200, answer.text
    made.update(answer.json())


async def test_my_day_holds_what_is_in_my_hands_and_nothing_else(
    product: Product,
) -> None:
    technician = await product.signed_in("school-technician", MINE)
    mine, waits, nobodys = [
        await reported(technician, MINE, f"Board {uuid4().hex}") for _ in range(3)
    ]
    for each in (mine, waits):
        await patched(technician, each, assignee_id=each["requester_id"])
    await patched(technician, waits, status="waiting", waits_for="parts")
    work = {"minutes": 75, "worked_on": mine["opened_at"][:10]}
    where = f"{DESK}/{mine['ticket_id']}/time"
    assert (await technician.ask("POST", where, json=work)).status_code == 201

    page = await technician.ask("GET", "/my-day", HTML)

    assert page.status_code == 200, page.text
    assert mine["summary"] in page.text
    assert nobodys["summary"] not in page.text
    _, _, after = page.text.partition('id="waiting"')
    assert waits["summary"] in after
    assert "parts or a delivery" in after
    assert "1 hour 15 minutes" in page.text


async def test_a_day_is_for_who_works_on_tickets(product: Product) -> None:
    for role in ("school-leader", "staff", "learner"):
        session = await product.signed_in(role, MINE)
        assert (await session.ask("GET", "/my-day", HTML)).status_code == 403


async def test_the_wallboard_tells_of_its_las_tickets_and_names_who_has_them(
    product: Product,
) -> None:
    technician = await product.signed_in("school-technician", MINE)
    made = await reported(technician, MINE, f"Server {uuid4().hex}")
    await patched(technician, made, assignee_id=made["requester_id"])
    manager = await product.signed_in("la-manager", "940")
    names = (await manager.ask("GET", "/api/directory/v1/people")).json()["items"]
    called = next(e for e in names if e["person_id"] == made["requester_id"])
    far = await product.signed_in("school-technician", FAR_AWAY)
    theirs = await reported(far, FAR_AWAY, f"Server {uuid4().hex}")

    page = await manager.ask("GET", WALLBOARD, HTML)

    assert page.status_code == 200, page.text
    assert "Nobody" in page.text
    assert called["display_name"] in page.text
    assert 'data-live="ticket:940"' in page.text
    assert theirs["summary"] not in page.text
    assert str(FAR_AWAY) not in page.text


async def test_a_wallboard_is_for_its_las_own(product: Product) -> None:
    stranger = await product.signed_in("la-manager", "941")
    technician = await product.signed_in("school-technician", NEXT_DOOR)

    for session in (stranger, technician):
        assert (await session.ask("GET", WALLBOARD, HTML)).status_code == 404
