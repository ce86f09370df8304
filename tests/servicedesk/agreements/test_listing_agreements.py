"""Which agreements are listed, for whom, and in which order."""

from typing import Any

import pytest

from tests.servicedesk.agreements.agreeing import (
    agreed,
    day,
    for_all,
    internal,
    of_school,
    where,
    with_supplier,
)
from tests.servicedesk.world import (
    ANALYST,
    AUDITOR,
    DESK,
    FAR_AWAY,
    HERE,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    PUPIL,
    RBC,
    TEACHER,
    TECHNICIAN,
    Call,
)


async def county(by: Call) -> dict[str, dict[str, Any]]:
    """Agree what a county agrees: by name."""
    made = [
        await agreed(by(MANAGER), for_all(name="Support")),
        await agreed(by(MANAGER), with_supplier(name="Broadband", ends_on=day(200))),
        await agreed(by(TECHNICIAN), internal(name="Our team", starts_on=day(5))),
        await agreed(by(LEADER), of_school(name="Printers", ends_on=day(40))),
        await agreed(
            by(MANAGER),
            for_all(name="Special", la_code=None, school_urn=NEXT_DOOR.urn),
        ),
    ]
    return {each["name"]: each for each in made}


async def listed(by: Call, actor: Any, **asked: Any) -> list[str]:
    answer = await by(actor).get("/agreements", params=asked)
    assert answer.status_code == 200, answer.text
    names = [each["name"] for each in answer.json()["items"]]
    count = await by(actor).get(
        "/agreements/count", params={k: v for k, v in asked.items() if k != "sort"}
    )
    assert count.json() == {"count": len(names), "is_exact": True}
    return names


ALL = ["Broadband", "Our team", "Printers", "Special", "Support"]
AT_HERE = ["Broadband", "Our team", "Printers", "Support"]
NEXT = ["Broadband", "Special", "Support"]


@pytest.mark.parametrize(
    ("actor", "asked", "names"),
    [
        (MANAGER, {}, ALL),
        (DESK, {}, ALL),
        (AUDITOR, {}, ALL),
        (RBC, {}, ALL),
        (TECHNICIAN, {}, AT_HERE),
        (LEADER, {}, AT_HERE),
        (OTHER_TECHNICIAN, {}, NEXT),
        (TEACHER, {}, []),
        (PUPIL, {}, []),
        (ANALYST, {}, []),
        (MANAGER, {"sort": "-name"}, ALL[::-1]),
        (
            *(MANAGER, {"sort": "ends_on"}),
            ["Printers", "Broadband", "Our team", "Special", "Support"],
        ),
        (MANAGER, {"school": HERE.urn}, AT_HERE),
        (MANAGER, {"school": NEXT_DOOR.urn, "la_code": "940"}, NEXT),
        (RBC, {"school": FAR_AWAY.urn}, []),
        (RBC, {"school": HERE.urn, "la_code": "941"}, []),
        (MANAGER, {"la_code": "940"}, ALL),
        (MANAGER, {"la_code": "941"}, []),
        (MANAGER, {"kind": "supplier"}, ["Broadband", "Printers"]),
        (MANAGER, {"on": day(0)}, [name for name in ALL if name != "Our team"]),
        (MANAGER, {"on": day(100)}, [name for name in ALL if name != "Printers"]),
        (MANAGER, {"on": day(-101)}, []),
        (MANAGER, {"q": "eastern ERB"}, ["Broadband", "Printers"]),
        (MANAGER, {"ends": "quarter"}, ["Printers"]),
        (MANAGER, {"ends": "year"}, ["Broadband", "Printers"]),
    ],
    ids=lambda value: getattr(value, "principal", ""),
)
async def test_who_finds_what(
    by: Call, actor: Any, asked: dict[str, Any], names: list[str]
) -> None:
    await county(by)
    assert await listed(by, actor, **asked) == names


async def test_a_page_leads_to_the_next(by: Call) -> None:
    await county(by)
    found: list[str] = []
    asked: dict[str, Any] = {"limit": 2, "sort": "ends_on"}
    while True:
        page = (await by(MANAGER).get("/agreements", params=asked)).json()
        found += [each["name"] for each in page["items"]]
        if page["next"] is None:
            break
        asked["after"] = page["next"]

    assert found == ["Printers", "Broadband", "Our team", "Special", "Support"]


async def test_no_school_reads_anothers(by: Call) -> None:
    made = await county(by)

    for name in ("Our team", "Printers"):
        assert (await by(OTHER_TECHNICIAN).get(where(made[name]))).status_code == 404
    assert (await by(TECHNICIAN).get(where(made["Special"]))).status_code == 404
    assert (await by(TEACHER).get(where(made["Support"]))).status_code == 404


async def test_of_an_unknown_school_there_is_no_listing(by: Call) -> None:
    for actor, urn in ((TECHNICIAN, NEXT_DOOR.urn), (MANAGER, FAR_AWAY.urn)):
        for tail in ("", "/count"):
            answer = await by(actor).get(f"/agreements{tail}", params={"school": urn})
            assert answer.status_code == 404
