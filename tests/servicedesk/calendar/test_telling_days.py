"""What each day is to a school, and whether its year holds what the law asks."""

import csv
from pathlib import Path

import pytest

from tests.servicedesk.calendar.writing import (
    INSET_DAYS,
    LA,
    OPEN,
    SCHOOL,
    TERMS,
    own,
    period,
    terms,
    written,
)
from tests.servicedesk.world import DESK, FAR_AWAY, LEADER, MANAGER, PUPIL, Call

TWILIGHT = {"kind": "twilight", "day": "2025-09-04", "opens": "16:00"} | {
    "closes": "18:00",
    "name": "Markbook",
}
HALF = {"kind": "half-day", "day": "2025-12-19", "opens": "08:00"} | {
    "closes": "12:00",
    "name": "",
}


async def test_each_day_says_what_it_is_and_why(by: Call) -> None:
    await written(by(MANAGER), LA, terms())
    snow = period("closure", "2025-09-05", name="Burst pipe")
    census = period("census", "2025-09-04", name="Census")
    await written(
        by(LEADER),
        SCHOOL,
        own(period("inset", "2025-09-03"), snow, census, parts=[TWILIGHT]),
    )

    asked = {"first": "2025-09-02", "last": "2025-09-06"}
    answer = await by(PUPIL).get(f"{SCHOOL}/days", params=asked)

    assert answer.status_code == 200, answer.text
    days = answer.json()["items"]
    assert [(day["day"], day["kind"], day["name"]) for day in days] == [
        ("2025-09-02", "holiday", ""),
        ("2025-09-03", "inset", ""),
        ("2025-09-04", "school-day", "Autumn"),
        ("2025-09-05", "closed", "Burst pipe"),
        ("2025-09-06", "weekend", ""),
    ]
    assert [day["sessions"] for day in days] == [0, 0, 2, 0, 0]
    assert [day["spans"] for day in days] == [[], OPEN, OPEN, [], []]
    assert days[2]["marks"] == ["census"]
    assert days[2]["twilight"] == {
        name: TWILIGHT[name] for name in ("opens", "closes", "name")
    }


async def test_bank_holidays_are_known_by_name(by: Call) -> None:
    asked = {"first": "2026-05-04", "last": "2026-05-04"}
    [day] = (await by(LEADER).get(f"{SCHOOL}/days", params=asked)).json()["items"]
    assert (day["kind"], day["name"]) == ("bank-holiday", "May Day")


@pytest.mark.parametrize("last", ["2025-09-01", "2026-10-07", "2099-01-01"])
async def test_days_that_cannot_be_told_are_refused(by: Call, last: str) -> None:
    asked = {"first": "2025-09-02", "last": last}
    answer = await by(LEADER).get(f"{SCHOOL}/days", params=asked)

    assert answer.status_code == 422
    assert answer.json()["type"].endswith("#calendar-window-impossible")


async def test_a_year_is_counted_with_what_it_lacks(by: Call) -> None:
    await written(by(MANAGER), LA, terms())
    training = [period("inset", day) for day in INSET_DAYS[:4]]
    await written(by(LEADER), SCHOOL, own(*training, parts=[HALF, TWILIGHT]))

    answer = await by(PUPIL).get(f"{SCHOOL}/year", params={"year": 2025})

    assert answer.json() == {
        "school_urn": 900001,
        "year": 2025,
        "days": 191,
        "sessions": 381,
        "inset_half_days": 9,
        "first": "2025-09-04",
        "last": "2026-07-22",
        "lacking_days": 0,
        "lacking_sessions": 0,
        "lacking_inset_half_days": 1,
    }


async def test_an_las_days_are_those_of_a_school_that_writes_nothing(by: Call) -> None:
    await written(
        by(MANAGER), LA, terms(periods=[*TERMS, period("inset", "2025-09-03")])
    )
    await written(by(LEADER), SCHOOL, own(period("closure", "2025-09-04")))
    asked = {"first": "2025-09-03", "last": "2025-09-04"}

    days = (await by(DESK).get(f"{LA}/days", params=asked)).json()
    year = (await by(DESK).get(f"{LA}/year", params={"year": 2025})).json()

    assert days["school_urn"] is None
    assert [day["kind"] for day in days["items"]] == ["inset", "school-day"]
    assert (year["school_urn"], year["inset_half_days"]) == (None, 2)
    for tail in ("/days", "/year"):
        asked["year"] = "2025"
        answer = await by(LEADER).get(f"{LA}{tail}", params=asked)
        assert answer.status_code == 404


async def test_a_foreign_school_tells_nothing(by: Call) -> None:
    where = f"/calendars/schools/{FAR_AWAY.urn}"
    asked = {"first": "2025-09-02", "last": "2025-09-02", "year": 2025}

    for tail in ("", "/days", "/year"):
        answer = await by(MANAGER).get(f"{where}{tail}", params=asked)
        assert answer.status_code == 404


async def test_denton_is_told_to_have_190_days(by: Call, real_data: Path) -> None:
    content = (real_data / "calendars" / "school_term_dates.csv").read_text("utf-8")
    kinds = {"pupils": "term", "inset": "inset"}
    periods = [
        period(kinds[row["kind"]], row["start"], row["end"])
        for row in csv.DictReader(content.splitlines())
        if row["school"].startswith("Denton") and row["kind"] in kinds
    ]
    await written(by(LEADER), SCHOOL, own(*periods))

    asked = {"year": 2025}
    told = (await by(LEADER).get(f"{SCHOOL}/year", params=asked)).json()

    assert (told["days"], told["sessions"], told["inset_half_days"]) == (190, 380, 10)
    lacking = {name: value for name, value in told.items() if "lacking" in name}
    assert set(lacking.values()) == {0}
