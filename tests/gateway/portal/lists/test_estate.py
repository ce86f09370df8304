"""How the kit of a school and an LA stands, on its pages, files, pictures and lists."""

import re
from uuid import uuid4

import pytest

from tests.security.product import FAR_AWAY, MINE, NEXT_DOOR, Product, Session, asset

HTML = {"accept": "text/html"}
SCHOOL, AUTHORITY = f"/schools/{MINE}", "/authorities/940"


async def page(session: Session, path: str, status: int = 200) -> str:
    answer = await session.ask("GET", path, HTML)
    assert answer.status_code == status, answer.text
    return answer.text


async def add(product: Product, urn: int = MINE, **told: object) -> str:
    """Let a school have a piece of kit more; say its tag."""
    technician = await product.signed_in("school-technician", urn)
    tag = uuid4().hex
    kit = asset(urn, **{"tag": tag, "serial": uuid4().hex, **told})
    answer = await technician.ask("POST", "/api/inventory/v1/assets", json=kit)
    assert answer.status_code == 201, answer.text
    return tag


def row(text: str, name: str) -> list[str]:
    """Read the figures of a table's row, without what only a screen reader says."""
    found = re.search(rf'<th scope="row">{name}</th>(.*?)</tr>', text, re.DOTALL)
    assert found, text
    cells = re.findall(r"<td.*?>(.*?)</td>", found[1], re.DOTALL)
    bare = [re.sub(r"<span class=\"govuk-vis.*?</span>", "", each) for each in cells]
    return [re.sub(r"<[^>]+>", "", each).strip() for each in bare]


async def test_a_school_sees_its_kit_by_age_room_and_kind(product: Product) -> None:
    room = f"Room {uuid4().hex[:8]}"
    await add(product, room=room, purchased_on="2005-09-01")
    leader = await product.signed_in("school-leader", MINE)

    shown = await page(leader, f"{SCHOOL}/estate")

    assert row(shown, room) == ["1", "1"]
    assert "Kit in use by whole years since its purchase" in shown
    assert "Column chart: kit in use by age." in shown
    assert f'href="{SCHOOL}/today"' in shown
    assert "/assets/new" not in shown
    # Whatever the case of the room that a link names, its kit is behind it.
    where = f"{SCHOOL}/kit?room={room.upper()}&concern=past-life"
    assert "1 asset in use that match" in await page(leader, where)


async def test_one_kind_is_counted_alone_and_none_leads_back(product: Product) -> None:
    await add(product, category="scanner")
    technician = await product.signed_in("school-technician", MINE)

    one = await page(technician, f"{SCHOOL}/estate?category=scanner")
    none = await page(technician, f"{SCHOOL}/estate?category=music-media")
    unknown = await page(technician, f"{SCHOOL}/estate?category=toaster")

    assert "scanner only" in one
    assert "In use or not" not in one
    assert "No kit of this kind is in use" in none
    assert f'href="{SCHOOL}/estate">Count every kind' in none
    assert "In use or not" in unknown


async def test_a_school_without_kit_is_told_what_to_do(product: Product) -> None:
    technician = await product.signed_in("school-technician", FAR_AWAY)
    asked = {"school": FAR_AWAY, "limit": 200}
    listed = "/api/inventory/v1/assets"
    held = (await technician.ask("GET", listed, params=asked)).json()["items"]
    for each in held:
        path = f"{listed}/{each['asset_id']}/retire"
        version = {"if-match": f'"{each["version"]}"'}
        await technician.ask("POST", path, version)

    shown = await page(technician, f"/schools/{FAR_AWAY}/estate")
    day = await page(technician, f"/schools/{FAR_AWAY}/today")
    kit = await page(technician, f"/schools/{FAR_AWAY}/kit")

    assert "No kit in use yet" in shown
    assert f'href="/schools/{FAR_AWAY}/assets/new"' in shown
    assert "No kit recorded" in day
    assert "No kit in use yet" in kit


async def test_the_la_sees_its_schools_beside_each_other(product: Product) -> None:
    await add(product, NEXT_DOOR)
    manager = await product.signed_in("la-manager", "940")

    estate = await page(manager, f"{AUTHORITY}/estate")
    health = await page(manager, f"{AUTHORITY}/health?sort=-health")
    mapped = await page(manager, f"{AUTHORITY}/map?colour=estate")

    assert "Kit in use by room" not in estate
    assert f'href="{AUTHORITY}/health"' in estate
    assert f'href="/schools/{NEXT_DOOR}/estate"' in health
    assert 'name="school"' not in health
    assert "How estate health is worked out" in health
    assert "by estate health" in mapped
    assert f'href="/schools/{NEXT_DOOR}/estate"' in mapped
    none = await page(manager, f"{AUTHORITY}/health?q=nothing-is-called-so")
    assert "Nothing matches" in none


async def test_a_day_says_what_changed_runs_out_and_is_missing(
    product: Product,
) -> None:
    tag = await add(product, serial=None)
    technician = await product.signed_in("school-technician", MINE)
    manager = await product.signed_in("la-manager", "940")

    shown = await page(technician, f"{SCHOOL}/today")
    home = await page(technician, SCHOOL)

    assert "My school today" in shown
    assert tag in shown
    assert int(row(shown, "No serial number")[0]) >= 1
    assert "My school today" in home
    assert "This school today" in await page(manager, f"{SCHOOL}/today")
    missing = await page(technician, f"{SCHOOL}/kit?concern=no-serial")
    assert tag in missing


async def test_figures_and_lists_are_kept_as_files(product: Product) -> None:
    await add(product, room="=1+1")
    manager = await product.signed_in("la-manager", "940")

    csv = await page(manager, f"{SCHOOL}/estate.csv")
    assert csv.lstrip("\ufeff").startswith("Counted by,What,Assets")
    assert "'=1+1" in csv
    for path in (
        *(f"{SCHOOL}/estate.xlsx", f"{SCHOOL}/kit.csv", f"{SCHOOL}/kit.xlsx"),
        *(f"{AUTHORITY}/estate.csv", f"{AUTHORITY}/estate.xlsx"),
        *(
            f"{AUTHORITY}/kit.csv",
            f"{AUTHORITY}/health.csv",
            f"{AUTHORITY}/health.xlsx",
        ),
    ):
        answer = await manager.ask("GET", path)
        assert answer.status_code == 200, path
        assert "attachment" in answer.headers["content-disposition"]


async def test_what_cannot_be_drawn_is_no_picture(product: Product) -> None:
    manager = await product.signed_in("la-manager", "940")

    await page(manager, f"{SCHOOL}/estate/ages.svg?category=music-media", 404)
    await page(manager, f"{AUTHORITY}/estate/rooms.svg", 404)
    answer = await manager.ask("GET", f"{AUTHORITY}/estate/kinds.svg")
    assert answer.headers["content-type"].startswith("image/svg+xml")


@pytest.mark.parametrize("tail", ["estate", "today", "kit", "estate.csv"])
async def test_another_schools_estate_is_not_there(product: Product, tail: str) -> None:
    technician = await product.signed_in("school-technician", MINE)
    staff = await product.signed_in("staff", MINE)

    await page(technician, f"/schools/{NEXT_DOOR}/{tail}", 404)
    await page(staff, f"{SCHOOL}/{tail}", 403)


@pytest.mark.parametrize("tail", ["estate", "health", "kit", "estate/ages.svg"])
async def test_an_las_estate_is_of_those_who_work_for_it(
    product: Product, tail: str
) -> None:
    technician = await product.signed_in("school-technician", MINE)
    manager = await product.signed_in("la-manager", "940")

    await page(technician, f"{AUTHORITY}/{tail}", 404)
    await page(manager, f"/authorities/941/{tail}", 404)
