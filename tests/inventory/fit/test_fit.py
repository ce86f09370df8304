"""Will it run? Need by need, the cheapest mend, and a school by room and kind."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from fastapi import FastAPI

from inventory.fit.model.mending import Mend, Prices, mend
from inventory.fit.model.needs import Fit, Has, Needs, fit
from inventory.lifecycle.model.releases import UNKNOWN, Support
from inventory.support.model.readiness import Hardware
from inventory.support.routes import today
from tests.inventory.support.machines import MAC, WIN_10, WIN_11, add
from tests.inventory.world import (
    FAR_AWAY,
    HERE,
    MANAGER,
    NEXT_DOOR,
    STAFF,
    TECHNICIAN,
    Call,
)

I5_8TH = "Intel(R) Core(TM) i5-8265U CPU @ 1.60GHz"
I5_6TH = "Intel(R) Core(TM) i5-6500T CPU @ 2.50GHz"
TEN = Support("windows", "10-22h2", "ended")
ELEVEN = Support("windows", "11-24h2-e", "supported")
GOOD = Hardware(I5_8TH, Decimal("7.8"), Decimal(256), "2.0")
OLD = Hardware(I5_6TH, Decimal("3.8"), Decimal(120))
PRICES = Prices(4000, 6000, 2500, 45000)


def has(support: Support, hardware: Hardware, category: Any = "laptop") -> Has:
    return Has(category, support, hardware)


@pytest.mark.parametrize(
    ("needs", "machine", "found"),
    [
        (Needs(), has(UNKNOWN, Hardware()), Fit("runs")),
        (Needs("windows"), has(TEN, GOOD), Fit("runs")),
        (Needs("windows", 10), has(TEN, GOOD), Fit("runs")),
        (Needs("windows", 11), has(TEN, GOOD), Fit("lacks", ["system"], [])),
        (Needs("windows", 11), has(ELEVEN, GOOD), Fit("runs")),
        (Needs("macos"), has(TEN, GOOD), Fit("lacks", ["system"], [])),
        (Needs("windows"), has(UNKNOWN, GOOD), Fit("unknown", (), ["system"])),
        (
            Needs("windows", 11),
            has(Support("windows"), GOOD),
            Fit("unknown", (), ["system"]),
        ),
        # Of 8 GiB a system has 7.8 for itself; of 128 GB a drive tells 120 and more.
        (Needs(memory_gib=Decimal(8)), has(TEN, GOOD), Fit("runs")),
        (Needs(memory_gib=Decimal(8)), has(TEN, OLD), Fit("lacks", ["memory"], [])),
        (Needs(storage_gb=Decimal(126)), has(TEN, OLD), Fit("runs")),
        (Needs(storage_gb=Decimal(127)), has(TEN, OLD), Fit("lacks", ["storage"], [])),
        (
            Needs(memory_gib=Decimal(4)),
            has(TEN, Hardware()),
            Fit("unknown", (), ["memory"]),
        ),
        (Needs(listed_processor=True), has(TEN, GOOD), Fit("runs")),
        (
            Needs(listed_processor=True),
            has(TEN, OLD),
            Fit("lacks", ["processor"], []),
        ),
        # One thing that is lacking is enough, whatever is not known.
        (
            Needs("windows", 11, Decimal(8), listed_processor=True),
            has(TEN, Hardware(None, Decimal(4))),
            Fit("lacks", ["system", "memory"], ["processor"]),
        ),
    ],
)
def test_a_machine_is_judged_need_by_need(
    needs: Needs, machine: Has, found: Fit
) -> None:
    assert fit(needs, machine) == found


@pytest.mark.parametrize(
    ("needs", "machine", "steps", "pence"),
    [
        (Needs("windows"), has(TEN, GOOD), [], 0),
        (Needs("windows"), has(UNKNOWN, GOOD), [], 0),
        (Needs(memory_gib=Decimal(16)), has(TEN, GOOD), ["memory"], 4000),
        (
            Needs(memory_gib=Decimal(16), storage_gb=Decimal(500)),
            has(TEN, GOOD),
            *(["memory", "storage"], 10000),
        ),
        (Needs("windows", 11), has(TEN, GOOD), ["system"], 2500),
        # The newer system itself needs more memory than there is.
        (
            Needs("windows", 11),
            has(TEN, Hardware(I5_8TH, Decimal(2), Decimal(256))),
            *(["system", "memory"], 6500),
        ),
        (
            Needs("windows", 11, Decimal(8)),
            has(TEN, Hardware(I5_8TH, Decimal(2), Decimal(256))),
            *(["system", "memory"], 6500),
        ),
        # Its processor takes no Windows 11: nothing put into it helps.
        (Needs("windows", 11), has(TEN, OLD), ["replacement"], 45000),
        (Needs(listed_processor=True), has(TEN, OLD), ["replacement"], 45000),
        (Needs("macos"), has(TEN, GOOD), ["replacement"], 45000),
        # Nothing is put into a tablet.
        (
            Needs(memory_gib=Decimal(16)),
            has(TEN, GOOD, "tablet"),
            *(["replacement"], 45000),
        ),
    ],
)
def test_the_mend_is_the_least_that_helps(
    needs: Needs, machine: Has, steps: Sequence[str], pence: int
) -> None:
    found = mend(needs, machine, fit(needs, machine), PRICES)

    assert ([*found.steps], found.pence) == ([*steps], pence)


def test_a_machine_is_replaced_where_that_is_cheaper() -> None:
    needs = Needs(memory_gib=Decimal(16))
    machine = has(TEN, GOOD)
    found = fit(needs, machine)

    dear = mend(needs, machine, found, Prices(memory=4001, replacement=4000))
    alike = mend(needs, machine, found, Prices(memory=4000, replacement=4000))
    unknown = mend(needs, machine, found, Prices(replacement=1))

    assert dear == Mend(("replacement",), 4000)
    assert ([*alike.steps], alike.pence) == (["memory"], 4000)
    # Without a price of its own there is nothing to weigh.
    assert ([*unknown.steps], unknown.pence) == (["memory"], None)


@pytest.fixture(autouse=True)
def _on_a_day(app: FastAPI) -> Iterator[None]:
    app.dependency_overrides[today] = lambda: date(2026, 11, 29)
    yield
    app.dependency_overrides.pop(today)


async def stock(by: Call) -> None:
    good = {"processor": I5_8TH, "memory_gib": 7.8, "storage_gb": 256}
    old = {"processor": I5_6TH, "memory_gib": 3.8, "storage_gb": 120}
    await add(by, "A", details={**WIN_11, **good}, room="ICT 1")
    await add(by, "B", details={**WIN_10, **good}, room="ict 1")
    await add(by, "C", details={**WIN_10, **old}, room="ICT 1", category="desktop")
    await add(by, "D", room=None)
    await add(by, "E", details={**MAC, **good}, room="Office")
    await add(by, "P", room="Office", category="printer")
    await add(by, "S", details={**WIN_10, **good}, status="in-store")
    await add(by, "N", details=WIN_10, school_urn=NEXT_DOOR.urn)


ASKED = {
    "system": "windows",
    "release": 11,
    "memory_gib": "4",
    "system_pence": 2500,
    "replacement_pence": 45000,
}


async def test_a_school_is_judged_by_room_and_kind(by: Call) -> None:
    await stock(by)

    answer = await by(TECHNICIAN).get("/fit", params={"school": HERE.urn, **ASKED})

    found = answer.json()
    assert found["as_of"] == "2026-11-29"
    assert found["counts"] == {
        "runs": 1,
        "lacks": 3,
        "unknown": 1,
        "pence": 2500 + 45000 + 45000,
        "unpriced": 0,
    }
    assert [
        (r["room"], r["category"], r["runs"], r["lacks"], r["unknown"], r["pence"])
        for r in found["rooms"]
    ] == [
        (None, "laptop", 0, 0, 1, 0),
        ("ICT 1", "desktop", 0, 1, 0, 45000),
        ("ICT 1", "laptop", 1, 1, 0, 2500),
        ("Office", "laptop", 0, 1, 0, 45000),
    ]
    assert [
        (m["tag"], m["verdict"], m["lacks"], m["unknown"], m["mend"])
        for m in found["machines"]
    ] == [
        ("B", "lacks", ["system"], [], {"steps": ["system"], "pence": 2500}),
        ("C", "lacks", ["system"], [], {"steps": ["replacement"], "pence": 45000}),
        ("E", "lacks", ["system"], [], {"steps": ["replacement"], "pence": 45000}),
        ("D", "unknown", [], ["system", "memory"], {"steps": [], "pence": 0}),
    ]
    assert found["more"] == 0


@pytest.mark.parametrize(
    ("narrowed", "tags"),
    [
        ({"room": "ICT 1"}, "BC"),
        ({"room": "ict 1", "category": "desktop"}, "C"),
        ({"category": "printer"}, ""),
        ({"room": "'; --"}, ""),
    ],
)
async def test_one_room_or_kind_is_judged_alone(
    by: Call, narrowed: dict[str, str], tags: str
) -> None:
    await stock(by)

    asked = {"school": HERE.urn, **ASKED, **narrowed}
    found = (await by(MANAGER).get("/fit", params=asked)).json()

    assert "".join(each["tag"] for each in found["machines"]) == tags


async def test_another_school_is_not_there(by: Call) -> None:
    for actor, school in ((TECHNICIAN, NEXT_DOOR), (MANAGER, FAR_AWAY), (STAFF, HERE)):
        answer = await by(actor).get("/fit", params={"school": school.urn})
        assert answer.status_code == 404 or not answer.json()["rooms"]


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"school": HERE.urn, "system": "toaster"},
        {"school": HERE.urn, "release": 0},
        {"school": HERE.urn, "release": "x"},
        {"school": HERE.urn, "memory_gib": "-1"},
        {"school": HERE.urn, "memory_gib": "NaN"},
        {"school": HERE.urn, "storage_gb": "1e9"},
        {"school": HERE.urn, "memory_pence": -1},
        {"school": HERE.urn, "memory_pence": 10**9},
        {"school": HERE.urn, "room": "a\x00b"},
        {"school": HERE.urn, "category": "toaster"},
    ],
)
async def test_what_cannot_be_is_refused(by: Call, asked: dict[str, Any]) -> None:
    assert (await by(MANAGER).get("/fit", params=asked)).status_code == 422
