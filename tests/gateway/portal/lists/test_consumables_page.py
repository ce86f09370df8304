"""What a school uses up, as people add it, order it, take it and count it."""

from uuid import uuid4

import pytest

from tests.security.product import MINE, NEXT_DOOR, Product, Session

HTML = {"accept": "text/html"}
ROOT = f"/schools/{MINE}/consumables"


@pytest.fixture
async def technician(product: Product) -> Session:
    return await product.signed_in("school-technician", MINE)


async def page_of_new(session: Session, name: str = "") -> str:
    form = {"name": name or f"Toner {uuid4().hex[:8]}", "category": "toner"}
    done = await session.ask("POST", f"{ROOT}/new", HTML, data=form)
    assert done.status_code == 303, done.text
    where: str = done.headers["location"]
    return where


async def ordered(session: Session, page: str, quantity: str, came: str) -> None:
    form = {
        "ordered_on": "1/9/2026",
        "received_on": came,
        "quantity": quantity,
        "price": "54.99",
        "supplier": "KCS",
    }
    done = await session.ask("POST", f"{page}/order", HTML, data=form)
    assert done.status_code == 303, done.text


async def test_it_is_added_ordered_taken_and_taken_back(technician: Session) -> None:
    page = await page_of_new(technician)
    await ordered(technician, page, "5", "7/9/2026")
    taken = {"quantity": "2", "used_on": "9/9/2026", "used_for": "Room 12"}

    done = await technician.ask("POST", f"{page}/use", HTML, data=taken)

    assert done.status_code == 303, done.text
    shown = (await technician.ask("GET", page, HTML)).text
    for words in ("£164.97", "£109.98", "Room 12", "KCS", "9 September 2026"):
        assert words in shown, words
    path = f"/api/inventory/v1/consumables/{page.rpartition('/')[2]}"
    [use] = (await technician.ask("GET", f"{path}/uses")).json()["items"]
    undo = f"{page}/uses/{use['use_id']}/undo"
    assert (await technician.ask("POST", undo, HTML)).status_code == 303
    assert (await technician.ask("POST", undo, HTML)).status_code == 303
    assert (await technician.ask("GET", path)).json()["on_hand"] == 5
    assert "Was taken back" in (await technician.ask("GET", page, HTML)).text


async def test_more_than_there_is_is_said_with_what_is_there(
    technician: Session,
) -> None:
    page = await page_of_new(technician)
    await ordered(technician, page, "1", "7/9/2026")
    form = {"quantity": "3", "used_on": "9/9/2026", "used_for": "The hall"}

    refused = await technician.ask("POST", f"{page}/use", HTML, data=form)

    assert refused.status_code == 409
    assert "3 are asked for, and 1 is there now" in refused.text
    assert "The hall" in refused.text


async def test_an_order_comes_in_part_and_the_rest_is_cancelled(
    technician: Session,
) -> None:
    page = await page_of_new(technician)
    await ordered(technician, page, "10", "")
    path = f"/api/inventory/v1/consumables/{page.rpartition('/')[2]}"
    [line] = (await technician.ask("GET", f"{path}/lines")).json()["items"]
    part = {"received_on": "8/9/2026", "quantity": "6"}

    where = f"{page}/lines/{line['line_id']}"
    done = await technician.ask("POST", f"{where}/receive", HTML, data=part)

    assert done.status_code == 303, done.text
    lines = (await technician.ask("GET", f"{path}/lines")).json()["items"]
    [rest] = [each for each in lines if each["received_on"] is None]
    where = f"{page}/lines/{rest['line_id']}"
    done = await technician.ask("POST", f"{where}/cancel", HTML)
    assert done.status_code == 303, done.text
    stands = (await technician.ask("GET", path)).json()
    assert (stands["on_hand"], stands["on_order"]) == (6, 0)
    wrong = await technician.ask("POST", f"{where}/receive", HTML, data=part)
    assert wrong.status_code == 409
    assert "This order line was cancelled" in wrong.text


async def test_it_is_counted_and_changed(technician: Session) -> None:
    page = await page_of_new(technician)
    form = {"counted": "7", "counted_on": "9/9/2026", "note": "What was there"}

    counted = await technician.ask(
        "POST", f"{page}/count", HTML, data=form | {"version": "1", "price": "2"}
    )
    stale = await technician.ask(
        "POST", f"{page}/count", HTML, data=form | {"version": "1"}
    )

    assert counted.status_code == 303, counted.text
    assert stale.status_code == 412
    assert "7 should be there" in stale.text
    edit = (await technician.ask("GET", f"{page}/edit", HTML)).text
    assert 'value="each"' in edit
    said = {"name": "Renamed", "category": "tape", "lead_time_days": "14"}
    changed = await technician.ask(
        "POST",
        f"{page}/edit",
        HTML,
        data=said | {"minimum": "3", "fits": "A\r\nB\r\nA", "version": "2"},
    )
    assert changed.status_code == 303, changed.text
    path = f"/api/inventory/v1/consumables/{page.rpartition('/')[2]}"
    told = (await technician.ask("GET", path)).json()
    assert (told["name"], told["fits"], told["minimum"]) == ("Renamed", ["A", "B"], 3)
    assert told["value_pence"] == 1_400


@pytest.mark.parametrize(
    ("step", "form", "says"),
    [
        ("use", {"quantity": "two"}, "Enter how many are taken"),
        ("use", {"used_on": "31/2/2026"}, "Enter a real date"),
        (
            "use",
            {"quantity": "1", "used_on": "9/9/2026", "asset_tag": "none"},
            "No asset",
        ),
        ("order", {"quantity": "1"}, "Enter the price of one"),
        ("count", {"counted": "1", "counted_on": "9/9/2026"}, "Say why"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field(
    technician: Session, step: str, form: dict[str, str], says: str
) -> None:
    page = await page_of_new(technician)
    await ordered(technician, page, "5", "7/9/2026")

    answer = await technician.ask("POST", f"{page}/{step}", HTML, data=form)

    assert answer.status_code == 422, answer.text
    assert says in answer.text


async def test_the_list_and_the_next_order_say_what_is_due(
    product: Product, technician: Session
) -> None:
    name = f"=Lamp {uuid4().hex[:8]}"
    page = await page_of_new(technician, name)

    listed = await technician.ask("GET", f"{ROOT}?q={name[6:]}&state=out", HTML)
    order = await technician.ask("GET", f"{ROOT}/next-order?months=4", HTML)
    file = await technician.ask("GET", f"{ROOT}.csv?q={name[6:]}", HTML)
    asked = await technician.ask("GET", f"{ROOT}/next-order.csv", HTML)
    manager = await product.signed_in("la-manager", "940")
    of_la = await manager.ask("GET", f"/authorities/940/consumables?q={name[6:]}", HTML)

    assert page in listed.text
    assert "None left" in listed.text
    assert order.status_code == 200
    assert "4 months of school" in order.text
    assert f"'{name}" in file.text
    assert asked.headers["content-type"].startswith("text/csv")
    assert page in of_la.text


async def test_who_only_reads_is_offered_no_step(product: Product) -> None:
    technician = await product.signed_in("school-technician", MINE)
    page = await page_of_new(technician)
    await ordered(technician, page, "5", "7/9/2026")
    leader = await product.signed_in("school-leader", MINE)
    other = await product.signed_in("school-technician", NEXT_DOOR)

    shown = await leader.ask("GET", page, HTML)

    assert "Take some" not in shown.text
    assert "Cancel it" not in shown.text
    for path in (f"{page}/order", f"{page}/count", f"{page}/edit", f"{ROOT}/new"):
        assert (await leader.ask("GET", path, HTML)).status_code == 403
    assert (await other.ask("GET", page, HTML)).status_code == 404
