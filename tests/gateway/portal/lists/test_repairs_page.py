"""Repairs of kit, as people send for them and read them."""

from typing import Any
from uuid import uuid4

import pytest

from tests.security.product import MINE, NEXT_DOOR, Product, Session, asset

HTML = {"accept": "text/html"}
ASSETS = "/api/inventory/v1/assets"
SENT = {
    "fault": "No picture\r\nThe lamp is new",
    "sent_on": "1/9/2026",
    "supplier": "Stone",
    "reference": "RMA 7",
    "warranty": "yes",
}


@pytest.fixture
async def technician(product: Product) -> Session:
    return await product.signed_in("school-technician", MINE)


async def page_of_new(session: Session) -> str:
    values = asset(MINE, tag=f"R-{uuid4().hex[:8]}")
    answer = await session.ask("POST", ASSETS, json=values)
    assert answer.status_code == 201, answer.text
    return f"/schools/{MINE}/assets/{answer.json()['asset_id']}/repairs"


async def repairs(session: Session, page: str) -> list[dict[str, Any]]:
    path = f"{ASSETS}/{page.split('/')[4]}/repairs"
    found: list[dict[str, Any]] = (await session.ask("GET", path)).json()["items"]
    return found


async def test_a_repair_is_sent_read_and_closed(technician: Session) -> None:
    page = await page_of_new(technician)
    assert (
        "It has not been repaired yet" in (await technician.ask("GET", page, HTML)).text
    )

    done = await technician.ask("POST", page, HTML, data=SENT)

    assert done.status_code == 303, done.text
    shown = await technician.ask("GET", page, HTML)
    for words in (
        "being repaired since",
        "1 September 2026",
        "Stone, RMA 7",
        "Warranty",
    ):
        assert words in shown.text, words
    assert "Send it for repair" not in shown.text
    [sent] = await repairs(technician, page)
    assert sent["fault"] == "No picture\nThe lamp is new"
    back = {
        "repair_id": sent["repair_id"],
        "returned_on": "8/9/2026",
        "outcome": "no-fault-found",
        "cost": "£45",
        "status": "in-store",
    }
    closed = await technician.ask("POST", f"{page}/close", HTML, data=back)
    assert closed.status_code == 303, closed.text
    told = await technician.ask("GET", page, HTML)
    assert "No fault found" in told.text
    assert "£45.00" in told.text
    assert "Send it for repair" in told.text


async def test_what_is_missing_is_said_at_its_field(technician: Session) -> None:
    page = await page_of_new(technician)
    early = await technician.ask("POST", page, HTML, data={"sent_on": "soon"})
    assert early.status_code == 422
    assert "Say what is wrong with it" in early.text
    assert "Enter a real date" in early.text
    await technician.ask("POST", page, HTML, data=SENT)
    [sent] = await repairs(technician, page)

    form = {"repair_id": sent["repair_id"], "returned_on": "31/8/2026", "cost": "much"}
    bare = await technician.ask("POST", f"{page}/close", HTML, data=form)
    before = await technician.ask(
        *("POST", f"{page}/close", HTML),
        data={**form, "cost": "", "outcome": "repaired"},
    )

    assert bare.status_code == 422
    assert "Choose what came of it" in bare.text
    assert "Enter a price in pounds" in bare.text
    assert before.status_code == 422
    assert "it came back later" in before.text


async def test_a_step_that_comes_twice_is_told_as_such(technician: Session) -> None:
    page = await page_of_new(technician)
    await technician.ask("POST", page, HTML, data=SENT)

    again = await technician.ask("POST", page, HTML, data=SENT)

    assert again.status_code == 409
    assert "This asset is being repaired already" in again.text


async def test_who_only_reads_and_who_is_elsewhere_sends_nothing(
    technician: Session, product: Product
) -> None:
    page = await page_of_new(technician)
    leader = await product.signed_in("school-leader", MINE)
    neighbour = await product.signed_in("school-technician", NEXT_DOOR)

    assert "Send it for repair" not in (await leader.ask("GET", page, HTML)).text
    for session, status in ((leader, 403), (neighbour, 404)):
        answer = await session.ask("POST", page, HTML, data=SENT)
        assert answer.status_code == status
