"""Labels from the list, and what whoever scans one is led to."""

from typing import Any
from uuid import uuid4

import pypdfium2
import pytest
import zxingcpp

from tests.security.product import MINE, NEXT_DOOR, Product, Session, asset

HTML = {"accept": "text/html"}
ASSETS = "/api/inventory/v1/assets"
HERE = f"/schools/{MINE}/assets"


@pytest.fixture
async def technician(product: Product) -> Session:
    return await product.signed_in("school-technician", MINE)


async def added(session: Session) -> dict[str, Any]:
    values = asset(MINE, tag=f"B-{uuid4().hex[:8]}", room="Library")
    answer = await session.ask("POST", ASSETS, json=values)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def ticked(*found: dict[str, Any], **more: str) -> dict[str, Any]:
    lines = [f"{each['asset_id']} {each['version']} {each['tag']}" for each in found]
    return {"pick": lines, "action": "labels", **more}


async def test_labels_of_what_is_ticked_are_a_file_to_print(
    technician: Session,
) -> None:
    one, two = await added(technician), await added(technician)
    asked = await technician.ask("POST", f"{HERE}/bulk", HTML, data=ticked(one, two))
    assert asked.status_code == 200, asked.text
    assert "Print 2 labels" in asked.text

    form = ticked(one, two, sheet="L7160", symbols="qr", first="3")
    drawn = await technician.ask("POST", f"{HERE}/bulk/labels", HTML, data=form)

    assert drawn.status_code == 200, drawn.text
    assert drawn.headers["content-type"] == "application/pdf"
    assert drawn.headers["content-disposition"].startswith('attachment; filename="lab')
    page = pypdfium2.PdfDocument(drawn.content)[0]
    image = page.render(scale=4).to_pil().convert("RGB")
    scanned = {
        found.text.rpartition("/label/")[2] for found in zxingcpp.read_barcodes(image)
    }
    assert scanned == {each["asset_id"].replace("-", "") for each in (one, two)}


async def test_a_wish_that_cannot_be_is_asked_again_with_what_was_ticked(
    technician: Session,
) -> None:
    one = await added(technician)
    form = ticked(one, sheet="L7651", symbols="both", first="1")

    again = await technician.ask("POST", f"{HERE}/bulk/labels", HTML, data=form)

    assert again.status_code == 422
    assert "These labels have room for one code only" in again.text
    assert one["tag"] in again.text


async def test_no_labels_are_drawn_of_nothing_and_of_too_many(
    technician: Session,
) -> None:
    wish = {"sheet": "L7160", "symbols": "qr", "first": "1"}
    lines = "\n".join(f"{uuid4()} 1 T-{n}" for n in range(501))

    none = await technician.ask("POST", f"{HERE}/bulk/labels", HTML, data=wish)
    many = await technician.ask(
        "POST", f"{HERE}/bulk/labels", HTML, data={**wish, "chosen": lines}
    )

    assert (none.status_code, many.status_code) == (422, 422)
    assert "Tick some first" in none.text
    assert "At most 500" in many.text


async def test_labels_change_nothing_however_they_are_sent(
    technician: Session,
) -> None:
    one = await added(technician)

    sent = await technician.ask("POST", f"{HERE}/bulk/apply", HTML, data=ticked(one))

    assert "Print 1 label" in sent.text
    assert (await technician.ask("GET", f"{ASSETS}/{one['asset_id']}")).json() == one


async def test_whoever_keeps_kit_is_led_to_its_page_and_others_to_what_is_wrong(
    technician: Session, product: Product
) -> None:
    one = await added(technician)
    address = f"/label/{one['asset_id'].replace('-', '')}"
    learner = await product.signed_in("learner", MINE)

    kept = await technician.ask("GET", address, HTML)
    told = await learner.ask("GET", address, HTML)

    assert kept.headers["location"] == f"{HERE}/{one['asset_id']}"
    where = f"/schools/{MINE}/tickets/new?asset={one['asset_id']}"
    assert told.headers["location"] == where
    form = await learner.ask("GET", where, HTML)
    assert f"Report a fault with {one['tag']}" in form.text
    assert "in Library" in form.text
    assert f"{HERE}/{one['asset_id']}" not in form.text


async def test_a_learners_fault_names_the_asset_whose_label_was_scanned(
    product: Product,
) -> None:
    # The one that the service desk has heard of: nothing carries events here.
    one = product.tenants[MINE].asset
    learner = await product.signed_in("learner", MINE)
    form = {
        "once": str(uuid4()),
        "asset_id": one["asset_id"],
        "summary": "The screen is dark",
    }

    sent = await learner.ask("POST", f"/schools/{MINE}/tickets/new", HTML, data=form)

    assert sent.status_code == 303, sent.text
    ticket = await learner.ask("GET", sent.headers["location"], HTML)
    assert one["tag"] in ticket.text


@pytest.mark.parametrize("of", ["elsewhere", "nowhere", "nothing"])
async def test_a_label_of_elsewhere_leads_nowhere(
    technician: Session, product: Product, of: str
) -> None:
    one = await added(technician)
    ids = {"elsewhere": one["asset_id"], "nowhere": str(uuid4()), "nothing": "x"}
    neighbour = await product.signed_in("learner", NEXT_DOOR)

    answer = await neighbour.ask("GET", f"/label/{ids[of]}", HTML)

    assert answer.status_code == 404
    assert one["tag"] not in answer.text
