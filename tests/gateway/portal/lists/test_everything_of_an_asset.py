"""All that a register tells of kit, as people fill it in and read it."""

from typing import Any
from uuid import uuid4

import pytest

from tests.security.product import MINE, NEXT_DOOR, Product, Session

HTML = {"accept": "text/html"}
ASSETS = "/api/inventory/v1/assets"
HERE = f"/schools/{MINE}/assets"


@pytest.fixture
async def technician(product: Product) -> Session:
    return await product.signed_in("school-technician", MINE)


def filled(**more: Any) -> dict[str, Any]:
    return {
        "once": str(uuid4()),
        "tag": f"E-{uuid4().hex[:8]}",
        "category": "laptop",
        "manufacturer": "Lenovo",
        "model": "L13",
        "room": "ICT 1",
        "building": "Block A",
        "site": "Lower school",
        "detail.memory_gib": "8",
        "detail.processor": "i5-1135G7",
        "price": "£1,589.99",
        "supplier": "Stone",
        "cfr_code": "E20E",
        "purchased_day": "3",
        "purchased_month": "9",
        "purchased_year": "2020",
        "warranty_until": "2/9/2023",
        **more,
    }


async def added(session: Session, **more: Any) -> tuple[str, dict[str, Any]]:
    """Add an asset by the form: its page, and itself."""
    done = await session.ask("POST", f"{HERE}/new", HTML, data=filled(**more))
    assert done.status_code == 303, done.text
    where = done.headers["location"]
    found = await session.ask("GET", f"{ASSETS}/{where.rpartition('/')[2]}")
    return where, found.json()


async def page(session: Session, path: str) -> str:
    answer = await session.ask("GET", path, HTML)
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_all_of_it_is_kept_and_read_as_the_english_write_it(
    technician: Session,
) -> None:
    where, asset = await added(technician)

    assert asset["price_pence"] == 158_999
    assert asset["warranty_until"] == "2023-09-02"
    assert asset["details"] == {"memory_gib": 8, "processor": "i5-1135G7"}
    shown = await page(technician, where)
    for words in (
        *("£1,589.99", "ICT 1, Block A, Lower school", "8 GiB", "i5-1135G7"),
        *("E20E Laptops, desktops and tablets", "2 September 2023", "Ended"),
        *("3 September 2024", "After 4 years", "Due"),
    ):
        assert words in shown, words


async def test_the_form_to_change_it_holds_what_is_saved(technician: Session) -> None:
    where, asset = await added(technician)
    shown = await page(technician, f"{where}/edit")
    for value in ("1,589.99", "2/9/2023", "i5-1135G7", "Stone"):
        assert f'value="{value}"' in shown, value

    change = filled(
        tag=asset["tag"], version=1, status="missing", price="", **{"detail.poe": "yes"}
    )
    change |= {"detail.memory_gib": "16", "detail.processor": ""}
    done = await technician.ask("POST", f"{where}/edit", HTML, data=change)

    assert done.status_code == 303, done.text
    now = (await technician.ask("GET", f"{ASSETS}/{asset['asset_id']}")).json()
    assert (now["status"], now["price_pence"]) == ("missing", None)
    # What another kind of kit has is no field of a laptop's form.
    assert now["details"] == {"memory_gib": 16}
    history = await page(technician, where)
    assert "Memory: 8 → 16" in history
    assert "Price: £1,589.99 → not recorded" in history


async def test_the_fields_of_the_chosen_kind_are_shown_and_nothing_is_lost(
    technician: Session,
) -> None:
    form = filled(category="printer", show_fields="yes")

    shown = await technician.ask("POST", f"{HERE}/new", HTML, data=form)

    assert shown.status_code == 200
    assert "Largest paper" in shown.text
    assert "Memory" not in shown.text
    assert f'value="{form["tag"]}"' in shown.text


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("price", "cheap", "Enter a price in pounds, like 589.99"),
        ("warranty_until", "31/2/2026", "Enter a real date, like 3/9/2026"),
        ("detail.memory_gib", "lots", "Give a number (GiB) from 0 to 65,536"),
        ("detail.memory_gib", "nan", "Give a number (GiB) from 0 to 65,536"),
        ("detail.memory_gib", "1e999", "Give a number (GiB) from 0 to 65,536"),
        ("support_until", "1/1/" + "9" * 5_000, "Enter a real date, like 3/9/2026"),
        ("price", "9" * 5_000, "Enter a price in pounds, like 589.99"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field(
    technician: Session, field: str, typed: str, said: str
) -> None:
    answer = await technician.ask(
        "POST", f"{HERE}/new", HTML, data=filled(**{field: typed})
    )

    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{typed}"' in answer.text


async def test_a_move_names_room_building_and_site_and_is_taken_back(
    technician: Session,
) -> None:
    where, asset = await added(technician)
    form = {"version": 1, "room": "Hall", "building": "", "site": "Upper school"}

    done = await technician.ask("POST", f"{where}/move", HTML, data=form)

    assert done.status_code == 303, done.text
    now = (await technician.ask("GET", f"{ASSETS}/{asset['asset_id']}")).json()
    assert [now[name] for name in ("room", "building", "site")] == [
        *("Hall", None, "Upper school")
    ]


async def test_what_is_retired_is_disposed_of_with_day_and_way(
    technician: Session,
) -> None:
    where, _ = await added(technician)
    early = await technician.ask("GET", f"{where}/dispose", HTML)
    assert early.status_code == 409
    await technician.ask("POST", f"{where}/retire", HTML, data={"version": 1})
    assert "Day on which it left" in await page(technician, f"{where}/dispose")
    empty = await technician.ask("POST", f"{where}/dispose", HTML, data={"version": 2})
    assert empty.status_code == 422
    assert "Enter the day on which it left" in empty.text
    assert "Choose how it left" in empty.text

    form = {"version": 2, "on": "20/7/2026", "method": "recycled", "reference": "W 88"}
    done = await technician.ask("POST", f"{where}/dispose", HTML, data=form)

    assert done.status_code == 303, done.text
    shown = await page(technician, where)
    for words in (
        "Disposed of",
        "20 July 2026",
        "Recycled as electrical waste",
        "W 88",
    ):
        assert words in shown, words
    back = await technician.ask("POST", f"{where}/reinstate", HTML, data={"version": 3})
    assert back.status_code == 303
    assert "Dispose of it" in await page(technician, where)


async def test_who_only_reads_and_who_is_elsewhere_disposes_of_nothing(
    technician: Session, product: Product
) -> None:
    where, _ = await added(technician)
    await technician.ask("POST", f"{where}/retire", HTML, data={"version": 1})
    form = {"version": 2, "on": "20/7/2026", "method": "recycled"}
    leader = await product.signed_in("school-leader", MINE)
    neighbour = await product.signed_in("school-technician", NEXT_DOOR)

    for session, status in ((leader, 403), (neighbour, 404)):
        read = await session.ask("GET", f"{where}/dispose", HTML)
        sent = await session.ask("POST", f"{where}/dispose", HTML, data=form)
        assert (read.status_code, sent.status_code) == (status, status)
