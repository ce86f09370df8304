"""Whatever is reported in an inspection, in exams or on a census day presses more."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from servicedesk.calendar.model.layers import Layer
from servicedesk.calendar.model.periods import Period, Stretch
from servicedesk.calendar.model.pressing import lift_on
from tests.servicedesk.calendar.writing import LA, SCHOOL, own, period, written
from tests.servicedesk.world import (
    HERE,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    TEACHER,
    TECHNICIAN,
    Call,
    opened,
    tag_of,
)

DAY = date(2026, 5, 12)


def today() -> str:
    return datetime.now(UTC).astimezone(ZoneInfo("Europe/London")).date().isoformat()


def stretch(kind: Stretch, first: int, last: int) -> Period:
    return Period(kind, DAY + timedelta(first), DAY + timedelta(last))


@pytest.mark.parametrize(
    ("periods", "lift"),
    [
        ([], None),
        ([stretch(Stretch.TERM, -30, 30), stretch(Stretch.INSET, 0, 0)], None),
        ([stretch(Stretch.EXAMS, -5, 0)], "exams"),
        ([stretch(Stretch.EXAMS, 0, 9)], "exams"),
        ([stretch(Stretch.EXAMS, -5, -1), stretch(Stretch.CENSUS, 1, 1)], None),
        ([stretch(Stretch.CENSUS, 0, 0)], "census"),
        (
            [
                stretch(Stretch.CENSUS, 0, 0),
                stretch(Stretch.EXAMS, 0, 0),
                stretch(Stretch.INSPECTION, 0, 0),
            ],
            "inspection",
        ),
    ],
)
def test_the_first_of_what_presses_on_a_day_is_told(
    periods: list[Period], lift: str | None
) -> None:
    assert lift_on(Layer(periods=tuple(periods)), DAY) == lift


@pytest.mark.parametrize(
    ("level", "usual", "lifted"),
    [("low", 4, 3), ("medium", 3, 2), ("high", 1, 1)],
)
async def test_it_presses_one_more_while_the_school_is_inspected(
    by: Call, level: Any, usual: int, lifted: int
) -> None:
    said = {"impact": level, "urgency": level}
    before = await opened(by(TEACHER), **said)
    await written(by(TECHNICIAN), SCHOOL, own(period("inspection", today())))
    # A requester's own scope is enough to know of it.
    during = await opened(by(TEACHER), **said)
    elsewhere = await opened(by(OTHER_TECHNICIAN), school_urn=NEXT_DOOR.urn, **said)

    assert (before["priority"], before["lifted_for"]) == (usual, None)
    assert (during["priority"], during["lifted_for"]) == (lifted, "inspection")
    assert (elsewhere["priority"], elsewhere["lifted_for"]) == (usual, None)


async def test_a_census_of_the_la_is_one_for_its_schools(by: Call) -> None:
    await written(by(MANAGER), LA, own(period("census", today())))

    ticket = await opened(by(TEACHER), school_urn=HERE.urn)

    assert ticket["lifted_for"] == "census"
    again = await by(TEACHER).get(f"/tickets/{ticket['ticket_id']}")
    assert again.json() == ticket


async def test_what_lifted_it_stays_when_it_is_judged_anew(by: Call) -> None:
    await written(by(TECHNICIAN), SCHOOL, own(period("exams", today())))
    ticket = await opened(by(TEACHER), impact="low", urgency="low")

    where, held = f"/tickets/{ticket['ticket_id']}", tag_of(1)
    more = {"urgency": "medium", "impact": "medium"}
    changed = await by(TECHNICIAN).patch(where, json=more, headers=held)

    assert (changed.json()["priority"], changed.json()["lifted_for"]) == (2, "exams")
