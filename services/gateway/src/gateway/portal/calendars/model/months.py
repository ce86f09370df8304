"""A school year by months: what each day is by a letter, by words and by a ground."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gateway.portal.calendars.model import words
from gateway.portal.calendars.schemas import Day

LETTERS: Mapping[str, str] = {
    "school-day": "T",
    "half-day": "\u00bd",
    "inset": "I",
    "half-term": "HT",
    "holiday": "H",
    "bank-holiday": "BH",
    "closed": "X",
    "exams": "E",
    "census": "C",
    "inspection": "Of",
    "twilight": "tw",
}
LEGEND: Mapping[str, str] = {
    "school-day": "Term: a school day",
    "half-day": "Half day",
    "inset": "INSET day",
    "half-term": "Half-term",
    "holiday": "Holiday",
    "bank-holiday": "Bank holiday",
    "closed": "Closed",
    "exams": "Exams",
    "census": "School census",
    "inspection": "Inspection (Ofsted)",
    "twilight": "Twilight training",
}
_WORKED = frozenset({"school-day", "inset"})
_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a month: its kind, the letters that stand for it, and its words."""

    day: date
    kind: str
    letters: str
    words: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month by weeks, Monday first; None is a day of another month."""

    key: str
    title: str
    weeks: list[list[Cell | None]]


def months(days: Sequence[Day]) -> list[Month]:
    """Lay days, in order, out by months."""
    found: dict[tuple[int, int], list[Cell | None]] = {}
    for each in days:
        day = each.day
        cells = found.setdefault((day.year, day.month), [None] * day.weekday())
        cells.append(_cell(each))
    return [_month(*key, cells) for key, cells in found.items()]


def _month(year: int, month: int, cells: list[Cell | None]) -> Month:
    padded = [*cells, *([None] * (-len(cells) % _A_WEEK))]
    weeks = [padded[at : at + _A_WEEK] for at in range(0, len(padded), _A_WEEK)]
    return Month(f"{year}-{month:02}", f"{date(year, month, 1):%B} {year}", weeks)


def _cell(each: Day) -> Cell:
    is_half = each.kind == "school-day" and each.sessions == 1
    kind = "half-day" if is_half else each.kind
    also = [*marks(each), *(["twilight"] if each.twilight else [])]
    letters = [LETTERS[key] for key in (kind, *also) if key in LETTERS]
    return Cell(each.day, kind, " ".join(letters), told(each))


def marks(each: Day) -> Sequence[str]:
    """Say what falls on a day; a season of exams says nothing of its free days."""
    return each.marks if each.kind in _WORKED else ()


def told(each: Day) -> str:
    """Say in words what a day is: School day, autumn term, exams."""
    is_half = each.kind == "school-day" and each.sessions == 1
    kind = "Half day" if is_half else words.DAYS.get(each.kind, each.kind)
    said = [f"{kind}: {each.name}" if each.name else kind]
    said += [words.PERIODS.get(mark, mark).lower() for mark in marks(each)]
    if each.twilight:
        said.append(f"twilight training {words.span(*_ends(each))}")
    return ", ".join(said)


def _ends(each: Day) -> tuple[str, str]:
    twilight = each.twilight
    return (twilight.opens, twilight.closes) if twilight else ("00:00", "24:00")
