"""What the pages of feedback know: its days, its sums, and its file; no I/O."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gateway.portal.feedback.schemas import ObstacleSum, ScoreSum
from gateway.portal.tables.export import Row
from gateway.portal.tables.model import Column
from gateway.portal.tickets import model as words
from gateway.portal.tickets.schemas import Feedback

SHOWN = 25
PERIODS = {"30": "The last 30 days", "90": "The last 90 days", "365": "The last year"}
COLUMNS = tuple(
    Column(key, title)
    for key, title in (
        ("said_at", "Said"),
        ("school", "School"),
        ("number", "Ticket"),
        ("summary", "Summary"),
        ("by", "By"),
        ("score", "How it went"),
        ("obstacles", "What stood in the way"),
        ("comment", "In their words"),
    )
)


@dataclass(frozen=True, slots=True)
class Line:
    """How the tickets of a school or a month went."""

    name: str
    href: str
    good: int
    fair: int
    poor: int

    @property
    def said(self) -> int:
        return self.good + self.fair + self.poor

    @property
    def share(self) -> int:
        """How many of a hundred were good."""
        return round(100 * self.good / self.said)


def days_of(period: str, today: date) -> tuple[date, date]:
    """Say the first and the last day of a period up to today."""
    return today - timedelta(int(period) - 1), today


def by_school(sums: Iterable[ScoreSum], schools: Mapping[int, str]) -> list[Line]:
    """Name the schools, where least was good first."""
    lines = [
        Line(
            schools.get(int(each.of), each.of),
            f"/schools/{each.of}/feedback",
            *(each.good, each.fair, each.poor),
        )
        for each in sums
    ]
    return sorted(lines, key=lambda line: (line.share, -line.said, line.name))


def by_month(sums: Iterable[ScoreSum]) -> list[Line]:
    """Name the months, the latest first."""
    found = sorted(sums, key=lambda each: each.of, reverse=True)
    return [
        Line(
            f"{date.fromisoformat(each.of):%B %Y}",
            "",
            *(each.good, each.fair, each.poor),
        )
        for each in found
    ]


def total(lines: Sequence[Line]) -> Line:
    return Line(
        "All of them",
        "",
        sum(each.good for each in lines),
        sum(each.fair for each in lines),
        sum(each.poor for each in lines),
    )


def met(sums: Iterable[ObstacleSum]) -> list[tuple[str, int]]:
    """Say what stood in the way of how many tickets, what did most first."""
    found: Counter[str] = Counter()
    for each in sums:
        found[each.obstacle] += each.tickets
    return sorted(found.items(), key=lambda each: (-each[1], each[0]))


def row(each: Feedback, schools: Mapping[int, str]) -> Row:
    """Say it as the file has it."""
    return (
        each.said_at,
        schools.get(each.school_urn, str(each.school_urn)),
        each.number,
        each.summary,
        words.VIEWS.get(each.view, each.view),
        words.SCORES.get(each.score, each.score) if each.score else None,
        "; ".join(words.OBSTACLES.get(o, o) for o in each.obstacles),
        each.comment,
    )
