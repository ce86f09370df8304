"""An LA writes terms, its schools their own days, and each version is kept."""

from datetime import datetime
from typing import Any

import pytest

from chassis.testing.databases import ServiceDatabase
from tests.servicedesk.calendar.writing import (
    INSET_DAYS,
    LA,
    SCHOOL,
    TERMS,
    WEEK,
    own,
    period,
    terms,
    written,
)
from tests.servicedesk.world import (
    ANALYST,
    AUDITOR,
    DESK,
    FAR_AWAY,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    PUPIL,
    TEACHER,
    TECHNICIAN,
    Call,
    stored,
    tag_of,
)

NOTHING = {"periods": [], "parts": [], "hours": {}}


async def test_before_anything_is_written_it_is_version_0(by: Call) -> None:
    answer = await by(MANAGER).get(LA)

    assert answer.status_code == 200, answer.text
    assert answer.headers["etag"] == '"0"'
    assert answer.json() == {
        "la_code": "940",
        "school_urn": None,
        "version": 0,
        "since": None,
        **NOTHING,
        "effective": NOTHING,
    }


async def test_what_is_written_is_read_back_and_can_be_written_again(by: Call) -> None:
    made = await written(by(MANAGER), LA, terms())

    answer = await by(DESK).get(LA)

    assert answer.json() == made
    assert answer.headers["etag"] == '"1"'
    assert {name: made[name] for name in NOTHING} == terms() == made["effective"]
    again = await written(by(MANAGER), LA, terms(), version=1)
    assert again == made


async def test_a_school_lays_its_own_words_over_its_las(by: Call) -> None:
    await written(by(MANAGER), LA, terms())
    training = period("inset", "2025-10-17", name="Safeguarding")
    late = [[{"opens": "09:00", "closes": "12:00"}], *WEEK[1:]]

    made = await written(by(LEADER), SCHOOL, own(training, hours={"inset": late}))

    assert made["periods"] == [training]
    assert made["effective"]["periods"] == [*TERMS, training]
    assert made["effective"]["hours"] == {"school-day": WEEK, "inset": late}
    assert (made["la_code"], made["version"]) == ("940", 1)


async def test_every_version_is_kept_and_none_begins_before_the_one_before(
    by: Call, rows: ServiceDatabase
) -> None:
    for number, day in enumerate(INSET_DAYS):
        await written(by(TECHNICIAN), SCHOOL, own(period("inset", day)), number)

    found = stored(
        rows,
        "SELECT version, since, said -> 'periods' -> 0 ->> 'first'"
        " FROM school_calendar ORDER BY version",
    )

    assert [(row[0], row[2]) for row in found] == list(enumerate(INSET_DAYS, 1))
    began: list[datetime] = [row[1] for row in found]
    assert began == sorted(set(began))


async def test_who_writes_second_hears_that_it_has_changed(by: Call) -> None:
    await written(by(MANAGER), LA, terms())

    answer = await by(MANAGER).put(LA, json=own(), headers=tag_of(0))

    assert answer.status_code == 412
    assert answer.json()["current_version"] == 1


async def test_what_no_calendar_can_be_is_told_by_its_place(by: Call) -> None:
    body = own(
        period("term", "2025-09-03", "2025-12-19"),
        period("term", "2025-12-19", "2026-03-27"),
        period("term", "2026-05-02", "2026-05-04"),
        parts=[
            {"kind": "twilight", "day": "2025-11-05", "opens": "18:00"}
            | {"closes": "16:00", "name": ""}
        ],
        hours={"inset": [[{"opens": "12:00", "closes": "08:00"}], *WEEK[1:]]},
    )

    answer = await by(LEADER).put(SCHOOL, json=body, headers=tag_of(0))

    assert answer.status_code == 422
    told = answer.json()
    assert told["type"].endswith("#calendar-impossible")
    assert [(each["pointer"], each["detail"]) for each in told["errors"]] == [
        ("/hours/inset", "A span opens before it closes, within one day"),
        ("/periods/1/first", "It overlaps the term at /periods/0"),
        ("/periods/2", "A term has a day that pupils come to school"),
        ("/parts/0/closes", "It opens before it closes, within one day"),
    ]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (own(period("summer", "2025-09-03")), "/periods/0/kind"),
        (own(period("inset", "3 September")), "/periods/0/first"),
        (own(hours={"inset": WEEK[:6]}), "/hours/inset"),
        (own(hours={"half": WEEK}), "/hours/half/[key]"),
        (
            own(hours={"inset": [[{"opens": "8am", "closes": "9am"}], *WEEK[1:]]}),
            "/hours/inset/0/0/opens",
        ),
        ({"periods": [], "parts": []}, "/hours"),
    ],
)
async def test_what_is_no_calendar_at_all_is_told_so_too(
    by: Call, body: dict[str, Any], pointer: str
) -> None:
    answer = await by(LEADER).put(SCHOOL, json=body, headers=tag_of(0))

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize(
    ("actor", "where", "status"),
    [
        (DESK, LA, 403),
        (AUDITOR, LA, 403),
        (TECHNICIAN, LA, 404),
        (ANALYST, LA, 404),
        (MANAGER, "/calendars/authorities/941", 404),
        (TEACHER, SCHOOL, 403),
        (PUPIL, SCHOOL, 403),
        (DESK, SCHOOL, 403),
        (LEADER, f"/calendars/schools/{NEXT_DOOR.urn}", 404),
        (MANAGER, f"/calendars/schools/{FAR_AWAY.urn}", 404),
        (MANAGER, "/calendars/schools/999998", 404),
    ],
    ids=lambda value: getattr(value, "principal", str(value)),
)
async def test_others_do_not_write_it(
    by: Call, actor: Any, where: str, status: int
) -> None:
    answer = await by(actor).put(where, json=own(), headers=tag_of(0))
    assert answer.status_code == status, answer.text


async def test_all_of_a_school_read_when_it_is_on(by: Call) -> None:
    await written(by(MANAGER), LA, terms())

    for actor in (TECHNICIAN, LEADER, TEACHER, PUPIL, MANAGER, DESK, AUDITOR):
        answer = await by(actor).get(SCHOOL)
        assert answer.status_code == 200
        assert answer.json()["effective"] == terms()
    assert (await by(ANALYST).get(SCHOOL)).status_code == 404


async def test_that_it_was_written_is_recorded(by: Call, rows: ServiceDatabase) -> None:
    await written(by(MANAGER), LA, terms())
    await written(by(LEADER), SCHOOL, own())

    found = stored(
        rows,
        "SELECT action, target_kind, target_id, la_code, details::jsonb -> 'after'"
        " FROM audit_entry ORDER BY entry_id",
    )

    assert found == [
        ("calendar.written", "calendar", "940", "940", {"version": 1}),
        (
            *("calendar.written", "calendar"),
            *("00000000-0000-0000-0000-000000000001", "940", {"version": 1}),
        ),
    ]
