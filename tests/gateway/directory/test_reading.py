"""Who sees which schools and people, and what the lists and single things are like."""

from typing import Any

import pytest

from tests.gateway.conftest import Stand
from tests.gateway.world import Browser

BASE = "/api/directory/v1"
SEEN = {
    "manager": [140001, 140002],
    "technician": [140001],
    "teacher": [140001, 140002],
    "other": [150001],
    "analyst": [],
}


@pytest.fixture
async def sign_in(stand: Stand, browser: Browser) -> Any:
    async def as_someone(name: str) -> Browser:
        stand.issuer.subject = f"subject-{name}"
        await browser.sign_in()
        return browser

    return as_someone


@pytest.mark.parametrize("name", SEEN)
async def test_everyone_sees_their_own_schools_only(sign_in: Any, name: str) -> None:
    browser = await sign_in(name)

    listed = (await browser.get(f"{BASE}/schools")).json()["items"]

    assert [school["urn"] for school in listed] == SEEN[name]
    for urn in (140001, 140002, 150001):
        answer = await browser.get(f"{BASE}/schools/{urn}")
        assert answer.status_code == (200 if urn in SEEN[name] else 404)


async def test_a_foreign_school_and_none_at_all_answer_alike(sign_in: Any) -> None:
    browser = await sign_in("technician")

    foreign = (await browser.get(f"{BASE}/schools/150001")).json()
    missing = (await browser.get(f"{BASE}/schools/999999")).json()

    for problem in (foreign, missing):
        del problem["instance"], problem["trace_id"]
    assert foreign == missing


async def test_filters_narrow_and_never_widen(sign_in: Any) -> None:
    browser = await sign_in("manager")

    async def urns(query: str) -> list[int]:
        answer = await browser.get(f"{BASE}/schools?{query}")
        assert answer.status_code == 200, answer.text
        return [school["urn"] for school in answer.json()["items"]]

    assert await urns("la_code=941") == []
    assert await urns("la_code=940") == [140001, 140002]
    assert await urns("phase=secondary") == []
    assert await urns("q=school%20140002") == [140002]
    assert await urns("q=%25") == []


async def test_pages_join_without_gap_or_double(sign_in: Any) -> None:
    browser = await sign_in("manager")

    first = await browser.get(f"{BASE}/schools?limit=1")
    cursor = first.json()["next"]
    second = await browser.get(f"{BASE}/schools?limit=1&after={cursor}")

    assert 'rel="next"' in first.headers["link"]
    found = [a.json()["items"][0]["urn"] for a in (first, second)]
    assert found == [140001, 140002]
    assert second.json()["next"] is None


@pytest.mark.parametrize(
    "query",
    [
        "schools?limit=0",
        "schools?limit=201",
        "schools?after=nonsense",
        "schools?after=WyJuYW1lIiwxLDJd",
        "schools?phase=boat",
        "schools?la_code=9400",
        "schools?q=%00",
        "schools/1",
        "schools/99999999999999999999",
        "people?after=WyJkaXNwbGF5X25hbWUiLCJhIiwibm8gaWQiXQ",
    ],
)
async def test_values_that_cannot_be_right_are_refused(
    sign_in: Any, query: str
) -> None:
    browser = await sign_in("manager")

    answer = await browser.get(f"{BASE}/{query}")

    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_single_school_carries_its_tag(sign_in: Any) -> None:
    browser = await sign_in("technician")

    answer = await browser.get(f"{BASE}/schools/140001")

    assert answer.headers["etag"] == f'"{answer.json()["version"]}"'
    assert answer.headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("manager", {"Manager", "Auditor", "Technician", "Teacher"}),
        ("technician", {"Technician", "Teacher"}),
        ("teacher", {"Teacher"}),
        ("other", {"Other"}),
        ("analyst", {"Analyst"}),
    ],
)
async def test_people_are_seen_where_one_of_their_assignments_is(
    sign_in: Any, name: str, seen: set[str]
) -> None:
    browser = await sign_in(name)

    listed = (await browser.get(f"{BASE}/people")).json()["items"]

    assert {person["display_name"] for person in listed} == seen


async def test_a_role_at_one_school_is_no_role_at_another(sign_in: Any) -> None:
    """A teacher at A who is the technician at B stays two whole pairs."""
    browser = await sign_in("teacher")

    me = (await browser.get(f"{BASE}/me")).json()

    urn_of = {school["school_id"]: school["urn"] for school in me["schools"]}
    held = {
        grant["role"]: [urn_of[i] for i in grant["school_ids"]]
        for grant in me["grants"]
    }
    assert held == {"school-technician": [140002], "staff": [140001]}


async def test_a_region_role_spans_its_authorities(sign_in: Any) -> None:
    browser = await sign_in("analyst")

    grants = (await browser.get(f"{BASE}/me")).json()["grants"]

    assert grants == [
        {"role": "regional-analyst", "la_codes": ["940", "941"], "school_ids": []}
    ]


async def test_the_frame_of_the_register_is_there_for_all(sign_in: Any) -> None:
    browser = await sign_in("technician")

    las = (await browser.get(f"{BASE}/authorities")).json()["items"]
    regions = (await browser.get(f"{BASE}/regions")).json()["items"]

    # Files of the register that other tests applied bring more of both.
    codes = [la["la_code"] for la in las]
    assert [code for code in codes if code in {"940", "941"}] == ["940", "941"]
    assert "E12000004" in {region["region_code"] for region in regions}


@pytest.mark.parametrize("path", ["schools", "people", "authorities", "regions", "me"])
async def test_nothing_is_there_without_signing_in(
    stand: Stand, browser: Browser, path: str
) -> None:
    del stand
    answer = await browser.get(f"{BASE}/{path}")

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"]
