"""A retired asset on its page: reinstated, taken back, and its history told."""

import re
from typing import Any
from uuid import uuid4

import pytest

from tests.security.product import MINE, NEXT_DOOR, Product, Session, asset

HTML = {"accept": "text/html"}
ASSETS = "/api/inventory/v1/assets"
HERE = f"/schools/{MINE}/assets"


@pytest.fixture
async def technician(product: Product) -> Session:
    return await product.signed_in("school-technician", MINE)


async def step(session: Session, path: str, **form: Any) -> Any:
    return await session.ask("POST", path, HTML, data=form)


async def retired(session: Session) -> tuple[str, dict[str, Any]]:
    """An asset that was in a room, and is retired: its page, and itself."""
    tag = f"R-{uuid4().hex[:8]}"
    values = asset(MINE, tag=tag, room="Library", serial=None)
    answer = await session.ask("POST", ASSETS, json=values)
    assert answer.status_code == 201, answer.text
    added = answer.json()
    where = f"/schools/{MINE}/assets/{added['asset_id']}"
    done = await step(session, f"{where}/retire", version=added["version"])
    assert done.status_code == 303, done.text
    found = await session.ask("GET", f"{ASSETS}/{added['asset_id']}")
    return where, found.json()


async def page(session: Session, path: str) -> str:
    answer = await session.ask("GET", path, HTML)
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_a_retired_asset_is_reinstated_as_it_was(technician: Session) -> None:
    where, found = await retired(technician)
    shown = await page(technician, where)
    assert "Reinstate it" in shown
    assert f'name="version" value="{found["version"]}"' in shown

    done = await step(technician, f"{where}/reinstate", version=found["version"])

    assert (done.status_code, done.headers["location"]) == (303, where)
    now = (await technician.ask("GET", f"{ASSETS}/{found['asset_id']}")).json()
    assert (now["status"], now["room"]) == ("in-use", "Library")


async def test_its_history_says_what_happened_and_what_changed(
    technician: Session,
) -> None:
    where, found = await retired(technician)
    await step(technician, f"{where}/reinstate", version=found["version"])

    history = (await page(technician, where)).partition('id="history"')[2]

    assert re.findall("<strong>([A-Z][a-z]+)</strong>", history) == [
        "Added",
        "Retired",
        "Reinstated",
    ]
    assert "by you" in history
    assert "Room: Library \u2192 not recorded" in history
    assert "Status: Retired \u2192 In use" in history


async def test_a_step_that_came_late_is_not_taken(technician: Session) -> None:
    where, found = await retired(technician)

    late = await step(technician, f"{where}/reinstate", version=found["version"] - 1)

    assert late.status_code == 412
    assert "Your step was not taken" in late.text
    assert "Reinstate it" in late.text


async def test_what_works_is_not_reinstated(technician: Session) -> None:
    where, found = await retired(technician)
    await step(technician, f"{where}/reinstate", version=found["version"])

    again = await step(technician, f"{where}/reinstate", version=found["version"] + 1)

    assert again.status_code == 409
    assert "This asset is not out of use" in again.text


async def test_who_only_reads_is_offered_no_step_and_takes_none(
    technician: Session, product: Product
) -> None:
    where, found = await retired(technician)
    leader = await product.signed_in("school-leader", MINE)

    assert "Reinstate it" not in await page(leader, where)
    refused = await step(leader, f"{where}/reinstate", version=found["version"])
    assert refused.status_code == 403


async def test_another_schools_asset_is_not_there(
    technician: Session, product: Product
) -> None:
    where, found = await retired(technician)
    neighbour = await product.signed_in("school-technician", NEXT_DOOR)

    there = where.replace(str(MINE), str(NEXT_DOOR))
    for path in (where, there):
        answer = await step(neighbour, f"{path}/reinstate", version=found["version"])
        assert answer.status_code == 404


async def test_an_asset_that_is_nowhere_is_a_page_that_says_so(
    technician: Session,
) -> None:
    nowhere = f"/schools/{MINE}/assets/{uuid4()}"
    answer = await technician.ask("GET", nowhere, HTML)

    assert answer.status_code == 404
    assert "Page not found" in answer.text


async def merged(session: Session, kept: str, duplicate: str) -> None:
    """Merge an asset into another, which is kept, by their ids."""
    now, then = [
        (await session.ask("GET", f"{ASSETS}/{each}")).json()
        for each in (kept, duplicate)
    ]
    body = {"duplicate_id": duplicate, "duplicate_version": then["version"], "take": []}
    headers = {"if-match": f'"{now["version"]}"'}
    path = f"{ASSETS}/{kept}/merges"
    done = await session.ask("POST", path, headers, json=body)
    assert done.status_code == 201, done.text


async def test_what_leads_on_is_split_off_where_it_leads_to_alone(
    technician: Session,
) -> None:
    ids: list[str] = []
    for name in "ABC":
        values = asset(MINE, tag=f"{name}-{uuid4().hex[:8]}", serial=None)
        ids.append(
            (await technician.ask("POST", ASSETS, json=values)).json()["asset_id"]
        )
    first, second, third = ids
    await merged(technician, second, first)
    assert "Split them again" in await page(technician, f"{HERE}/{first}")
    assert "off again" in await page(technician, f"{HERE}/{second}")

    await merged(technician, third, second)

    assert "Split them again" not in await page(technician, f"{HERE}/{first}")
    shown = await page(technician, f"{HERE}/{second}")
    assert "off again" not in shown
    assert "Split them again" in shown
    assert "off again" in await page(technician, f"{HERE}/{third}")
