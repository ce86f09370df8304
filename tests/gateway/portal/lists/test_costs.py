"""What kit costs to own, and what electricity costs, on pages and as files."""

import re
from uuid import uuid4

import pytest

from tests.security.product import MINE, NEXT_DOOR, Product, Session, asset

HTML = {"accept": "text/html"}
SCHOOL, AUTHORITY = f"/schools/{MINE}", "/authorities/940"


async def page(session: Session, path: str, status: int = 200) -> str:
    answer = await session.ask("GET", path, HTML)
    assert answer.status_code == status, answer.text
    return answer.text


async def new_kit(product: Product, urn: int = MINE) -> tuple[str, str]:
    """Let a school have a laptop of a model of its own; say its id and its model."""
    name = f"Model {uuid4().hex[:8]}"
    technician = await product.signed_in("school-technician", urn)
    kit = asset(
        urn,
        tag=uuid4().hex,
        manufacturer="HP",
        model=name,
        price_pence=48_000,
        purchased_on="2024-09-02",
        details={"kwh_a_year": 100},
    )
    answer = await technician.ask("POST", "/api/inventory/v1/assets", json=kit)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["asset_id"]), name


async def test_a_price_is_said_shown_and_removed(product: Product) -> None:
    leader = await product.signed_in("school-leader", MINE)
    path = f"{SCHOOL}/electricity"
    form = {"price": "27.35p", "starts_on": "1/4/2025"}

    saved = await leader.ask("POST", path, HTML, data=form)

    assert (saved.status_code, saved.headers["location"]) == (303, path)
    shown = await page(leader, path)
    assert "27.35p" in shown
    assert "1 April 2025" in shown
    gone = await leader.ask(
        "POST", f"{path}/remove", HTML, data={"starts_on": "2025-04-01"}
    )
    assert gone.status_code == 303, gone.text
    assert "1 April 2025" not in await page(leader, path)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"price": "", "starts_on": "1/4/2025"}, "Enter pence for a kilowatt-hour"),
        ({"price": "27,35", "starts_on": "1/4/2025"}, "Enter pence"),
        ({"price": "1000.001", "starts_on": "1/4/2025"}, "1,000 at most"),
        ({"price": "27.35", "starts_on": ""}, "Enter the first day of the price"),
        ({"price": "27.35", "starts_on": "31/2/2025"}, "Enter a real date"),
        ({"price": "27.35", "starts_on": "1/4/1066"}, "There is a problem"),
    ],
)
async def test_what_is_no_price_is_said_at_its_field(
    product: Product, form: dict[str, str], said: str
) -> None:
    leader = await product.signed_in("school-leader", MINE)

    answer = await leader.ask("POST", f"{SCHOOL}/electricity", HTML, data=form)

    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{form["price"]}"' in answer.text or not form["price"]


async def test_who_may_not_say_prices_is_offered_no_form(product: Product) -> None:
    auditor = await product.signed_in("auditor", "940")
    form = {"price": "1", "starts_on": "1/4/2025"}

    shown = await page(auditor, f"{AUTHORITY}/electricity")

    assert "Save the price" not in shown
    for path in (f"{AUTHORITY}/electricity", f"{SCHOOL}/electricity"):
        refused = await auditor.ask("POST", path, HTML, data=form)
        assert refused.status_code == 403, refused.text


async def test_costs_lead_from_the_whole_to_a_model_and_an_asset(
    product: Product,
) -> None:
    asset_id, name = await new_kit(product)
    leader = await product.signed_in("school-leader", MINE)

    whole = await page(leader, f"{SCHOOL}/costs?category=laptop")
    models = await page(leader, f"{SCHOOL}/model-costs?q={name}")
    one = await page(leader, f"{SCHOOL}/assets/{asset_id}/cost")

    assert "Cost of ownership" in whole
    assert name in models
    assert "£480.00" in models
    assert re.search(r"draws 100 kWh a year, as was measured of it", one)
    assert f"{SCHOOL}/assets/{asset_id}/cost" in await page(
        leader, f"{SCHOOL}/assets/{asset_id}"
    )


async def test_files_hold_what_the_page_shows(product: Product) -> None:
    await new_kit(product)
    manager = await product.signed_in("la-manager", "940")

    text = await manager.ask("GET", f"{AUTHORITY}/costs.csv?category=laptop")
    book = await manager.ask("GET", f"{AUTHORITY}/costs.xlsx")
    listed = await manager.ask("GET", f"{AUTHORITY}/model-costs.csv")

    head, whole, *kinds = text.text.splitlines()
    assert "Counted by" in head
    assert whole.startswith("All,")
    assert [kind.split(",")[1] for kind in kinds] == ["Laptop"]
    assert book.content.startswith(b"PK")
    assert listed.status_code == 200


async def test_nobody_sees_what_another_schools_kit_cost(product: Product) -> None:
    asset_id, name = await new_kit(product, NEXT_DOOR)
    leader = await product.signed_in("school-leader", MINE)

    assert name not in await page(leader, f"{SCHOOL}/model-costs")
    await page(leader, f"/schools/{NEXT_DOOR}/costs", 404)
    await page(leader, f"/schools/{NEXT_DOOR}/assets/{asset_id}/cost", 404)
    await page(leader, f"{AUTHORITY}/costs", 404)
