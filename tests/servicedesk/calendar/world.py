"""A school's year as the tests speak of it, and short words for instants."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from servicedesk.calendar.model.clock import SchoolTime
from servicedesk.calendar.model.hours import Kind, weekdays
from servicedesk.calendar.model.layers import Layer
from servicedesk.calendar.model.periods import Period, Stretch
from servicedesk.calendar.model.versions import Version, school_time

LONDON = ZoneInfo("Europe/London")
EIGHT_TO_FOUR = weekdays(8 * 60, 16 * 60)
LONG_AGO = datetime(2025, 8, 1, tzinfo=LONDON)
AUTUMN = Period(Stretch.TERM, date(2025, 9, 3), date(2025, 12, 19), "Autumn")
SPRING = Period(Stretch.TERM, date(2026, 1, 5), date(2026, 3, 27), "Spring")
SUMMER = Period(Stretch.TERM, date(2026, 4, 13), date(2026, 7, 22), "Summer")
OCTOBER = Period(Stretch.HALF_TERM, date(2025, 10, 27), date(2025, 10, 31))


def layer(*more: Period) -> Layer:
    return Layer(
        (AUTUMN, SPRING, SUMMER, OCTOBER, *more),
        (),
        {Kind.SCHOOL_DAY: EIGHT_TO_FOUR, Kind.INSET: EIGHT_TO_FOUR},
    )


def compiled(said: Layer, first: date, last: date) -> SchoolTime:
    return school_time([Version(LONG_AGO, said)], first, last)


def year() -> SchoolTime:
    return compiled(layer(), date(2025, 8, 1), date(2026, 7, 31))


def at(day: str, clock: str, *, again: bool = False) -> datetime:
    """Say an instant by the wall clock of London, where it is shown a second time."""
    shown = datetime.fromisoformat(f"{day}T{clock}")
    return shown.replace(tzinfo=LONDON, fold=int(again)).astimezone(UTC)


def hours(count: float) -> timedelta:
    return timedelta(hours=count)
