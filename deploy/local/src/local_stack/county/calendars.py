"""When the county's schools are open: their LAs' terms, and some days of their own.

Terms as an English LA sets them: 195 days a year from Monday to Friday that are no bank
holiday, of which schools take five for training.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from local_stack.county.dice import Dice
from local_stack.county.model import County, School

Json = dict[str, Any]
# Kind, first and last day, name. What the service knows by itself, bank holidays, is
# left out.
LA_DAYS = (
    ("term", date(2026, 9, 2), date(2026, 12, 18), "Autumn term"),
    ("half-term", date(2026, 10, 26), date(2026, 10, 30), ""),
    ("term", date(2027, 1, 4), date(2027, 3, 25), "Spring term"),
    ("half-term", date(2027, 2, 15), date(2027, 2, 19), ""),
    ("term", date(2027, 4, 12), date(2027, 7, 22), "Summer term"),
    ("half-term", date(2027, 5, 31), date(2027, 6, 4), ""),
    ("term", date(2027, 9, 1), date(2027, 12, 17), "Autumn term"),
    ("half-term", date(2027, 10, 25), date(2027, 10, 29), ""),
    ("term", date(2028, 1, 4), date(2028, 3, 31), "Spring term"),
    ("half-term", date(2028, 2, 21), date(2028, 2, 25), ""),
    ("term", date(2028, 4, 18), date(2028, 7, 21), "Summer term"),
    ("half-term", date(2028, 5, 29), date(2028, 6, 2), ""),
    ("inset", date(2026, 9, 2), date(2026, 9, 2), "First day of the year"),
    ("inset", date(2027, 9, 1), date(2027, 9, 1), "First day of the year"),
    ("census", date(2026, 10, 1), date(2026, 10, 1), "Autumn census"),
    ("census", date(2027, 1, 21), date(2027, 1, 21), "Spring census"),
    ("census", date(2027, 5, 20), date(2027, 5, 20), "Summer census"),
)
_TRAINING = (
    ((date(2026, 10, 23), date(2026, 11, 2)), "Safeguarding"),
    ((date(2027, 1, 4), date(2027, 2, 22)), "Curriculum"),
    ((date(2027, 4, 12), date(2027, 6, 7)), "Assessment"),
    ((date(2027, 6, 28), date(2027, 7, 22)), "Planning"),
)
"""Days of which each school takes one, or none."""
_SNOW = date(2026, 11, 13)
_EXAMS = (date(2027, 5, 10), date(2027, 6, 23))
_TRAINS_PER_MILLE, _EACH_PER_MILLE = 600, 850
_WEEKDAYS, _WEEKEND = 5, 2


def calendars_document(county: County, seed: str) -> Json:
    """Return what LAs and schools write, as the service desk's verb takes it."""
    return {
        "authorities": [
            {"la_code": authority.la_code, "said": _authority()}
            for authority in county.authorities
        ],
        "schools": [
            {"la_code": school.la_code, "school_urn": school.urn, "said": said}
            for number, school in enumerate(county.running)
            if (said := _school(seed, school, is_first=number == 0))["periods"]
        ],
    }


def _authority() -> Json:
    return {
        "periods": [_period(*each) for each in LA_DAYS],
        "parts": [],
        "hours": {
            "school-day": _week("08:00", "16:30"),
            "inset": _week("08:30", "16:00"),
        },
    }


def _school(seed: str, school: School, *, is_first: bool) -> Json:
    """Write a school's own days; one was closed for snow, and secondaries examine."""
    dice = Dice(seed, "calendar", school.urn)
    periods = list(_training(dice)) if dice.happens(_TRAINS_PER_MILLE) else []
    if is_first:
        periods.append(_period("closure", _SNOW, _SNOW, "Snow"))
    if school.phase == "Secondary":
        periods.append(_period("exams", *_EXAMS, "GCSE exams"))
    return {"periods": periods, "parts": [], "hours": {}}


def _training(dice: Dice) -> Iterator[Json]:
    for choices, name in _TRAINING:
        if dice.happens(_EACH_PER_MILLE):
            day = dice.pick(choices)
            yield _period("inset", day, day, name)


def _period(kind: str, first: date, last: date, name: str) -> Json:
    days = {"first": first.isoformat(), "last": last.isoformat()}
    return {"kind": kind, **days, "name": name}


def _week(opens: str, closes: str) -> list[list[Json]]:
    return [[{"opens": opens, "closes": closes}]] * _WEEKDAYS + [[]] * _WEEKEND
