"""A school becomes an academy, or passes to another LA: its kit and tickets go along.

The whole way: a file of the register to the API, the job, the facts, every service.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Page

from tests.gateway.register.files import links_text, row, text
from tests.stack import Stack, eventually

IMPORTS = "/api/directory/v1/schools/imports"
SCHOOLS = "/api/directory/v1/schools"
ASSETS = "/api/inventory/v1/assets"
TICKETS = "/api/servicedesk/v1/tickets"
BENCHMARKS = "/api/strategy/v1/benchmarks"
OLD_LA, NEW_LA = "990", "991"


@dataclass(frozen=True, slots=True)
class Converted:
    """What a school had before, and the pages of it under the URN that it had then."""

    maintained: int
    academy: int
    name: str
    asset: str
    ticket: str

    def page(self, kind: str, urn: int) -> str:
        return f"/schools/{urn}/{kind}s/{getattr(self, kind)}"


@pytest.fixture(scope="module")
def converted(stack: Stack) -> Converted:
    """A school that stays an academy of the old LA, whatever the order of the tests."""
    return conversion(stack)


def conversion(stack: Stack) -> Converted:
    """Import a school, give it kit and a ticket, and import its conversion."""
    # The county begins at 900000, the browser's tests send some below it.
    maintained = 890_000 + secrets.randbelow(4_000) * 2
    school = Converted(
        maintained,
        academy=maintained + 1,
        name=f"Alder {uuid4().hex[:6]} Primary School",
        asset=str(uuid4()),
        ticket=str(uuid4()),
    )
    with stack.client() as api:
        imported(api, opened(school))
        asset = posted(
            api,
            ASSETS,
            school_urn=maintained,
            tag="LT-1",
            category="laptop",
            manufacturer="Lenovo",
            model="L13",
        )
        ticket = posted(
            api,
            TICKETS,
            school_urn=maintained,
            kind="incident",
            summary="The laptop stays dark",
            description="Since Monday",
            impact="low",
            urgency="low",
            asset_id=asset["asset_id"],
        )
        eventually(lambda: compared(api, OLD_LA).get(maintained) == (1, 1))
        links = links_text(
            (maintained, school.academy, "Successor", "01-09-2026"),
            (school.academy, maintained, "Predecessor", "01-09-2026"),
        )
        imported(api, *became(school, OLD_LA), links=links)
        eventually(lambda: compared(api, OLD_LA).get(school.academy) == (1, 1))
        # Each service hears of it for itself, and none waits for another.
        for thing in (
            f"{ASSETS}/{asset['asset_id']}",
            f"{TICKETS}/{ticket['ticket_id']}",
        ):
            eventually(lambda at=thing: read(api, at)["school_urn"] == school.academy)
    return Converted(
        maintained,
        school.academy,
        school.name,
        asset["asset_id"],
        ticket["ticket_id"],
    )


def opened(school: Converted) -> dict[str, Any]:
    return row(school.maintained, la=OLD_LA, name=school.name)


def became(school: Converted, la: str) -> tuple[dict[str, Any], dict[str, Any]]:
    closed = row(school.maintained, la=OLD_LA, name=school.name, status="Closed")
    academy = row(
        school.academy, la=la, name=school.name, kind="Academy converter", number="2002"
    )
    return closed, academy


def imported(
    api: httpx.Client, *rows: dict[str, Any], links: bytes | None = None
) -> None:
    """Send a file, override what is unlikely about one so short, and see it applied."""
    files = {"file": ("register.csv", text(*rows))}
    if links is not None:
        files["links"] = ("links.csv", links)
    sent = api.post(IMPORTS, files=files)
    assert sent.status_code == 202, sent.text
    where = sent.headers["location"]
    found = until(api, where, "previewed")
    assert found["counts"].get("faults", 0) == 0, found
    applied = api.post(
        f"{where}/apply",
        json={"overrides": [each["name"] for each in found["concerns"]]},
        headers={"if-match": f'"{found["version"]}"'},
    )
    assert applied.status_code == 202, applied.text
    until(api, where, "applied")


def until(api: httpx.Client, where: str, state: str) -> dict[str, Any]:
    def there() -> dict[str, Any] | None:
        found: dict[str, Any] = api.get(where).raise_for_status().json()
        assert found["state"] != "failed", found
        return found if found["state"] == state else None

    told: dict[str, Any] = eventually(there)
    return told


def posted(api: httpx.Client, path: str, **body: Any) -> dict[str, Any]:
    """Create something as soon as the service has heard of what it refers to."""
    key = {"idempotency-key": str(uuid4())}

    def made() -> dict[str, Any] | None:
        answer = api.post(path, json=body, headers=key)
        assert answer.status_code in {201, 404, 422, 425}, answer.text
        return answer.json() if answer.status_code == 201 else None

    told: dict[str, Any] = eventually(made)
    return told


def read(api: httpx.Client, thing: str) -> dict[str, Any]:
    found: dict[str, Any] = api.get(thing).raise_for_status().json()
    return found


def compared(api: httpx.Client, la_code: str) -> dict[int, tuple[int, int]]:
    """Devices and open tickets of each school of an LA, by URN."""
    answer = api.get(BENCHMARKS, params={"la_code": la_code}).raise_for_status()
    return {
        school["school_urn"]: (school["devices"], school["open_tickets"])
        for school in answer.json()["schools"]
    }


def test_the_academy_has_what_the_school_had(
    stack: Stack, converted: Converted
) -> None:
    with stack.client() as api:
        asset = read(api, f"{ASSETS}/{converted.asset}")
        ticket = read(api, f"{TICKETS}/{converted.ticket}")
        by_old = api.get(TICKETS, params={"school": converted.maintained}).json()

    assert asset["school_urn"] == ticket["school_urn"] == converted.academy
    assert [each["ticket_id"] for each in by_old["items"]] == [converted.ticket]


@pytest.mark.parametrize("kind", ["asset", "ticket"])
def test_a_page_kept_from_before_opens_under_the_academys_urn(
    converted: Converted, window: Callable[..., Page], kind: str
) -> None:
    page = window("la-manager")

    page.goto(converted.page(kind, converted.maintained))

    assert page.url.endswith(converted.page(kind, converted.academy))
    assert converted.name in page.locator("body").inner_text()


def test_the_schools_page_tells_what_it_was(
    converted: Converted, window: Callable[..., Page]
) -> None:
    page = window("la-manager")

    page.goto(f"/schools/{converted.academy}/about")

    told = page.locator("main").inner_text()
    assert str(converted.maintained) in told
    assert "Academy converter" in told


def test_what_passes_to_another_la_is_the_old_ones_no_more(
    stack: Stack, window: Callable[..., Page]
) -> None:
    converted = conversion(stack)
    page = window("la-manager")
    asset = f"{ASSETS}/{converted.asset}"
    before = page.request.get(asset).status

    with stack.client() as api:
        imported(api, *became(converted, NEW_LA))
        eventually(lambda: compared(api, NEW_LA).get(converted.academy) == (1, 1))
        eventually(lambda: converted.academy not in compared(api, OLD_LA))
        eventually(lambda: read(api, asset)["la_code"] == NEW_LA)
        history = api.get(f"{asset}/history").raise_for_status().json()

    assert "moved" in {each["fact"] for each in history["items"]}
    ticket = f"{TICKETS}/{converted.ticket}"
    for kind, thing in (("asset", asset), ("ticket", ticket)):
        eventually(lambda at=thing: page.request.get(at).status == 404)
        answer = page.goto(converted.page(kind, converted.academy))
        assert answer is not None
        assert answer.status == 404
    listed = page.request.get(SCHOOLS, params={"q": converted.name}).json()
    assert listed["items"] == []
    assert before == 200
