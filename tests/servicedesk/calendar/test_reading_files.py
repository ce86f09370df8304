"""A school's calendar to other programs and from them, by the API."""

import icalendar

from tests.servicedesk.calendar.writing import LA, SCHOOL, own, period, terms, written
from tests.servicedesk.world import (
    DESK,
    FAR_AWAY,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    PUPIL,
    Call,
    tag_of,
)

FILE = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
SUMMARY:INSET Day
DTSTART;VALUE=DATE:20251103
END:VEVENT
BEGIN:VEVENT
SUMMARY:Harvest festival
DTSTART;VALUE=DATE:20251003
END:VEVENT
END:VCALENDAR
"""
INSET = period("inset", "2025-11-03", name="INSET Day")


async def test_what_a_file_says_is_added_and_the_rest_is_told(by: Call) -> None:
    closed = period("closure", "2025-11-20")
    await written(by(LEADER), SCHOOL, own(closed))

    body = {"ical": FILE}
    answer = await by(LEADER).post(f"{SCHOOL}/ical", json=body, headers=tag_of(1))

    assert answer.status_code == 200, answer.text
    assert answer.headers["etag"] == '"2"'
    told = answer.json()
    assert told["calendar"]["periods"] == [closed, INSET]
    assert told["passed_over"] == [
        {"summary": "Harvest festival", "why": "Its words tell no kind of period"}
    ]
    again = await by(LEADER).post(f"{SCHOOL}/ical", json=body, headers=tag_of(2))
    assert again.json()["calendar"]["version"] == 2


async def test_the_file_of_one_school_is_read_by_another(by: Call) -> None:
    await written(by(MANAGER), LA, terms())
    await written(by(LEADER), SCHOOL, own(INSET))

    file = await by(PUPIL).get(f"{SCHOOL}/calendar.ics")

    assert file.status_code == 200
    assert file.headers["content-type"].startswith("text/calendar")
    assert "school-900001.ics" in file.headers["content-disposition"]
    assert len(icalendar.Calendar.from_ical(file.text).events) == 7
    where = f"/calendars/schools/{NEXT_DOOR.urn}"
    body = {"ical": file.text}
    answer = await by(MANAGER).post(f"{where}/ical", json=body, headers=tag_of(0))
    assert answer.json()["calendar"]["periods"] == [*terms()["periods"], INSET]
    assert answer.json()["passed_over"] == []


async def test_an_empty_calendar_is_a_file_too(by: Call) -> None:
    file = await by(PUPIL).get(f"{SCHOOL}/calendar.ics")
    assert icalendar.Calendar.from_ical(file.text).events == []


async def test_what_is_no_calendar_is_refused(by: Call) -> None:
    body = {"ical": "Dear all"}
    answer = await by(LEADER).post(f"{SCHOOL}/ical", json=body, headers=tag_of(0))

    assert answer.status_code == 422
    assert answer.json()["type"].endswith("#ical-unreadable")
    assert answer.json()["errors"][0]["pointer"] == "/ical"


async def test_days_that_no_calendar_has_are_refused(by: Call) -> None:
    body = {"ical": FILE.replace("20251103", "21000104")}
    answer = await by(LEADER).post(f"{SCHOOL}/ical", json=body, headers=tag_of(0))

    assert answer.status_code == 422
    assert answer.json()["type"].endswith("#calendar-impossible")


async def test_others_read_no_file_in(by: Call) -> None:
    body = {"ical": FILE}
    for actor, where, status in (
        (PUPIL, SCHOOL, 403),
        (DESK, SCHOOL, 403),
        (MANAGER, f"/calendars/schools/{FAR_AWAY.urn}", 404),
    ):
        answer = await by(actor).post(f"{where}/ical", json=body, headers=tag_of(0))
        assert answer.status_code == status
    foreign = await by(MANAGER).get(f"/calendars/schools/{FAR_AWAY.urn}/calendar.ics")
    assert foreign.status_code == 404
