"""How what machines run is supported: counted, listed, and of one asset."""

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from chassis.auth import Actor
from inventory.support.routes import today
from tests.inventory.lifecycle import endoflife
from tests.inventory.support.machines import (
    FAR_MANAGER,
    add,
    install,
    stock,
)
from tests.inventory.world import (
    FAR_AWAY,
    HERE,
    MANAGER,
    NEXT_DOOR,
    STAFF,
    TECHNICIAN,
    Call,
)

DAY = date(2026, 11, 29)
CHROME = ("Google LLC", "Google Chrome", "142.0.7444.60")
OFFICE = ("Microsoft Corporation", "Microsoft Office Professional Plus 2016", "16.0")


@pytest.fixture(autouse=True)
def _on_that_day(app: FastAPI) -> Iterator[None]:
    app.dependency_overrides[today] = lambda: DAY
    yield
    app.dependency_overrides.pop(today)


async def support(by: Call, actor: Actor, **asked: Any) -> dict[str, Any]:
    answer = await by(actor).get("/support", params=asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def listed(by: Call, actor: Actor, **asked: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while True:
        answer = await by(actor).get("/support/devices", params=asked)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += page["items"]
        if page["next"] is None:
            return found
        asked["after"] = page["next"]


async def test_a_schools_machines_are_counted_by_state(by: Call) -> None:
    await stock(by)

    found = await support(by, TECHNICIAN, school=HERE.urn)

    assert found["as_of"] == DAY.isoformat()
    assert found["devices"] == 6
    assert found["states"] == {
        "supported": 1,
        "no_end_announced": 0,
        "security_only": 1,
        "ended": 2,
        "unknown": 2,
    }
    assert [(row["named"], row["devices"]) for row in found["systems"]] == [
        ("Windows 10 22H2", 2),
        ("Windows 10 1809 LTSC", 1),
        ("Windows 11 24H2, Education and Enterprise", 1),
    ]
    assert found["systems"][0] == {
        "product": "windows",
        "cycle": "10-22h2",
        "named": "Windows 10 22H2",
        "kind": "system",
        "state": "ended",
        "ends_on": "2025-10-14",
        "extended_until": "2028-10-10",
        "devices": 2,
    }
    assert found["unmatched"] == [
        {"operating_system": None, "os_version": None, "model": None, "devices": 1},
        {
            "operating_system": "Toaster OS",
            "os_version": "3",
            "model": None,
            "devices": 1,
        },
    ]
    assert found["schools"] is None


async def test_an_las_schools_are_beside_each_other(by: Call) -> None:
    await stock(by)

    found = await support(by, MANAGER, la_code="940")

    assert found["devices"] == 7
    assert [
        (each["school_urn"], each["devices"], each["ended"], each["no_end_announced"])
        for each in found["schools"]
    ] == [(HERE.urn, 6, 2, 0), (NEXT_DOOR.urn, 1, 0, 1)]


async def test_nothing_is_counted_beyond_the_scope(by: Call) -> None:
    await stock(by)

    assert (await support(by, STAFF))["devices"] == 0
    assert (await support(by, TECHNICIAN))["devices"] == 6
    assert (await support(by, MANAGER))["devices"] == 7
    assert (await support(by, MANAGER, la_code="941"))["devices"] == 0
    assert (await support(by, FAR_MANAGER))["devices"] == 1
    answer = await by(TECHNICIAN).get("/support", params={"school": FAR_AWAY.urn})
    assert answer.status_code == 404


async def test_browsers_and_office_suites_are_counted_by_release(by: Call) -> None:
    made = await stock(by)
    await install(by, made["A"], CHROME, OFFICE, ("Mojang", "Minecraft", "1.20"))
    await install(by, made["B"], ("Google LLC", "Google Chrome", "142.0.7444.99"))
    # What is in store is not in use, and another LA's is not ours.
    await install(by, made["H"], CHROME)

    found = await support(by, MANAGER, school=HERE.urn)
    whole = await support(by, MANAGER, la_code="940")

    assert [
        (row["named"], row["kind"], row["state"], row["ends_on"], row["devices"])
        for row in found["software"]
    ] == [
        ("Microsoft Office 2016", "office", "ended", "2025-10-14", 1),
        ("Google Chrome 142", "browser", "ended", "2025-12-02", 2),
    ]
    assert whole["software"] == found["software"]


@pytest.mark.parametrize(
    ("asked", "tags"),
    [
        ({}, "ABCDEFN"),
        ({"state": "ended"}, "AB"),
        ({"state": "security-only"}, "D"),
        ({"state": "unknown"}, "EF"),
        ({"state": "no-end-announced"}, "N"),
        ({"product": "windows"}, "ABCD"),
        ({"product": "windows", "state": "supported"}, "C"),
        ({"product": "windows", "cycle": "10-22h2"}, "AB"),
        ({"product": "macos", "school": HERE.urn}, ""),
        ({"product": "chrome"}, "AC"),
        ({"product": "chrome", "cycle": "142"}, "A"),
        ({"product": "chrome", "state": "ended"}, "AC"),
        ({"product": "office", "state": "ended"}, "A"),
        ({"product": "libreoffice"}, ""),
        ({"product": "toaster"}, ""),
        ({"product": "'; --"}, ""),
        ({"room": "OFFICE"}, "CD"),
        ({"room": "office", "state": "supported"}, "C"),
        ({"la_code": "941"}, ""),
    ],
)
async def test_a_listing_is_narrowed_and_counted(
    by: Call, asked: dict[str, Any], tags: str
) -> None:
    made = await stock(by)
    await install(by, made["A"], CHROME, OFFICE)
    await install(by, made["C"], ("Google LLC", "Google Chrome", "137.0"))

    found = await listed(by, MANAGER, **asked)
    count = await by(MANAGER).get("/support/devices/count", params=asked)
    down = await listed(by, MANAGER, sort="-tag", limit=1, **asked)

    assert "".join(each["tag"] for each in found) == tags
    assert count.json() == {"count": len(tags), "is_exact": True}
    assert down == found[::-1]


async def test_a_machine_says_what_it_runs_and_how_that_is_supported(by: Call) -> None:
    made = await stock(by)

    [first, *_] = await listed(by, TECHNICIAN, state="ended")
    [unknown, *_] = await listed(by, TECHNICIAN, state="unknown")

    assert first == {
        "asset_id": made["A"]["asset_id"],
        "school_urn": HERE.urn,
        "school_name": f"School {HERE.urn}",
        "tag": "A",
        "category": "laptop",
        "manufacturer": "Lenovo",
        "model": "ThinkPad L13",
        "room": "ICT 1",
        "operating_system": "Microsoft Windows 10 Pro",
        "os_version": "22H2",
        "product": "windows",
        "cycle": "10-22h2",
        "named": "Windows 10 22H2",
        "state": "ended",
        "ends_on": "2025-10-14",
        "extended_until": "2028-10-10",
        "windows_11": {
            "readiness": "unknown",
            "lacks": [],
            "unknown": ["processor", "memory", "storage", "tpm"],
        },
    }
    assert unknown["operating_system"] is None
    assert unknown["named"] is None


async def test_of_one_asset_its_system_and_its_programs_are_told(by: Call) -> None:
    made = await stock(by)
    await install(by, made["A"], CHROME, OFFICE)

    answer = await by(TECHNICIAN).get(f"/assets/{made['A']['asset_id']}/support")
    printer = await by(TECHNICIAN).get(f"/assets/{made['G']['asset_id']}/support")
    foreign = await by(TECHNICIAN).get(f"/assets/{made['X']['asset_id']}/support")

    assert answer.json()["system"]["named"] == "Windows 10 22H2"
    assert [row["named"] for row in answer.json()["software"]] == [
        *("Microsoft Office 2016", "Google Chrome 142"),
    ]
    assert printer.json() == {
        "as_of": DAY.isoformat(),
        "system": None,
        "windows_11": {"readiness": "not-applicable", "lacks": [], "unknown": []},
        "software": [],
    }
    assert foreign.status_code == 404


@pytest.mark.parametrize(
    "asked",
    [
        {"state": "dead"},
        {"windows_11": "perhaps"},
        {"limit": 201},
        {"limit": 0},
        {"after": "x"},
        {"sort": "state"},
        {"product": "x" * 41},
        {"cycle": "a\x00b"},
        {"school": "x"},
    ],
)
async def test_what_cannot_be_is_refused(by: Call, asked: dict[str, Any]) -> None:
    answer = await by(MANAGER).get("/support/devices", params=asked)

    assert answer.status_code == 422


_EDITIONS = {"e": "Education", "w": "Pro", "e-lts": "Enterprise LTSC"}
_OLD = {"7-sp1": "Windows 7", "6-sp2": "Windows Vista", "5-sp3": "Windows XP"}


def _reports(document: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Write each release as an agent would: product, cycle, name, version."""
    for row in document["windows"]["releases"]:
        cycle, *_ = [row["releaseCycle"]]
        if cycle[:3] not in {"10-", "11-"}:
            yield "windows", cycle, _OLD.get(cycle, f"Windows {cycle}"), ""
            continue
        of, _feature, track = (*cycle.split("-", 2), "w")[:3]
        if track in _EDITIONS:
            name = f"Microsoft Windows {of} {_EDITIONS[track]}"
            yield "windows", cycle, name, row["latest"]
    told = {
        "macos": ("macOS", "{}"),
        "ipados": ("iPadOS", "{}.1"),
        "ubuntu": ("Ubuntu {}.3 LTS", "{}"),
        "debian": ("Debian GNU/Linux {}", ""),
        "fedora": ("Fedora Linux {} (Workstation Edition)", ""),
        "android": ("Android", "{}"),
        "linuxmint": ("Linux Mint {}", "{}"),
        "ios": ("iOS", "{}.2"),
    }
    for product, (name, version) in told.items():
        for row in document[product]["releases"]:
            cycle = row["releaseCycle"]
            if row["releaseDate"] >= "2016-07" and cycle[0].isdigit():
                yield product, cycle, name.format(cycle), version.format(cycle)
    for cycle in ("2025", "2022", "2019", "2016", "2012-R2", "2012"):
        named = f"Microsoft Windows Server {cycle.replace('-', ' ')} Standard"
        yield "windows-server", cycle.lower(), named, ""


async def test_the_states_of_200_machines_are_those_of_endoflife(
    by: Call, real_data: Path
) -> None:
    """Each state is worked out a second time, from their file alone."""
    document = endoflife.document(real_data)
    reports = sorted(_reports(document))
    dice = random.Random("endoflife")
    chosen = [*reports, *dice.choices(reports, k=200)][:200]
    rows = {
        (product, row["releaseCycle"]): row
        for product, told in document.items()
        for row in told["releases"]
    }
    expected: dict[str, tuple[str, str]] = {}
    for number, (product, cycle, name, version) in enumerate(chosen):
        tag = f"E{number:03}"
        details = {"operating_system": name, "os_version": version or None}
        given = {key: value for key, value in details.items() if value}
        await add(by, tag, details=given)
        state = endoflife.state(product, rows[product, cycle], DAY)
        expected[tag] = (cycle, state)

    found = await listed(by, MANAGER, limit=200)

    assert len({(product, cycle) for product, cycle, _, _ in chosen}) > 100
    assert {each["tag"]: (each["cycle"], each["state"]) for each in found} == expected
    states = (await support(by, MANAGER))["states"]
    for state, number in states.items():
        told = [s for _, s in expected.values() if s == state.replace("_", "-")]
        assert number == len(told)
