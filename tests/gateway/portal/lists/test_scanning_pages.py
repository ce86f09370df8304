"""Kit goes out and comes in by scanning: one code a form, or with nothing to click."""

from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Browser, BrowserContext, expect

from tests.security.product import MINE, Product, Session, asset

HTML = {"accept": "text/html"}
ASSETS = "/api/inventory/v1/assets"
PAGE = f"/schools/{MINE}/scan"
EACH = 100
"""So many codes does each of two devices scan."""


@pytest.fixture
async def technician(product: Product) -> Session:
    return await product.signed_in("school-technician", MINE)


async def device(
    chromium: Browser, product: Product, session: Session, **options: Any
) -> BrowserContext:
    """Open a browser in which somebody is signed in."""
    context = await chromium.new_context(base_url=product.url, **options)
    cookies = session.browser.cookies
    await context.add_cookies(
        [
            {"name": name, "value": value, "url": "https://127.0.0.1/", "secure": True}
            for name, value in cookies.items()
        ]
    )
    return context


async def kit(session: Session, count: int) -> list[str]:
    """Register so much kit; say its tags."""
    tags = [f"S-{uuid4().hex[:10]}" for _ in range(count)]
    items = [asset(MINE, tag=tag, serial=None) for tag in tags]
    answer = await session.ask("POST", f"{ASSETS}/bulk", json={"items": items})
    assert answer.is_success, answer.text
    return tags


async def held_by(session: Session, holder: str) -> list[str]:
    """Say the tags of what somebody has."""
    asked = {"holder": holder, "state": "out", "limit": "200"}
    found = await session.ask("GET", "/api/inventory/v1/custodies", params=asked)
    return [each["tag"] for each in found.json()["items"]]


def form(code: str, **more: str) -> dict[str, str]:
    ids = {"scan_id": str(uuid4()), "session": str(uuid4())}
    return {"action": "issue", "holder_name": "Amy", "code": code, **ids, **more}


async def test_without_scripts_each_form_takes_one_code(technician: Session) -> None:
    [tag] = await kit(technician, 1)
    assert "Scan kit out and in" in (await technician.ask("GET", PAGE, HTML)).text
    first = form(tag, holder_name=f"Amy {tag}", due_on="1/2/2099")

    done = await technician.ask("POST", PAGE, HTML, data=first)
    repeat = await technician.ask("POST", PAGE, HTML, data=first)
    wrong = await technician.ask("POST", PAGE, HTML, data=form("", holder_name=""))
    other = await technician.ask("POST", PAGE, HTML, data=form(tag))

    assert ("Done" in done.text, f'value="Amy {tag}"' in done.text) == (True, True)
    assert "Done before" in repeat.text
    assert wrong.status_code == 422
    assert "Scan or type a tag" in wrong.text
    assert "Say who gets it" in wrong.text
    assert f"Amy {tag} has it since" in other.text
    assert await held_by(technician, f"Amy {tag}") == [tag]


async def test_a_conflict_is_shown_side_by_side_and_settled(
    technician: Session,
) -> None:
    [tag] = await kit(technician, 1)
    where = f"{PAGE}/conflicts"
    await technician.ask("POST", PAGE, HTML, data=form(tag, holder_name=f"A {tag}"))
    late = form(tag, holder_name=f"B {tag}")
    await technician.ask("POST", PAGE, HTML, data=late)

    shown = (await technician.ask("GET", where, HTML)).text
    taken = {"scan_id": late["scan_id"], "settle_as": "taken"}
    done = await technician.ask("POST", where, HTML, data=taken)
    again = await technician.ask("POST", where, HTML, data=taken)

    assert f"Out to B {tag}" in shown
    assert f"A {tag} has it since" in shown
    assert done.status_code == 303
    assert again.status_code == 409
    assert await held_by(technician, f"B {tag}") == [tag]


async def test_who_only_reads_does_not_scan(product: Product) -> None:
    leader = await product.signed_in("school-leader", MINE)

    assert (await leader.ask("GET", PAGE, HTML)).status_code == 403
    assert (await leader.ask("POST", PAGE, HTML, data=form("X"))).status_code == 403
    assert (await leader.ask("GET", f"{PAGE}/conflicts", HTML)).status_code == 200


async def test_two_devices_scan_and_one_is_offline_in_the_middle(
    product: Product, technician: Session, chromium: Browser
) -> None:
    tags = await kit(technician, 2 * EACH)
    holders = [f"Class {uuid4().hex[:6]}" for _ in range(2)]
    contexts = [await device(chromium, product, technician) for _ in holders]
    pages = [await context.new_page() for context in contexts]
    for page, holder in zip(pages, holders, strict=True):
        await page.goto(PAGE)
        await page.fill("#holder_name", holder)
        # As a card that is scanned ends with Enter.
        await page.press("#holder_name", "Enter")

    for number in range(EACH):
        if number == EACH // 3:
            await contexts[0].set_offline(True)
        for at, page in enumerate(pages):
            await page.keyboard.type(tags[at * EACH + number])
            await page.keyboard.press("Enter")
        if number == 2 * EACH // 3:
            await expect(pages[0].locator("#scan-count")).to_contain_text("offline")
            await contexts[0].set_offline(False)

    for page in pages:
        said = page.locator("#scan-count")
        await expect(said).to_have_text(
            f"{EACH} scanned, 0 to be sent.", timeout=60_000
        )
    for at, holder in enumerate(holders):
        mine = tags[at * EACH : (at + 1) * EACH]
        assert sorted(await held_by(technician, holder)) == sorted(mine)
    # What came in between is in the history once.
    found = await technician.ask("GET", f"{ASSETS}?q={tags[0]}")
    one = f"{ASSETS}/{found.json()['items'][0]['asset_id']}/custody"
    assert len((await technician.ask("GET", one)).json()["items"]) == 1


@pytest.mark.parametrize(
    ("field", "wrong", "right", "said"),
    [
        ("#due_on", "31/2/2027", "28/2/2027", "Enter a real date"),
        ("#holder_name", "A" * 121, "Class 4", "Shorten who gets it"),
        ("#code", "C" * 301, None, "That is no code of a thing"),
    ],
)
async def test_what_cannot_be_read_never_stands_before_the_next_scan(
    product: Product,
    technician: Session,
    chromium: Browser,
    field: str,
    wrong: str,
    right: str | None,
    said: str,
) -> None:
    first, second = await kit(technician, 2)
    page = await (await device(chromium, product, technician)).new_page()
    await page.goto(PAGE)
    await page.fill("#holder_name", f"Class {uuid4().hex[:6]}")
    await page.fill(field, wrong)
    if right is not None:
        await page.fill("#code", first)
    await page.press("#code", "Enter")
    count = page.locator("#scan-count")
    await expect(count).to_have_text(said)

    if right is not None:
        await page.fill(field, right)
    await page.fill("#code", second)
    await page.press("#code", "Enter")

    await expect(count).to_have_text("1 scanned, 0 to be sent.", timeout=60_000)


@pytest.mark.parametrize("width", [1280, 375])
async def test_the_pages_are_for_everybody(
    product: Product, technician: Session, chromium: Browser, axe: str, width: int
) -> None:
    [tag] = await kit(technician, 1)
    await technician.ask("POST", PAGE, HTML, data=form(tag, holder_name=f"A {tag}"))
    await technician.ask("POST", PAGE, HTML, data=form(tag, holder_name=f"B {tag}"))
    found = await technician.ask("GET", f"{ASSETS}?q={tag}")
    one = f"/schools/{MINE}/assets/{found.json()['items'][0]['asset_id']}/custody"
    size = {"width": width, "height": 800}
    context = await device(chromium, product, technician, viewport=size)
    page = await context.new_page()
    paths = {
        "scan": PAGE,
        "conflicts": f"{PAGE}/conflicts",
        "custody": one,
        "loans": f"/schools/{MINE}/custody",
        "holder": f"/schools/{MINE}/holders?name=A+{tag}",
    }

    for name, path in paths.items():
        await page.goto(path)
        await page.evaluate(f"() => {{ {axe} }}")
        judged = await page.evaluate("() => axe.run()")
        assert [each["id"] for each in judged["violations"]] == [], (name, width)
        wide = await page.evaluate("() => document.documentElement.scrollWidth")
        assert wide <= width, name
