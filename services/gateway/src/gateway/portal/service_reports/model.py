"""What a service report says in words, and of which terms there is one; no I/O."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from gateway.portal.service_reports.schemas import (
    Report,
    ReportQuery,
    SchoolFigures,
    TicketLine,
)
from gateway.portal.templates import formats
from gateway.portal.tickets import model as tickets
from gateway.portal.timelog import model as times

SHOWN_TERMS = 6
USUAL_DAYS = 90
"""Where no terms are written."""
HOUR, HOURS_OF_A_DAY = 3600, 24
TO_THE_MINUTE = 10 * HOUR


class Stretch(Protocol):
    """A stretch of days of a calendar, such as a term."""

    @property
    def kind(self) -> str: ...
    @property
    def first(self) -> date: ...
    @property
    def last(self) -> date: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Term:
    """A term that has begun."""

    first: date
    last: date
    name: str


def terms(periods: Iterable[Stretch], today: date) -> list[Term]:
    """Take the terms that have begun, the latest first."""
    begun = [
        Term(each.first, each.last, each.name or _days(each.first, each.last))
        for each in periods
        if each.kind == "term" and each.first <= today
    ]
    return sorted(begun, key=lambda term: term.first, reverse=True)[:SHOWN_TERMS]


def _days(first: date, last: date) -> str:
    return f"{formats.day(first)} to {formats.day(last)}"


def days(query: ReportQuery, found: Sequence[Term], today: date) -> tuple[date, date]:
    """Say which days are told of: those asked for, the latest term's, or 90."""
    if query.first is not None or query.last is not None:
        last = query.last or today
        return query.first or last - timedelta(USUAL_DAYS - 1), last
    if found:
        return found[0].first, found[0].last
    return today - timedelta(USUAL_DAYS - 1), today


def elapsed(seconds: int | None) -> str:
    """Write how long something took by the clock on the wall: 2 days 3 hours.

    From ten hours on minutes say nothing.
    """
    if seconds is None:
        return formats.ABSENT
    if seconds < TO_THE_MINUTE:
        return formats.duration(seconds)
    hours = round(seconds / HOUR)
    parts = (
        [formats.count(hours // HOURS_OF_A_DAY, "day")]
        if hours >= HOURS_OF_A_DAY
        else []
    )
    parts += (
        [formats.count(hours % HOURS_OF_A_DAY, "hour")]
        if hours % HOURS_OF_A_DAY
        else []
    )
    return " ".join(parts)


def share(kept: int, missed: int) -> str:
    """Write how many of a hundred were kept; of none there is no share."""
    whole = kept + missed
    return f"{round(100 * kept / whole)}%" if whole else formats.ABSENT


@dataclass(frozen=True, slots=True)
class Sum:
    """What became of all tickets of a report."""

    opened: int
    settled: int
    withdrawn: int
    reopened: int
    under_way: int


def total(lines: Sequence[TicketLine]) -> Sum:
    return Sum(
        sum(each.opened for each in lines),
        sum(each.settled for each in lines),
        sum(each.withdrawn for each in lines),
        sum(each.reopened for each in lines),
        sum(each.under_way for each in lines),
    )


def by_school(
    found: Iterable[SchoolFigures], names: Mapping[int, str]
) -> list[tuple[str, SchoolFigures]]:
    """Name the schools, in the order of their names."""
    named = [(names.get(e.school_urn, str(e.school_urn)), e) for e in found]
    return sorted(named, key=lambda each: each[0].casefold())


def summary(report: Report) -> list[str]:
    """Say in sentences what matters most of a report."""
    whole = total(report.tickets)
    kept = sum(each.kept for each in report.promises)
    missed = sum(each.missed for each in report.promises)
    said = report.scores.good + report.scores.fair + report.scores.poor
    minutes = sum(each.minutes for each in report.time)
    opened = (
        f"{formats.count(whole.opened, 'ticket')} opened,"
        f" {formats.number(whole.settled)} settled,"
        f" {formats.number(whole.reopened)} opened again;"
        f" {formats.number(whole.under_way)} under way."
    )
    found = [opened]
    if kept + missed:
        found.append(f"{share(kept, missed)} of what was promised was kept.")
    if said:
        found.append(
            f"{share(report.scores.good, said - report.scores.good)} of those who said"
            f" how it went found it good: {formats.number(report.scores.good)}"
            f" of {formats.number(said)}."
        )
    if minutes:
        found.append(f"{formats.duration(minutes * 60)} of work were written down.")
    return found


def document(
    of: str,
    report: Report,
    names: Mapping[int, str],
    drawn: date,
    *,
    at_school: bool,
) -> dict[str, object]:
    """Lay out all that stands in the PDF."""
    return {
        "of": of,
        "days": _days(report.first, report.last),
        "drawn": formats.day(drawn),
        "summary": summary(report),
        "tickets": [_line(each) for each in report.tickets],
        "promises": [
            [
                tickets.PARTIES.get(each.party, each.party),
                tickets.MEASURES.get(each.measure, each.measure),
                formats.number(each.kept),
                formats.number(each.missed),
                share(each.kept, each.missed),
            ]
            for each in report.promises
        ],
        "time": [
            [times.KIND_NAMES.get(e.kind, e.kind), formats.duration(e.minutes * 60)]
            for e in report.time
        ],
        "scores": [
            [words, formats.number(getattr(report.scores, key))]
            for key, words in tickets.SCORES.items()
        ],
        "obstacles": [
            [
                tickets.OBSTACLES.get(each.obstacle, each.obstacle),
                formats.number(each.tickets),
            ]
            for each in report.obstacles
        ],
        "schools": []
        if at_school
        else [
            [
                name,
                formats.number(each.opened),
                formats.number(each.settled),
                formats.number(each.under_way),
                share(each.kept, each.missed),
            ]
            for name, each in by_school(report.schools, names)
        ],
    }


def _line(line: TicketLine) -> list[str]:
    kind = tickets.KIND_NAMES.get(line.kind, line.kind)
    priority = tickets.PRIORITIES.get(line.priority, str(line.priority))
    numbers = (line.opened, line.settled, line.reopened, line.under_way)
    return [
        f"{kind}, {priority}",
        *(formats.number(number) for number in numbers),
        elapsed(line.median_seconds),
        elapsed(line.slowest_seconds),
    ]
