"""A room is counted by scanning, on pages: with a browser as offices have it."""

import csv
import io
import os
import re
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Browser, Page, expect

from tests.gateway.portal.lists.test_scanning_pages import device
from tests.security.product import MINE, Product, Session, asset

HTML = {"accept": "text/html"}
KIT = "/api/inventory/v1/assets"
TAKES = "/api/inventory/v1/stock-takes"
PAGE = f"/schools/{MINE}/stock-takes"


@pytest.fixture
async def technician(product: Product) -> Session:
    return await product.signed_in("school-technician", MINE)


async def stocked(
    session: Session, room: str | None, count: int, **changes: Any
) -> list[dict[str, Any]]:
    """Register so much kit in a room."""
    items = [
        asset(MINE, tag=f"T-{uuid4().hex[:10]}", serial=None, room=room, **changes)
        for _ in range(count)
    ]
    answer = await session.ask("POST", f"{KIT}/bulk", json={"items": items})
    assert answer.is_success, answer.text
    tags = [item["tag"] for item in items]
    found = await session.ask("GET", KIT, params={"room": room or "", "limit": "200"})
    known = {each["tag"]: each for each in found.json()["items"]}
    return [known[tag] for tag in tags]


async def begun(session: Session, room: str) -> str:
    """Choose a room on its form; say where its stock-take is."""
    form = {"room": room, "once": str(uuid4())}
    done = await session.ask("POST", f"{PAGE}/new", HTML, data=form)
    assert done.status_code == 303, done.text
    where: str = done.headers["location"]
    return where


async def typed(session: Session, where: str, code: str) -> str:
    """Take one code as a browser without scripts does."""
    form = {"code": code, "scan_id": str(uuid4())}
    done = await session.ask("POST", where, HTML, data=form)
    assert done.status_code == 200, done.text
    return done.text


async def told(session: Session, where: str) -> dict[str, Any]:
    which = where.rpartition("/")[2]
    found: dict[str, Any] = (await session.ask("GET", f"{TAKES}/{which}")).json()
    return found


def room() -> str:
    return f"Room {uuid4().hex[:8]}"


async def test_without_scripts_a_room_is_chosen_scanned_and_closed(
    technician: Session,
) -> None:
    here, there = room(), room()
    one, gone = await stocked(technician, here, 2)
    [away] = await stocked(technician, there, 1)
    rooms = (await technician.ask("GET", f"{PAGE}/new", HTML)).text
    assert here in rooms
    assert "No room" in rooms

    where = await begun(technician, here)
    found = await typed(technician, where, one["tag"])
    again = await typed(technician, where, one["tag"])
    moved = await typed(technician, where, away["tag"])
    other = await typed(technician, where, "what-is-this")
    nothing = await technician.ask(
        "POST", where, HTML, data={"code": "", "scan_id": str(uuid4())}
    )

    assert "1 of 2" in found
    assert "Scanned before" in again
    assert f"The register says {there}" in moved
    assert f"/assets/new?tag=what-is-this&amp;room={here.replace(' ', '+')}" in other
    assert nothing.status_code == 422
    end = (await technician.ask("GET", f"{where}/end", HTML)).text
    ticked = f"{away['asset_id']}:1"
    assert f'value="{ticked}" checked' in end
    form = {"version": version_of(end), "move": ticked, "list_missing": "yes"}
    closed = await technician.ask("POST", f"{where}/end", HTML, data=form)
    assert closed.status_code == 303, closed.text
    view = (await technician.ask("GET", where, HTML)).text
    assert "Moved here" in view
    assert 'id="stock-take"' not in view
    stood = (await technician.ask("GET", f"{KIT}/{away['asset_id']}")).json()
    assert stood["room"] == here
    missed = await technician.ask("GET", f"/schools/{MINE}/kit?concern=missed", HTML)
    assert gone["tag"] in missed.text
    assert one["tag"] not in missed.text
    page = await technician.ask(
        "GET", f"/schools/{MINE}/assets/{gone['asset_id']}", HTML
    )
    assert "Seen by people" in page.text
    # What was not ticked is not kept.
    seen = await technician.ask("GET", f"{KIT}/{one['asset_id']}/sighting")
    assert seen.json()["seen_on"] is None


def version_of(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found is not None
    return found[1]


async def test_who_comes_second_to_a_room_joins_who_counts_it(
    product: Product, technician: Session
) -> None:
    here = room()
    where = await begun(technician, here)
    manager = await product.signed_in("la-manager", "940")

    joined = await begun(manager, here.upper())

    assert joined == where
    assert "by you" in (await technician.ask("GET", where, HTML)).text
    assert "by you" not in (await manager.ask("GET", where, HTML)).text
    rooms = (await manager.ask("GET", f"{PAGE}/new", HTML)).text
    assert f'href="{where}">Go on' in rooms


async def test_what_has_changed_meanwhile_is_shown_and_nothing_is_done(
    technician: Session,
) -> None:
    here = room()
    [away, other] = await stocked(technician, room(), 2)
    where = await begun(technician, here)
    await typed(technician, where, away["tag"])
    end = (await technician.ask("GET", f"{where}/end", HTML)).text
    ticked = f"{away['asset_id']}:1"
    form = {"version": version_of(end), "move": ticked}
    await typed(technician, where, other["tag"])

    stale = await technician.ask("POST", f"{where}/end", HTML, data=form)
    form = {"version": version_of(stale.text), "move": ticked}
    step = {"room": "The attic"}
    match = {"if-match": '"1"'}
    moved = f"{KIT}/{away['asset_id']}/move"
    assert (await technician.ask("POST", moved, match, json=step)).is_success
    changed = await technician.ask("POST", f"{where}/end", HTML, data=form)
    form = {"version": version_of(changed.text), "end_as": "abandoned"}
    done = await technician.ask("POST", f"{where}/end", HTML, data=form)
    late = await technician.ask("POST", f"{where}/end", HTML, data=form)

    assert stale.status_code == 412
    assert other["tag"] in stale.text
    assert changed.status_code == 409
    assert f"{away['tag']} has changed: the register says The attic now" in changed.text
    assert done.status_code == 303
    assert late.status_code == 409
    assert "This stock-take was given up on " in late.text
    assert (await told(technician, where))["moved"] == 0


async def test_a_stock_take_is_listed_and_kept_as_a_file(
    product: Product, technician: Session
) -> None:
    here = room()
    [one] = await stocked(technician, here, 1)
    where = await begun(technician, here)
    await typed(technician, where, one["tag"])
    await typed(technician, where, "=cmd")
    leader = await product.signed_in("school-leader", MINE)

    listed = (await leader.ask("GET", PAGE, HTML)).text
    text = (await leader.ask("GET", f"{where}/lines.csv")).content.decode("utf-8-sig")
    book = await leader.ask("GET", f"{where}/lines.xlsx")

    assert f'href="{where}"' in listed
    assert f"{PAGE}/new" not in listed
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["How it stands"], row["Tag"]) for row in rows] == [
        ("Unknown codes", ""),
        ("Found", one["tag"]),
    ]
    assert rows[0]["Code as scanned"] == "'=cmd"
    assert book.content.startswith(b"PK")
    for session, status in ((leader, 403), (technician, 200)):
        assert (await session.ask("GET", f"{where}/end", HTML)).status_code == status
    staff = await product.signed_in("staff", MINE)
    assert (await staff.ask("GET", where, HTML)).status_code in {403, 404}


async def scan(page: Page, *codes: str) -> None:
    """Type codes as a scanner does: fast, each with Enter, and nothing is clicked."""
    for code in codes:
        await page.keyboard.type(code)
        await page.keyboard.press("Enter")


async def test_a_room_of_thirty_is_counted_by_two_devices_one_of_them_offline(
    product: Product, technician: Session, chromium: Browser
) -> None:
    here = room()
    kit = await stocked(technician, here, 29)
    away = await stocked(technician, room(), 3)
    tags = [each["tag"] for each in (*kit[:27], *away)]
    where = await begun(technician, here)
    contexts = [await device(chromium, product, technician) for _ in range(2)]
    pages = [await context.new_page() for context in contexts]
    for page in pages:
        await page.goto(where)
        await expect(page.locator("#code")).to_be_focused()
    first, second = pages

    await scan(first, *tags[:8])
    await contexts[0].set_offline(True)
    # The second device is in the room as well, and scans some of the same.
    await scan(first, *tags[8:20], "UNKNOWN-1")
    await scan(second, *tags[15:30])
    await expect(first.locator("#scan-count")).to_contain_text("offline")
    await contexts[0].set_offline(False)

    await expect(first.locator("#scan-count")).to_contain_text(
        "21 scanned, 0 to be sent.", timeout=60_000
    )
    await expect(second.locator("#scan-count")).to_contain_text(
        "15 scanned, 0 to be sent.", timeout=60_000
    )
    await expect(first.locator("#scan-count")).to_contain_text("27 of 29 found.")
    # What the other device scanned shows without a reload.
    for page in pages:
        figures = page.locator("#figures")
        await expect(figures).to_contain_text("27 of 29", timeout=30_000)
        await expect(page.locator("#lines")).to_contain_text(away[2]["tag"])
    stands = await told(technician, where)
    assert (stands["found"], stands["missing"]) == (27, 2)
    assert (stands["elsewhere"], stands["unknown"]) == (3, 1)

    await first.click("text=Close it")
    await first.uncheck(f'input[value="{away[0]["asset_id"]}:1"]')
    await first.get_by_role("button", name="Close the stock-take").click()
    await expect(first.locator("main")).to_contain_text("2 assets moved here")
    # A device that was away sends what it scanned: none is dropped.
    await scan(second, kit[28]["tag"])
    await expect(second.locator("#scan-list")).to_contain_text("Too late")

    rooms = [
        (await technician.ask("GET", f"{KIT}/{each['asset_id']}")).json()["room"]
        for each in away
    ]
    assert rooms[1:] == [here, here]
    assert rooms[0] != here
    await first.reload()
    await expect(first.locator("#lines")).to_contain_text("Came after the end")
    for context in contexts:
        await context.close()


@pytest.mark.parametrize("width", [1280, 375])
async def test_the_pages_are_for_everybody(
    product: Product, technician: Session, chromium: Browser, axe: str, width: int
) -> None:
    here = room()
    kit = await stocked(technician, here, 3)
    [away] = await stocked(technician, room(), 1, building="Science block")
    [stored] = await stocked(technician, room(), 1, status="in-store")
    where = await begun(technician, here)
    codes = (kit[0]["tag"], away["tag"], stored["tag"], "WHAT-IS-THIS", "AND THIS")
    for code in codes:
        await typed(technician, where, code)
    over = await begun(technician, here + " B")
    end = await technician.ask("GET", f"{over}/end", HTML)
    form = {"version": version_of(end.text), "mark_seen": "yes", "list_missing": "yes"}
    await technician.ask("POST", f"{over}/end", HTML, data=form)
    await typed(technician, over, kit[1]["tag"])
    size = {"width": width, "height": 800}
    context = await device(chromium, product, technician, viewport=size)
    page = await context.new_page()
    paths = {
        "stock-takes": PAGE,
        "stock-take-new": f"{PAGE}/new",
        "stock-take": where,
        "stock-take-end": f"{where}/end",
        "stock-take-closed": over,
        "stock-take-missed": f"/schools/{MINE}/kit?concern=missed",
    }

    for name, path in paths.items():
        await page.goto(path)
        if folder := os.environ.get("PICTURES"):
            await page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
        await page.evaluate(f"() => {{ {axe} }}")
        judged = await page.evaluate("() => axe.run()")
        assert [each["id"] for each in judged["violations"]] == [], (name, width)
        wide = await page.evaluate("() => document.documentElement.scrollWidth")
        assert wide <= width, name
    await context.close()
