"""Working time, when it is over, and whether work may be done, by the API."""

from typing import Any

import psycopg
import pytest

from chassis.testing.databases import ServiceDatabase
from tests.servicedesk.calendar.writing import (
    LA,
    SCHOOL,
    TERMS,
    own,
    period,
    terms,
    written,
)
from tests.servicedesk.world import FAR_AWAY, LEADER, MANAGER, PUPIL, Call, stored

FRIDAY, MONDAY = "2025-09-05T13:00:00Z", "2025-09-08T09:00:00Z"


async def asked(by: Call, tail: str, **params: Any) -> dict[str, Any]:
    answer = await by(PUPIL).get(f"{SCHOOL}/{tail}", params=params)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def long_ago(rows: ServiceDatabase) -> None:
    """Let what is written have been written before the school year."""
    with psycopg.connect(rows.admin, autocommit=True) as admin:
        admin.execute(
            "UPDATE authority_calendar SET since = since - interval '3 years'"
        )


async def test_working_time_is_counted_and_added(by: Call) -> None:
    await written(by(MANAGER), LA, terms())

    told = await asked(by, "working-time", start=FRIDAY, end=MONDAY)
    due = await asked(by, "due", start=FRIDAY, minutes=60 * 8)

    # 2pm to 4pm by the clock on the wall, and 8am to 10am on Monday.
    assert told["seconds"] == 4 * 3600
    assert due["due_at"] == "2025-09-08T13:00:00Z"
    assert due["runs_from"] == FRIDAY


async def test_what_is_reported_in_the_holidays_runs_from_the_first_day(
    by: Call,
) -> None:
    await written(by(MANAGER), LA, terms())
    due = await asked(by, "due", start="2025-08-20T10:00:00+01:00", minutes=0)
    assert (due["runs_from"], due["due_at"]) == (
        "2025-09-03T07:00:00Z",
        "2025-08-20T09:00:00Z",
    )


async def test_a_calendar_that_is_changed_leaves_the_past_as_it_was(
    by: Call, rows: ServiceDatabase
) -> None:
    await written(by(MANAGER), LA, terms())
    long_ago(rows)
    before = await asked(by, "working-time", start=FRIDAY, end=MONDAY)

    closed = period("closure", "2025-09-05", "2025-09-08", "Snow")
    await written(by(MANAGER), LA, terms(periods=[*TERMS, closed]), version=1)
    await written(by(LEADER), SCHOOL, own(closed))

    [(count,)] = stored(rows, "SELECT count(*) FROM authority_calendar")
    assert count == 2
    assert await asked(by, "working-time", start=FRIDAY, end=MONDAY) == before
    days = await asked(by, "days", first="2025-09-05", last="2025-09-05")
    assert days["items"][0]["kind"] == "closed"


@pytest.mark.parametrize(
    ("tail", "params"),
    [
        ("working-time", {"start": FRIDAY, "end": "2026-08-05T09:00:00Z"}),
        ("working-time", {"start": "2024-09-05T09:00:00Z", "end": FRIDAY}),
        ("due", {"start": "2026-07-20T09:00:00Z", "minutes": 60 * 40}),
    ],
)
async def test_beyond_the_written_terms_nothing_is_guessed(
    by: Call, tail: str, params: dict[str, Any]
) -> None:
    await written(by(MANAGER), LA, terms())

    answer = await by(LEADER).get(f"{SCHOOL}/{tail}", params=params)

    assert answer.status_code == 409
    assert answer.json()["type"].endswith("#calendar-not-written")


@pytest.mark.parametrize(
    ("tail", "params", "pointer"),
    [
        ("working-time", {"start": MONDAY, "end": FRIDAY}, "/end"),
        ("working-time", {"start": "0001-01-01T00:00:00Z", "end": FRIDAY}, "/start"),
        ("due", {"start": "9999-12-31T23:00:00Z", "minutes": 1}, "/start"),
        ("objections", {"start": FRIDAY, "end": FRIDAY}, "/end"),
        ("objections", {"start": FRIDAY, "end": "2025-11-08T09:00:00Z"}, "/end"),
    ],
)
async def test_what_cannot_be_asked_is_told_so(
    by: Call, tail: str, params: dict[str, Any], pointer: str
) -> None:
    answer = await by(LEADER).get(f"{SCHOOL}/{tail}", params=params)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_every_reason_against_a_window_is_told(by: Call) -> None:
    await written(by(MANAGER), LA, terms())
    await written(by(LEADER), SCHOOL, own(period("exams", "2025-12-11", name="Mocks")))
    window = {"start": "2025-12-11T09:00:00Z", "end": "2025-12-11T12:00:00Z"}

    disruptive = await asked(by, "objections", **window)
    small = await asked(by, "objections", **window, work="small")

    assert [(each["reason"], each["name"]) for each in disruptive["items"]] == [
        ("lessons", "Autumn"),
        ("exams", "Mocks"),
        ("end-of-term", "Autumn"),
    ]
    assert [each["reason"] for each in small["items"]] == ["exams"]
    assert not small["is_allowed"]
    holidays = {"start": "2025-10-29T09:00:00Z", "end": "2025-10-30T12:00:00Z"}
    assert (await asked(by, "objections", **holidays))["is_allowed"]


async def test_next_year_is_drafted_and_can_be_written(by: Call) -> None:
    await written(by(MANAGER), LA, terms())

    answer = await by(MANAGER).get(f"{LA}/next-year", params={"year": 2025})

    assert answer.status_code == 200, answer.text
    draft = answer.json()
    assert len(draft["periods"]) == 2 * len(TERMS)
    year = draft.pop("year")
    assert (year["year"], year["school_urn"]) == (2026, None)
    assert year["days"] + year["lacking_days"] >= 190
    made = await written(by(MANAGER), LA, draft, version=1)
    assert made["version"] == 2
    again = await by(MANAGER).get(f"{LA}/next-year", params={"year": 2025})
    assert again.status_code == 409
    assert "2026 is written already" in again.json()["detail"]


async def test_of_a_year_without_words_nothing_is_drafted(by: Call) -> None:
    await written(by(MANAGER), LA, terms())
    answer = await by(LEADER).get(f"{SCHOOL}/next-year", params={"year": 2025})
    assert answer.status_code == 409
    assert answer.json()["type"].endswith("#calendar-year-not-rolled")


async def test_nothing_is_asked_of_a_foreign_school(by: Call) -> None:
    where = f"/calendars/schools/{FAR_AWAY.urn}"
    params = {"start": FRIDAY, "end": MONDAY, "minutes": 1, "year": 2025}
    for tail in ("working-time", "due", "objections", "next-year"):
        answer = await by(MANAGER).get(f"{where}/{tail}", params=params)
        assert answer.status_code == 404, tail
