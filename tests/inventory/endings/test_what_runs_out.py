"""What runs out at a school and in an LA: of kit, of releases and of contracts."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI

from chassis.auth import Actor
from inventory.estate.model.kit import Clock, ends_between
from inventory.estate.routes import clock
from tests.inventory.circuits.lines import added
from tests.inventory.support.machines import FAR_MANAGER, MAC, WIN_11, install
from tests.inventory.world import (
    FAR_AWAY,
    HERE,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    TECHNICIAN,
    Call,
    registered,
)

PATH = "/endings"
TODAY = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def _on_that_day(app: FastAPI) -> Iterator[None]:
    moment = datetime.combine(TODAY, datetime.min.time(), UTC)
    app.dependency_overrides[clock] = lambda: Clock(moment)
    yield
    app.dependency_overrides.pop(clock)


async def ending(by: Call, actor: Actor, **asked: Any) -> list[dict[str, Any]]:
    """List what runs out, whole, and see that it counts as many."""
    asked = {name: value for name, value in asked.items() if value is not None}
    answer = await by(actor).get(PATH, params={"limit": 200, **asked})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    narrowed = {k: v for k, v in asked.items() if k != "sort"}
    counted = await by(actor).get(f"{PATH}/count", params=narrowed)
    assert counted.json() == {"count": len(found), "is_exact": True}
    return found


async def kit(by: Call, **told: Any) -> dict[str, Any]:
    usual = {"tag": uuid4().hex[:12], "serial": None, "purchased_on": None}
    actor = FAR_MANAGER if told.get("school_urn") == FAR_AWAY.urn else MANAGER
    return await registered(by(actor), **{**usual, **told})


async def test_kit_of_a_model_is_told_by_month(by: Call) -> None:
    await kit(by, warranty_until="2026-12-24")
    await kit(by, warranty_until="2026-12-31", manufacturer="LENOVO")
    await kit(by, warranty_until="2027-01-01")
    await kit(by, warranty_until="2026-12-01", model="Latitude", manufacturer="Dell")

    found = await ending(by, TECHNICIAN)

    assert [
        (each["kind"], each["name"].lower(), each["first_on"], each["last_on"])
        for each in found
    ] == [
        ("warranty", "dell latitude", "2026-12-01", "2026-12-01"),
        ("warranty", "lenovo thinkpad l13", "2026-12-24", "2026-12-31"),
        ("warranty", "lenovo thinkpad l13", "2027-01-01", "2027-01-01"),
    ]
    assert [each["devices"] for each in found] == [1, 2, 1]
    assert {each["school_urn"] for each in found} == {HERE.urn}


async def test_only_kit_in_use_counts_and_only_from_today_on(by: Call) -> None:
    await kit(by, warranty_until="2026-11-29")
    await kit(by, warranty_until="2026-11-30", model="Today")
    await kit(by, warranty_until="2026-12-24", status="in-store")
    await kit(by, warranty_until="2027-11-30", model="Last")
    await kit(by, warranty_until="2027-12-01", model="Next")

    assert [each["model"] for each in await ending(by, TECHNICIAN)] == ["Today", "Last"]
    assert [
        each["model"] for each in await ending(by, TECHNICIAN, within="quarter")
    ] == ["Today"]
    assert [
        each["model"] for each in await ending(by, TECHNICIAN, within="three-years")
    ] == ["Today", "Last", "Next"]


async def test_life_and_makers_support_end_too(by: Call) -> None:
    """A laptop lasts four years: the day after is one on which it is past them."""
    await kit(by, purchased_on="2023-06-01", support_until="2027-02-28")
    await kit(by, purchased_on="2022-11-30")

    found = await ending(by, LEADER)

    assert [(each["kind"], each["first_on"]) for each in found] == [
        ("support", "2027-02-28"),
        ("life", "2027-06-01"),
    ]


async def test_releases_end_as_support_says(by: Call) -> None:
    machine = await kit(by, details=WIN_11)
    await kit(by, details=MAC, school_urn=NEXT_DOOR.urn)
    office = ("Microsoft Corporation", "Microsoft Office LTSC Professional Plus 2024")
    await install(by, machine, (*office, "16.0"))

    found = await ending(by, MANAGER, within="three-years")
    support = (await by(MANAGER).get("/support")).json()

    releases = [*support["systems"], *support["software"]]
    until = date(TODAY.year + 3, TODAY.month, TODAY.day).isoformat()
    assert sorted(
        (each["product"], each["cycle"], each["first_on"], each["devices"])
        for each in found
    ) == sorted(
        (each["product"], each["cycle"], each["ends_on"], each["devices"])
        for each in releases
        if each["ends_on"] and TODAY.isoformat() <= each["ends_on"] < until
    )
    assert {each["kind"] for each in found} == {"system", "software"}


async def test_contracts_end_and_are_given_notice_of(by: Call) -> None:
    days = {"ends_on": "2027-08-31", "notice_on": "2027-05-31"}
    await added(by(MANAGER), reference="FTIP 9", monthly_pence=45_000, **days)
    supplier = {"la_code": "940", "name": "Zen", "contract_reference": "Z 1", **days}
    answer = await by(MANAGER).post("/suppliers", json=supplier)
    assert answer.status_code == 201, answer.text

    found = await ending(by, TECHNICIAN)

    assert [(e["kind"], e["name"], e["reference"], e["first_on"]) for e in found] == [
        ("notice", "Openreach Business", "FTIP 9", "2027-05-31"),
        ("notice", "Zen", "Z 1", "2027-05-31"),
        ("circuit", "Openreach Business", "FTIP 9", "2027-08-31"),
        ("contract", "Zen", "Z 1", "2027-08-31"),
    ]
    assert [each["monthly_pence"] for each in found] == [45_000, None, 45_000, None]
    assert [each["devices"] for each in found] == [None] * 4


async def test_licences_end_of_a_school_and_of_its_la(by: Call) -> None:
    said = {
        "publisher": "Adobe",
        "name": "Creative Cloud",
        "measure": "site",
        "term": "subscription",
        "starts_on": "2026-09-01",
        "ends_on": "2027-08-31",
        "notice_on": "2027-05-31",
        "reference": "PO 7",
    }
    for place in (
        {"la_code": "940"},
        {"school_urn": HERE.urn},
        {"school_urn": NEXT_DOOR.urn},
    ):
        answer = await by(MANAGER).post("/licences", json={**said, **place})
        assert answer.status_code == 201, answer.text

    found = await ending(by, TECHNICIAN)

    assert sorted(
        (e["kind"], e["name"], e["reference"], e["first_on"], e["school_urn"] or 0)
        for e in found
    ) == [
        (kind, "Adobe Creative Cloud", "PO 7", day, urn)
        for kind, day in (("licence", "2027-08-31"), ("notice", "2027-05-31"))
        for urn in (0, HERE.urn)
    ]
    assert len({e["licence_id"] for e in found}) == 2
    assert len(await ending(by, MANAGER, kind="licence")) == 3


async def test_schools_see_their_own_and_an_la_all_of_its(by: Call) -> None:
    for urn in (HERE.urn, NEXT_DOOR.urn, FAR_AWAY.urn):
        await kit(by, school_urn=urn, warranty_until="2026-12-24")

    def told(found: list[dict[str, Any]]) -> list[tuple[int, int, int | None]]:
        return [(e["devices"], e["schools"], e["school_urn"]) for e in found]

    assert told(await ending(by, TECHNICIAN)) == [(1, 1, HERE.urn)]
    assert told(await ending(by, OTHER_TECHNICIAN)) == [(1, 1, NEXT_DOOR.urn)]
    assert told(await ending(by, MANAGER)) == [(2, 2, None)]
    assert told(await ending(by, MANAGER, la_code="940")) == [(2, 2, None)]
    assert told(await ending(by, MANAGER, school=HERE.urn)) == [(1, 1, HERE.urn)]
    assert told(await ending(by, MANAGER, la_code="941")) == []
    foreign = await by(MANAGER).get(PATH, params={"school": FAR_AWAY.urn})
    assert foreign.status_code == 404


async def test_each_row_leads_to_the_kit_that_it_counts(by: Call) -> None:
    concerns = {
        "warranty": "warranty-ending",
        "support": "support-ending",
        "life": "life-ending",
    }
    for day in ("2026-11-30", "2026-12-01", "2026-12-31", "2027-03-15"):
        await kit(by, warranty_until=day, support_until=day)
        await kit(by, warranty_until=day, model="Other")
    await kit(by, purchased_on="2023-03-15")
    await kit(by, purchased_on="2022-11-30")

    found = await ending(by, TECHNICIAN)

    assert {each["kind"] for each in found} == set(concerns)
    for each in found:
        asked = {
            "concern": concerns[each["kind"]],
            "model": each["name"].upper(),
            "month": each["first_on"][:7],
        }
        answer = await by(TECHNICIAN).get("/estate/kit/count", params=asked)
        assert answer.json()["count"] == each["devices"], each
        listed = await by(TECHNICIAN).get("/estate/kit", params=asked)
        assert len(listed.json()["items"]) == each["devices"], each


async def test_it_is_searched_and_narrowed(by: Call) -> None:
    await kit(by, warranty_until="2026-12-24", support_until="2027-01-24")
    await added(by(MANAGER), reference="FTIP 9", ends_on="2027-08-31")

    def kinds(found: list[dict[str, Any]]) -> list[str]:
        return [each["kind"] for each in found]

    assert kinds(await ending(by, TECHNICIAN, q="l13 LENOVO")) == [
        "warranty",
        "support",
    ]
    assert kinds(await ending(by, TECHNICIAN, q="ftip")) == ["circuit"]
    assert kinds(await ending(by, TECHNICIAN, kind="support")) == ["support"]
    assert kinds(await ending(by, TECHNICIAN, kind="notice")) == []


async def test_two_models_that_read_alike_are_two_on_any_page(by: Call) -> None:
    """A make may end where another's model begins: a cursor tells them apart."""
    for make, model in (("HP", "Pro Book"), ("HP Pro", "Book")):
        await kit(by, manufacturer=make, model=model, warranty_until="2026-12-24")

    first = (await by(TECHNICIAN).get(PATH, params={"limit": 1})).json()
    more = {"limit": 1, "after": first["next"]}
    second = (await by(TECHNICIAN).get(PATH, params=more)).json()

    assert {e["model"] for e in (*first["items"], *second["items"])} == {
        "Pro Book",
        "Book",
    }


@pytest.mark.parametrize("sort", ["first_on", "name", "devices"])
async def test_pages_come_in_order_and_leave_nothing_out(by: Call, sort: str) -> None:
    for n, day in enumerate(["2026-12-24", "2026-12-25", "2027-01-24"]):
        for model in ("ThinkPad L13", "ThinkPad L14"):
            await kit(by, warranty_until=day, support_until=day, model=model)
        await added(by(MANAGER), reference=f"FTIP {n}", ends_on=day, notice_on=day)

    for direction in (sort, f"-{sort}"):
        whole = await ending(by, TECHNICIAN, sort=direction)
        paged: list[dict[str, Any]] = []
        after: str | None = ""
        while after is not None:
            asked = {
                "sort": direction,
                "limit": 2,
                **({"after": after} if after else {}),
            }
            answer = (await by(TECHNICIAN).get(PATH, params=asked)).json()
            paged, after = [*paged, *answer["items"]], answer["next"]
        assert paged == whole
        values = [each[sort] or 0 for each in whole]
        if sort == "name":
            values = [str(value).lower() for value in values]
        expected = sorted(values, reverse=direction.startswith("-"))
        assert values == expected
    assert len(whole) == 4 + 4 + 6


@pytest.mark.parametrize(
    ("month", "between"),
    [
        (None, (TODAY, date(2027, 2, 28))),
        ("2026-11", (TODAY, TODAY)),
        ("2026-12", (date(2026, 12, 1), date(2026, 12, 31))),
        ("2028-02", (date(2028, 2, 1), date(2028, 2, 29))),
        ("2026-10", (TODAY, date(2026, 10, 31))),
    ],
)
def test_a_month_is_from_its_first_day_to_its_last(
    month: str | None, between: tuple[date, date]
) -> None:
    moment = datetime.combine(TODAY, datetime.min.time(), UTC)

    assert ends_between(Clock(moment), month) == between


def test_months_follow_each_other_without_a_gap() -> None:
    moment = datetime.combine(TODAY, datetime.min.time(), UTC)
    months = [f"{year}-{month:02}" for year in (2027, 2028) for month in range(1, 13)]

    for (_, last), (first, _) in pairwise(
        ends_between(Clock(moment), month) for month in months
    ):
        assert (first - last).days == 1
