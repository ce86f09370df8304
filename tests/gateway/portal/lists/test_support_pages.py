"""Until when what machines run is supported: the pages of a school and an LA."""

from uuid import uuid4

import pytest

from tests.security.product import FAR_AWAY, MINE, NEXT_DOOR, Product, Session, asset

HTML = {"accept": "text/html"}
SCHOOL, AUTHORITY = f"/schools/{MINE}", "/authorities/940"
VISTA = {"operating_system": "Microsoft Windows Vista Business"}


async def page(session: Session, path: str, status: int = 200) -> str:
    answer = await session.ask("GET", path, HTML)
    assert answer.status_code == status, answer.text
    return answer.text


async def add(product: Product, urn: int = MINE, **told: object) -> dict[str, str]:
    """Let a school have a machine more."""
    technician = await product.signed_in("school-technician", urn)
    tag = uuid4().hex
    kit = asset(urn, **{"tag": tag, "serial": uuid4().hex, **told})
    answer = await technician.ask("POST", "/api/inventory/v1/assets", json=kit)
    assert answer.status_code == 201, answer.text
    found: dict[str, str] = answer.json()
    return found


async def test_a_school_sees_what_is_out_of_support(product: Product) -> None:
    odd = {"operating_system": uuid4().hex, "os_version": "<b>"}
    await add(product, details=VISTA)
    await add(product, details=odd)
    leader = await product.signed_in("school-leader", MINE)

    shown = await page(leader, f"{SCHOOL}/support")

    assert "Windows Vista" in shown
    assert "11 April 2017" in shown
    assert f"{odd['operating_system']} &lt;b&gt;" in shown
    assert "/systems?product=windows&amp;cycle=6-sp2&amp;state=ended" in shown
    assert "By school" not in shown


async def test_the_machines_behind_a_figure_are_listed(product: Product) -> None:
    made = await add(product, details=VISTA, room=f"Room {uuid4().hex[:8]}")
    technician = await product.signed_in("school-technician", MINE)
    where = f"product=windows&cycle=6-sp2&state=ended&room={made['room']}"

    shown = await page(technician, f"{SCHOOL}/systems?{where}")
    file = await page(technician, f"{SCHOOL}/systems.csv?{where}")
    none = await page(technician, f"{SCHOOL}/systems?{where}&cycle=7-sp1")

    assert f"/assets/{made['asset_id']}" in shown
    assert "1 machine in use that matches" in shown
    assert f"{made['tag']},{made['manufacturer']} {made['model']},Laptop" in file
    assert "Windows Vista,Out of support,11/04/2017" in file
    assert "Nothing matches" in none


async def test_an_la_sees_its_schools_beside_each_other(product: Product) -> None:
    await add(product, NEXT_DOOR, details=VISTA)
    manager = await product.signed_in("la-manager", "940")

    shown = await page(manager, f"{AUTHORITY}/support")
    csv = await page(manager, f"{AUTHORITY}/support.csv")

    assert "By school, where most is out of support first" in shown
    assert f'href="/schools/{NEXT_DOOR}/support"' in shown
    assert f'href="/schools/{NEXT_DOOR}/systems?state=ended"' in shown
    assert "System,Windows Vista,Out of support,11/04/2017," in csv
    for path in (
        *(f"{SCHOOL}/support.xlsx", f"{AUTHORITY}/support.xlsx"),
        *(f"{AUTHORITY}/systems.csv", f"{AUTHORITY}/systems.xlsx"),
    ):
        await manager.ask("GET", path)


async def test_an_asset_says_how_what_it_runs_is_supported(product: Product) -> None:
    vista = await add(product, details=VISTA)
    silent = await add(product)
    printer = await add(product, category="printer")
    technician = await product.signed_in("school-technician", MINE)

    def path(made: dict[str, str]) -> str:
        return f"{SCHOOL}/assets/{made['asset_id']}"

    shown = await page(technician, path(vista))
    assert "Support of what it runs" in shown
    assert "Windows Vista" in shown
    assert "does not say which operating system" in await page(technician, path(silent))
    assert "Support of what it runs" not in await page(technician, path(printer))


@pytest.mark.parametrize("tail", ["support", "support.csv", "systems", "systems.csv"])
async def test_another_schools_support_is_not_there(
    product: Product, tail: str
) -> None:
    technician = await product.signed_in("school-technician", MINE)
    staff = await product.signed_in("staff", MINE)

    await page(technician, f"/schools/{FAR_AWAY}/{tail}", 404)
    await page(staff, f"{SCHOOL}/{tail}", 403)


@pytest.mark.parametrize("tail", ["support", "support.xlsx", "systems"])
async def test_an_las_support_is_of_those_who_work_for_it(
    product: Product, tail: str
) -> None:
    technician = await product.signed_in("school-technician", MINE)
    stranger = await product.signed_in("la-manager", "941")

    await page(technician, f"{AUTHORITY}/{tail}", 404)
    await page(stranger, f"{AUTHORITY}/{tail}", 404)
