"""School time: which days are in term, and how busy a help desk is on each."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from local_stack.county.dice import Dice
from local_stack.county.model import AS_OF

LONDON = ZoneInfo("Europe/London")
YEARS_BACK = 2
# First and last days in school; what lies between two spans is holiday.
TERMS = (
    *((date(2024, 11, 4), date(2024, 12, 20)), (date(2025, 1, 6), date(2025, 2, 14))),
    *((date(2025, 2, 24), date(2025, 4, 4)), (date(2025, 4, 22), date(2025, 5, 23))),
    *((date(2025, 6, 2), date(2025, 7, 22)), (date(2025, 9, 3), date(2025, 10, 24))),
    *((date(2025, 11, 3), date(2025, 12, 19)), (date(2026, 1, 5), date(2026, 2, 13))),
    *((date(2026, 2, 23), date(2026, 3, 27)), (date(2026, 4, 13), date(2026, 5, 22))),
    *((date(2026, 6, 1), date(2026, 7, 21)), (date(2026, 9, 2), date(2026, 10, 23))),
    (date(2026, 11, 2), date(2026, 12, 18)),
)
BANK_HOLIDAYS = frozenset({date(2025, 5, 5), date(2026, 5, 4)})
_EXAMS = {5: 8, 6: 15}
"""Of May from its 8th and of June to its 15th."""
_WEEKDAYS = (34, 24, 20, 18, 14)
_HOURS = ((7, 2), (8, 26), (9, 18), (10, 14), (11, 11), (12, 6), (13, 10), (14, 9))
_LATE = ((15, 8), (16, 3), (19, 1))


def is_term(day: date) -> bool:
    """Say whether schools are open."""
    return (
        day.weekday() < len(_WEEKDAYS)
        and day not in BANK_HOLIDAYS
        and any(first <= day <= last for first, last in TERMS)
    )


def is_exam_time(day: date) -> bool:
    """Say whether it is the season of public examinations."""
    return (day.month == 5 and day.day >= _EXAMS[5]) or (  # noqa: PLR2004 - May
        day.month == 6 and day.day <= _EXAMS[6]  # noqa: PLR2004 - June
    )


def busyness() -> list[tuple[date, int]]:
    """Return every day of the last two years with the share of tickets it brings."""
    first = AS_OF.replace(year=AS_OF.year - YEARS_BACK)
    days = (first + timedelta(days=n) for n in range((AS_OF - first).days + 1))
    return [(day, share) for day in days if (share := _share(day))]


def _share(day: date) -> int:
    if day == AS_OF:
        return 20  # The morning is not over.
    if day.weekday() >= len(_WEEKDAYS):
        return 0 if day.month == 8 else 1  # noqa: PLR2004 - August
    if not is_term(day):
        # Offices are open: what is rebuilt in summer breaks in summer.
        return 2 if day.month == 8 else 4  # noqa: PLR2004 - August
    share = _WEEKDAYS[day.weekday()] * 10
    began = max(first for first, _ in TERMS if first <= day)
    into = (day - began).days
    if began.month == 9:  # noqa: PLR2004 - September
        share = share * (24 if into < 10 else 17 if into < 20 else 11) // 10  # noqa: PLR2004 - days
    elif into < 5:  # noqa: PLR2004 - days
        share = share * 15 // 10
    return share


def moment(dice: Dice, day: date) -> datetime:
    """Return a time of that day at which somebody reports something."""
    hour = dice.weighted((*_HOURS, *_LATE))
    if day == AS_OF:
        hour = dice.weighted(((7, 2), (8, 9)))
    local = datetime(
        *(day.year, day.month, day.day, hour, dice.below(60), dice.below(60)),
        tzinfo=LONDON,
    )
    return local.astimezone(UTC)


def after(start: datetime, hours: int, minutes: int) -> datetime:
    """Return the time after so many hours of a working day (8am to 4pm)."""
    local = start.astimezone(LONDON)
    day, left = local.date(), hours * 60 + minutes
    at = min(max(local.hour * 60 + local.minute, 480), 960)
    while left > 960 - at:
        left -= 960 - at
        day, at = _next_working(day), 480
    at += left
    done = datetime(
        *(day.year, day.month, day.day, at // 60, at % 60, local.second), tzinfo=LONDON
    )
    return max(done.astimezone(UTC), start + timedelta(minutes=minutes))


def _next_working(day: date) -> date:
    day += timedelta(days=1)
    while day.weekday() >= len(_WEEKDAYS) or day in BANK_HOLIDAYS:
        day += timedelta(days=1)
    return day
