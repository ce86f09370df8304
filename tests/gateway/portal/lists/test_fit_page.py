"""Will it run? The page that asks, what it answers, and what it refuses by field."""

from uuid import uuid4

import pytest

from gateway.portal.fit import model
from gateway.portal.fit.schemas import FitQuery
from tests.gateway.portal.lists.test_support_pages import add, page
from tests.security.product import FAR_AWAY, MINE, Product

PATH = f"/schools/{MINE}/will-it-run"
TEN = {
    "operating_system": "Microsoft Windows 10 Pro",
    "os_version": "22H2",
    "memory_gib": 4,
}


async def test_nothing_is_judged_before_something_is_asked(product: Product) -> None:
    leader = await product.signed_in("school-leader", MINE)

    shown = await page(leader, PATH)

    assert "Nothing is asked yet" in shown
    assert "By room and kind" not in shown
    await page(leader, f"{PATH}.csv", 422)


async def test_each_machine_says_what_it_lacks_and_its_mend(product: Product) -> None:
    room = f"Room {uuid4().hex[:8]}"
    made = await add(product, details=TEN, room=room)
    technician = await product.signed_in("school-technician", MINE)
    asked = f"system=windows&memory_gib=8&memory_price=%C2%A341.50&room={room}"

    shown = await page(technician, f"{PATH}?{asked}")
    file = await page(technician, f"{PATH}.csv?{asked}")

    assert f"/assets/{made['asset_id']}" in shown
    assert "more memory, £41.50" in shown
    assert f"{made['tag']},{made['manufacturer']} {made['model']},Laptop" in file
    assert "Does not run,memory,,more memory,41.5" in file


async def test_a_room_without_machines_says_so(product: Product) -> None:
    technician = await product.signed_in("school-technician", MINE)

    shown = await page(technician, f"{PATH}?memory_gib=8&room={uuid4().hex}")

    assert "No machine in use is in that room or of that kind." in shown


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("memory_gib=much", "Enter memory in GiB, like 8"),
        ("memory_gib=-1", "Enter memory in GiB, like 8"),
        ("memory_gib=NaN", "Enter memory in GiB, like 8"),
        ("storage_gb=1e99", "Enter storage in GB, like 128"),
        ("system=windows&release=0", "Enter the release as a number, like 11"),
        ("system=windows&release=10.5", "Enter the release as a number, like 11"),
        ("memory_gib=8&memory_price=dear", "Enter a price in pounds"),
        ("memory_gib=8&room=" + "x" * 81, "Enter a room of at most 80"),
    ],
)
async def test_what_cannot_be_is_said_at_its_field(
    product: Product, asked: str, words: str
) -> None:
    technician = await product.signed_in("school-technician", MINE)

    shown = await page(technician, f"{PATH}?{asked}", 422)

    assert words in shown
    assert "There is a problem" in shown


async def test_another_schools_machines_are_not_asked(product: Product) -> None:
    technician = await product.signed_in("school-technician", MINE)
    staff = await product.signed_in("staff", MINE)

    await page(technician, f"/schools/{FAR_AWAY}/will-it-run?memory_gib=8", 404)
    await page(staff, f"{PATH}?memory_gib=8", 403)


def test_a_form_is_read_as_the_service_takes_it() -> None:
    query = FitQuery(
        system="windows",
        release="11",
        memory_gib="8",
        storage_gb="1,000",
        listed_processor="yes",
        category="toaster",
        memory_price="£41.50",
    )

    found = model.asked(query)

    assert found.problems == {}
    assert found.is_asked
    assert found.params == {
        "system": "windows",
        "release": "11",
        "memory_gib": "8",
        "storage_gb": "1000",
        "listed_processor": "true",
        "memory_pence": "4150",
    }
