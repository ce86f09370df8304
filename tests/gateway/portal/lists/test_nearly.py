"""What is written nowhere just so is found with one letter wrong, and said to be so."""

from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from tests.security.product import MINE, NEXT_DOOR, Product, Session, asset

HTML = {"accept": "text/html"}
LIST = f"/schools/{MINE}/assets"


async def registered(session: Session, urn: int, tag: str) -> None:
    kit = asset(urn, tag=tag)
    answer = await session.ask("POST", "/api/inventory/v1/assets", json=kit)
    assert answer.status_code == 201, answer.text


async def test_a_list_leads_to_what_is_written_nearly_so(product: Product) -> None:
    technician = await product.signed_in("school-technician", MINE)
    tag = f"near-{uuid4().hex[:10]}"
    slip = tag[:7] + "?" + tag[7:]
    await registered(technician, MINE, tag)

    led = await technician.ask("GET", f"{LIST}?q={slip}&sort=model", HTML)

    assert led.status_code == 303
    asked = parse_qs(urlsplit(led.headers["location"]).query)
    assert asked == {"q": [slip], "match": ["near"], "sort": ["model"]}
    page = await technician.ask("GET", led.headers["location"], HTML)
    assert f"None is written as “{slip}”" in page.text
    assert f">{tag}</a>" in page.text
    assert "Spelling: but for one letter" in page.text
    # The file is of the same list, and the words of the next search are their own.
    file = await technician.ask("GET", f"{LIST}.csv?q={slip}&match=near", HTML)
    assert tag in file.text
    assert 'name="match"' not in page.text


async def test_what_is_written_so_is_not_guessed(product: Product) -> None:
    technician = await product.signed_in("school-technician", MINE)
    tag = f"just-{uuid4().hex[:10]}"
    await registered(technician, MINE, tag)

    page = await technician.ask("GET", f"{LIST}?q={tag}", HTML)

    assert page.status_code == 200
    assert f">{tag}</a>" in page.text
    assert "None is written" not in page.text


async def test_nothing_nearly_so_says_that_nothing_matches(product: Product) -> None:
    technician = await product.signed_in("school-technician", MINE)
    tag = f"far-{uuid4().hex[:10]}"
    neighbour = await product.signed_in("school-technician", NEXT_DOOR)
    await registered(neighbour, NEXT_DOOR, tag)

    page = await technician.ask("GET", f"{LIST}?q={tag[:-1]}", HTML)

    assert page.status_code == 200
    assert "Nothing matches" in page.text
    assert tag not in page.text.replace(tag[:-1], "")


async def test_the_search_of_every_page_guesses_kit_too(product: Product) -> None:
    technician = await product.signed_in("school-technician", MINE)
    tag = f"any-{uuid4().hex[:10]}"
    await registered(technician, MINE, tag)

    page = await technician.ask(
        "GET", f"/search?kind=assets&q={tag[:6]}{tag[7:]}", HTML
    )

    assert "These differ by one letter in a word:" in page.text
    assert tag in page.text
