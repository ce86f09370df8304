"""What days, periods and times are called on pages, and who writes them."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from chassis.auth import Actor
from contracts import roles
from gateway.portal.calendars.schemas import Span, Week, Year
from gateway.portal.templates import formats

AUTHORITY_WRITERS = frozenset({roles.LA_MANAGER})
SCHOOL_WRITERS = AUTHORITY_WRITERS | {roles.SCHOOL_LEADER, roles.SCHOOL_TECHNICIAN}
EARLIEST, LATEST = 2000, 2098
"""The school years that have pages, by the year in whose autumn they begin."""
_AUGUST = 8

PERIODS: Mapping[str, str] = {
    "term": "Term",
    "half-term": "Half-term",
    "inset": "INSET day",
    "closure": "Closed",
    "exams": "Exams",
    "census": "School census",
    "inspection": "Inspection",
}
PARTS: Mapping[str, str] = {"half-day": "Half day", "twilight": "Twilight training"}
ENTRIES: Mapping[str, str] = {**PERIODS, **PARTS}
DAYS: Mapping[str, str] = {
    "school-day": "School day",
    "half-term": "Half-term",
    "holiday": "Holiday",
    "bank-holiday": "Bank holiday",
    "inset": "INSET day",
    "closed": "Closed",
    "weekend": "Weekend",
}
HOURS: Mapping[str, str] = {
    "school-day": "School days",
    "inset": "INSET days",
    "half-term": "Half-term",
    "holiday": "Holidays",
    "weekend": "Weekends",
    "bank-holiday": "Bank holidays",
}
"""The kinds of days that may have hours; on a closed day nobody is there."""
WEEKDAYS: Sequence[str] = (
    *("Monday", "Tuesday", "Wednesday", "Thursday"),
    *("Friday", "Saturday", "Sunday"),
)
_NOON, _MIDNIGHT = "12:00", ("00:00", "24:00")


def may_write(actor: Actor, la_code: str, school_id: UUID | None) -> bool:
    """Say whether somebody writes a school's calendar, or without one, an LA's."""
    writers = AUTHORITY_WRITERS if school_id is None else SCHOOL_WRITERS
    return actor.may(writers, la_code, school_id)


def school_year(day: date) -> int:
    """Say in which year the school year of a day began: in August."""
    return day.year if day.month >= _AUGUST else day.year - 1


def year_read(text: str, today: date) -> int:
    """Read which school year a page is of; what is none is that of today."""
    is_year = text.isascii() and text.isdigit() and len(text) == len("2026")
    year = int(text) if is_year else 0
    return year if EARLIEST <= year <= LATEST else school_year(today)


def year_bounds(year: int) -> tuple[date, date]:
    """Say the first and the last day of a school year."""
    return date(year, _AUGUST, 1), date(year + 1, _AUGUST - 1, 31)


def year_name(year: int) -> str:
    """Write a school year like 2026/27."""
    return f"{year}/{(year + 1) % 100:02}"


def weekday(day: date) -> str:
    """Write a day like Monday 30 November 2026."""
    return f"{WEEKDAYS[day.weekday()]} {formats.day(day)}"


def days(first: date, last: date) -> str:
    """Write some days like 26 to 30 October 2026."""
    if first == last:
        return weekday(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {formats.day(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} to {formats.day(last)}"
    return f"{formats.day(first)} to {formats.day(last)}"


def clock(text: str) -> str:
    """Write a time of the day, 08:30, like 8:30am."""
    if text == _NOON:
        return "midday"
    if text in _MIDNIGHT:
        return "midnight"
    hour, minute = int(text[:2]), text[3:]
    half = "am" if hour < 12 else "pm"  # noqa: PLR2004 - noon
    return f"{hour % 12 or 12}{'' if minute == '00' else ':' + minute}{half}"


def span(opens: str, closes: str) -> str:
    return f"{clock(opens)} to {clock(closes)}"


def spans(told: Sequence[Span]) -> str:
    """Write when somebody is there on a day; "" where nobody is."""
    return " and ".join(span(each.opens, each.closes) for each in told)


def week(told: Week) -> list[str]:
    """Write a week, equal days together: Monday to Friday, 8am to 4pm."""
    found: list[tuple[str, str, str]] = []
    for name, each in zip(WEEKDAYS, told, strict=False):
        text = spans(each)
        if found and found[-1][2] == text:
            found[-1] = (found[-1][0], name, text)
        else:
            found.append((name, name, text))
    return [
        f"{first if first == last else f'{first} to {last}'}, {text}"
        for first, last, text in found
        if text
    ]


def halves(count: int) -> str:
    """Write half days as days: 9 as 4½."""
    whole, half = divmod(count, 2)
    return f"{whole or ''}\u00bd" if half else str(whole)


def lacks(year: Year) -> list[str]:
    """Say what a school year lacks of what the law asks; nothing if it is whole."""
    found: list[str] = []
    if year.lacking_days:
        found.append(formats.count(year.lacking_days, "day"))
    if year.lacking_sessions:
        found.append(formats.count(year.lacking_sessions, "session"))
    if lacking := year.lacking_inset_half_days:
        noun = "INSET day" if lacking <= 2 else "INSET days"  # noqa: PLR2004 - one day
        found.append(f"{halves(lacking)} {noun}")
    return found
