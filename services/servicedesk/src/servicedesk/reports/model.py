"""What a service report tells of some days, and of which days it can."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis import errors
from chassis.auth import Access
from servicedesk.feedback.model import ObstacleSum, ScoreSum
from servicedesk.tickets import model as tickets
from servicedesk.timelog.model import TimeSum

ACCESS = Access(read=tickets.ACCESS.read)
MOST_DAYS = 400
"""A school year, and some of the next."""


@dataclass(frozen=True, slots=True)
class ReportAsked:
    """Whose service is told of, over which days; None means any within the scope."""

    la_code: str | None
    school_urn: int | None
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Place:
    """Where the tickets of a report are."""

    la_code: str | None
    school_id: UUID | None


@dataclass(frozen=True, slots=True)
class TicketFigures:
    """What became of the tickets of one kind and priority."""

    kind: str
    priority: int
    opened: int
    settled: int
    withdrawn: int
    """Closed by who asked before anybody settled it."""
    under_way: int
    """Opened by the last day, and not settled to this moment."""
    median_seconds: int | None
    """From opening to settling, by the clock on the wall; of half it took longer."""
    slowest_seconds: int | None
    """Of one in ten it took longer."""


@dataclass(frozen=True, slots=True)
class Reopened:
    """How often what was settled was opened again."""

    kind: str
    priority: int
    reopened: int


@dataclass(frozen=True, slots=True)
class Kept:
    """How what a party promised of the tickets that were settled was kept."""

    party: str
    measure: str
    kept: int
    missed: int


@dataclass(frozen=True, slots=True)
class SchoolFigures:
    """What became of a school's tickets, and of what was promised for them."""

    school_urn: int
    opened: int
    settled: int
    under_way: int
    kept: int
    missed: int


@dataclass(frozen=True, slots=True)
class TicketLine:
    """What became of the tickets of one kind and priority, reopenings as well."""

    kind: str
    priority: int
    opened: int
    settled: int
    withdrawn: int
    reopened: int
    under_way: int
    median_seconds: int | None
    slowest_seconds: int | None


@dataclass(frozen=True, slots=True)
class Minutes:
    """The time that one kind of work took."""

    kind: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Scores:
    """How the tickets went for who asked, of those that said so."""

    good: int
    fair: int
    poor: int


@dataclass(frozen=True, slots=True)
class Met:
    """For how many tickets something stood in the way."""

    obstacle: str
    tickets: int


@dataclass(frozen=True, slots=True)
class Report:
    """The service of some days: tickets, promises, time, and what people say."""

    first: date
    last: date
    tickets: list[TicketLine]
    promises: list[Kept]
    time: list[Minutes]
    scores: Scores
    obstacles: list[Met]
    schools: list[SchoolFigures]


class ReportImpossible(errors.Invalid):
    """Days that no report can tell of."""

    slug = "report-impossible"
    title = "There can be no report of these days"


def require_days(first: date, last: date) -> None:
    """Refuse days that are none, or too many for one report.

    Raises:
        ReportImpossible: they are.
    """
    if not 0 <= (last - first).days < MOST_DAYS:
        detail = f"Give a last day from the first on, of {MOST_DAYS} days at most"
        raise ReportImpossible(faults=[errors.Fault("/last", detail)])


def lines(
    figures: Iterable[TicketFigures], reopened: Iterable[Reopened]
) -> list[TicketLine]:
    """Lay figures and reopenings together, by kind and the most pressing first.

    What was opened again is still a ticket, so each reopening has its figures. Of what
    nothing became in these days nothing is told.
    """
    again = {(each.kind, each.priority): each.reopened for each in reopened}
    told = (
        TicketLine(
            each.kind,
            each.priority,
            each.opened,
            each.settled,
            each.withdrawn,
            again.get((each.kind, each.priority), 0),
            each.under_way,
            each.median_seconds,
            each.slowest_seconds,
        )
        for each in figures
    )
    return [
        each
        for each in told
        if each.opened
        or each.settled
        or each.withdrawn
        or each.reopened
        or each.under_way
    ]


def minutes(sums: Iterable[TimeSum]) -> list[Minutes]:
    """Sum the time of each kind over schools, people or months."""
    found: Counter[str] = Counter()
    for each in sums:
        found[each.kind] += each.minutes
    return [Minutes(kind, total) for kind, total in sorted(found.items())]


def scores(sums: Iterable[ScoreSum]) -> Scores:
    sums = list(sums)
    return Scores(
        sum(each.good for each in sums),
        sum(each.fair for each in sums),
        sum(each.poor for each in sums),
    )


def met(sums: Iterable[ObstacleSum]) -> list[Met]:
    """Sum what stood in the way; a ticket is of one school, so none counts twice."""
    found: Counter[str] = Counter()
    for each in sums:
        found[each.obstacle] += each.tickets
    return [Met(*each) for each in sorted(found.items(), key=lambda e: (-e[1], e[0]))]
