"""From the door to the comparison: real Chromium, real Keycloak, every hop between."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page

from tests import authenticator
from tests.stack import Stack, eventually

ASSETS = "/api/inventory/v1/assets"
BENCHMARKS = "/api/strategy/v1/benchmarks"


def devices(stack: Stack, urn: int) -> int:
    with stack.client() as api:
        answer = api.get(BENCHMARKS, params={"school": urn})
    found: int = answer.raise_for_status().json()["school"]["devices"]
    return found


def add_laptop(page: Page, urn: int, tag: str) -> str:
    """Add a laptop by the form and return its id."""
    page.goto(f"/schools/{urn}/assets/new")
    page.get_by_label("Asset tag").fill(tag)
    page.get_by_label("Category").select_option("laptop")
    page.get_by_label("Make").fill("Lenovo")
    page.get_by_label("Model").fill("ThinkPad L13")
    page.get_by_role("button", name="Add the asset").click()
    page.wait_for_url(f"**/schools/{urn}/assets/*-*-*-*-*")
    return page.url.split("?")[0].rsplit("/", 1)[1]


def test_a_technicians_asset_reaches_the_managers_comparison(
    stack: Stack, window: Callable[..., Page]
) -> None:
    technician = stack.signins["school-technician"]
    urn = technician["schools"][0]
    before = devices(stack, urn)

    add_laptop(window("school-technician"), urn, f"J-{uuid4().hex[:8]}")

    eventually(lambda: devices(stack, urn) == before + 1)
    page = window("la-manager")
    page.goto(f"/authorities/{technician['la_code']}/comparison")
    with stack.client() as api:
        found = api.get(BENCHMARKS, params={"school": urn}).json()["school"]
    row = page.get_by_role("row").filter(has_text=found["name"])
    assert str(before + 1) in row.inner_text().replace(",", "").split()


def test_a_technician_of_another_school_finds_nothing_by_page_or_api(
    stack: Stack, window: Callable[..., Page]
) -> None:
    urn = stack.signins["school-technician"]["schools"][0]
    asset_id = add_laptop(window("school-technician"), urn, f"J-{uuid4().hex[:8]}")
    stranger = window("other-school-technician")

    answer = stranger.goto(f"/schools/{urn}/assets/{asset_id}")
    by_api = stranger.request.get(f"{ASSETS}/{asset_id}")
    never_was = stranger.request.get(f"{ASSETS}/{uuid4()}")

    assert answer is not None
    assert (answer.status, by_api.status, never_was.status) == (404, 404, 404)
    assert told(by_api.json()) == told(never_was.json())


def told(problem: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in problem.items() if k not in {"trace_id", "instance"}}


def test_a_teacher_here_who_is_technician_there_is_no_technician_here(
    window: Callable[..., Page],
) -> None:
    page = window("two-schools")
    me = page.request.get("/api/directory/v1/me").json()
    urns = {school["school_id"]: school["urn"] for school in me["schools"]}
    held = {grant["role"]: urns[grant["school_ids"][0]] for grant in me["grants"]}
    here, there = held["staff"], held["school-technician"]

    refused = page.goto(f"/schools/{here}/assets/new")
    allowed = page.goto(f"/schools/{there}/assets/new")
    listed = page.request.get(ASSETS, params={"school": here})

    assert refused is not None
    assert allowed is not None
    assert (refused.status, allowed.status, listed.status) == (403, 200, 403)


def test_who_signs_out_is_out_at_once(
    stack: Stack, window: Callable[..., Page]
) -> None:
    page = window(None)
    told = stack.signins["school-leader"]
    page.goto("/login")
    authenticator.sign_in(page, told)
    page.wait_for_url(f"{stack.url}/**")
    assert page.request.get("/api/directory/v1/me").status == 200

    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{stack.url}/**")

    assert page.request.get("/api/directory/v1/me").status == 401
