"""The record of four services as one page: whole, in order, for its readers alone."""

import csv
import io
import re
from uuid import uuid4

import pytest

from chassis import auth
from chassis.audit import service as audit
from chassis.audit.model import Entry, Target
from tests.security.product import FAR_AWAY, MINE, Product, asset, mark

PAGE = "/authorities/940/audit"
HTML = {"accept": "text/html"}


async def rows(product: Product, query: str = "") -> list[dict[str, str]]:
    """Save the record as a spreadsheet, and read it."""
    manager = await product.signed_in("la-manager", "940")
    answer = await manager.ask("GET", f"{PAGE}.csv{query}")
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


async def test_what_four_services_recorded_is_one_list_newest_first(
    product: Product,
) -> None:
    technician = await product.signed_in("school-technician", MINE)
    tag = uuid4().hex
    made = await technician.ask(
        "POST", "/api/inventory/v1/assets", json=asset(MINE, tag=tag)
    )

    found = await rows(product)

    kinds = [row["What"].split()[0] for row in found]
    assert {"Asset", "Ticket", "Notice", "Sign"} <= set(kinds)
    # Newest first, and first of all that this file is taken away. A refusal that came
    # before all this may still be written down meanwhile.
    later = {"Access refused", "Not found"}
    told = [row for row in found if row["What"] not in later]
    assert [row["What"] for row in told[:4]] == [
        "Export taken",
        "Sign in succeeded",
        "Asset registered",
        "Sign in succeeded",
    ]
    registered = told[2]
    assert registered["Who"].startswith(mark(MINE))
    assert registered["Id"] == made.json()["asset_id"]
    assert registered["From"] == "127.0.0.1"
    assert f"Tag:  > {tag}" in registered["Changes"]


async def test_the_pages_lead_through_the_same_entries_as_the_file(
    product: Product,
) -> None:
    technician = await product.signed_in("school-technician", MINE)
    items = [asset(MINE, tag=uuid4().hex) for _ in range(60)]
    await technician.ask("POST", "/api/inventory/v1/assets/bulk", json={"items": items})
    manager = await product.signed_in("la-manager", "940")
    seen = 0
    # Assets alone: what was refused before is written down whenever a minute is over.
    path: str | None = f"{PAGE}?what=asset"
    while path is not None:
        page = (await manager.ask("GET", path, HTML)).text
        # What it is narrowed to is not what was searched for.
        assert re.search(r'id="search"[^>]*value=""', page)
        seen += len(re.findall(r'data-label="Who"', page))
        following = re.search(r'rel="next" href="([^"]+)"', page)
        path = following[1].replace("&amp;", "&") if following else None

    answer = await manager.ask("GET", f"{PAGE}.csv?what=asset")
    lines = list(csv.reader(io.StringIO(answer.text)))
    # With its head.
    assert seen > 60
    assert len(lines) == seen + 1


async def test_the_file_is_the_whole_record_however_long(product: Product) -> None:
    many, what = 10_050, uuid4().hex
    actor = auth.service_actor("inventory", ["940"])
    entry = Entry("directory.loaded", Target("authority", what, "940"))
    async with product.databases["inventory"].begin(actor, auth.SERVICE_ACCESS) as tx:
        await audit.record_many(tx, [entry] * many)

    assert len(await rows(product, f"?target={what}")) == many


async def test_a_file_that_was_saved_stands_in_the_next_one(product: Product) -> None:
    await rows(product)

    found = await rows(product, "?what=export")

    assert {row["What"] for row in found} == {"Export taken"}
    assert f"{PAGE}.csv" in {row["On what"] for row in found}


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("?what=ticket", "Ticket"),
        (f"?what=asset&school={MINE}", "Asset"),
        ("?what=sign-in&outcome=done", "Sign"),
    ],
)
async def test_the_record_is_narrowed(product: Product, query: str, first: str) -> None:
    found = await rows(product, query)

    assert found
    assert {row["What"].split()[0] for row in found} == {first}


async def test_nothing_of_another_authority_is_in_it(product: Product) -> None:
    manager = await product.signed_in("la-manager", "940")

    saved = await manager.ask("GET", f"{PAGE}.csv")

    assert mark(FAR_AWAY) not in saved.text
    for school in (FAR_AWAY, 999_998):
        answer = await manager.ask("GET", f"{PAGE}?school={school}")
        assert answer.status_code == 404


@pytest.mark.parametrize("suffix", ["", ".csv"])
@pytest.mark.parametrize(
    ("role", "at", "status"),
    [
        ("la-manager", "940", 200),
        ("auditor", "940", 200),
        ("la-technician", "940", 403),
        ("school-leader", MINE, 404),
        ("la-manager", "941", 404),
        ("auditor", "941", 404),
    ],
)
async def test_only_managers_and_auditors_of_the_authority_read_it(
    product: Product, role: str, at: int | str, status: int, suffix: str
) -> None:
    session = await product.signed_in(role, at)

    answer = await session.ask("GET", PAGE + suffix)

    assert answer.status_code == status
