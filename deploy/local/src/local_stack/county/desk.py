"""Two years of tickets of each school, with the rhythm of its terms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from local_stack.county import term
from local_stack.county.cases import ANSWERS, CASES, OFTEN_SAID, WAITS, Case
from local_stack.county.dice import Dice, Odds
from local_stack.county.model import NOW, Asset, Comment, School, Ticket

# Hours at work until it is settled, by priority: deciles.
_FIXES = {
    1: (0, 0, 1, 1, 1, 2, 2, 3, 4, 6, 14),
    2: (0, 1, 2, 3, 4, 5, 7, 9, 13, 20, 44),
    3: (1, 3, 6, 10, 14, 19, 26, 34, 46, 70, 150),
    4: (2, 8, 14, 21, 30, 40, 53, 68, 90, 130, 280),
}
_PRIORITY = {"high": 2, "medium": 1, "low": 0}
_FOR_THE_LA = frozenset({"server", "network", "wireless"})


@dataclass(frozen=True, slots=True)
class Team:
    """Who reports at a school, who works there, and who helps from the LA."""

    requesters: tuple[str, ...]
    technicians: tuple[str, ...]
    second_line: tuple[str, ...]


def busy_days() -> Odds[date]:
    """Return the days of two years, each as likely as a desk is busy on it."""
    return Odds(term.busyness())


def make_tickets(
    seed: str, school: School, assets: Sequence[Asset], team: Team, days: Odds[date]
) -> list[Ticket]:
    """Return a school's tickets in the order in which they were opened."""
    dice = Dice(seed, "desk", school.urn)
    by_category: dict[str, list[Asset]] = {}
    for asset in assets:
        by_category.setdefault(asset.category, []).append(asset)
    older = school.high_age > 11  # noqa: PLR2004 - age
    cases = Odds(
        [
            (case, case.share)
            for case in CASES
            if (case.about is None or case.about in by_category)
            and (older or not case.older_only)
        ]
    )
    count = 12 + len(assets) * dice.between(90, 150) // 100
    opened = sorted(term.moment(dice, days.draw(dice)) for _ in range(count))
    return [
        _ticket(dice, school, at, cases.draw(dice), by_category, team) for at in opened
    ]


def _ticket(
    dice: Dice,
    school: School,
    opened_at: datetime,
    case: Case,
    by_category: dict[str, list[Asset]],
    team: Team,
) -> Ticket:
    assets = by_category.get(case.about or "", [])
    # Most people name the kit; some cannot read the label.
    asset = dice.pick(assets) if assets and dice.happens(860) else None
    impact, urgency = _graver(dice, case, opened_at)
    requester = dice.pick(team.requesters)
    worker = _worker(dice, case, impact, team)
    course = _course(dice, opened_at, impact, urgency)
    fix = _filled(dice.pick(case.fixes), asset)
    description = dice.pick(case.descriptions) if dice.happens(900) else ""
    return Ticket(
        school_urn=school.urn,
        kind=case.kind,
        summary=_filled(case.summary, asset),
        description=_filled(description, asset),
        impact=impact,
        urgency=urgency,
        asset_tag=None if asset is None else asset.tag,
        requester=requester,
        assignee=worker if course.started_at else None,
        status=course.status,
        opened_at=opened_at,
        started_at=course.started_at,
        resolved_at=course.resolved_at,
        closed_at=course.closed_at,
        comments=_comments(dice, fix, requester, worker, course),
    )


@dataclass(frozen=True, slots=True)
class _Course:
    status: str | None
    started_at: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None


def _course(dice: Dice, opened_at: datetime, impact: str, urgency: str) -> _Course:
    """Say how it went until the county's Monday morning."""
    priority = 4 - min(3, _PRIORITY[impact] + _PRIORITY[urgency])
    hours = dice.along(_FIXES[priority])
    started = term.after(opened_at, hours // 3, dice.between(4, 50))
    if started > NOW:
        return _Course(None, None, None, None)
    if dice.happens(14):
        # Some stay with a supplier for weeks.
        hours += 300
    resolved = term.after(started, hours - hours // 3, dice.between(5, 55))
    if dice.happens(22):
        withdrawn = term.after(opened_at, 1, dice.between(0, 50))
        return _Course(None, None, None, max(opened_at, min(withdrawn, NOW)))
    if resolved > NOW:
        status = dice.weighted((("in-progress", 6), ("waiting", 4)))
        return _Course(status, started, None, None)
    closed = resolved + timedelta(days=dice.between(1, 7), minutes=dice.below(400))
    is_closed = closed <= NOW and dice.happens(965)
    return _Course(None, started, resolved, closed if is_closed else None)


def _graver(dice: Dice, case: Case, opened_at: datetime) -> tuple[str, str]:
    """In the season of examinations the same fault is more urgent."""
    impact, urgency = case.impact, case.urgency
    if dice.happens(120):
        impact = dice.weighted((("low", 5), ("medium", 4), ("high", 1)))
    if (
        term.is_exam_time(opened_at.date())
        and urgency == "medium"
        and dice.happens(300)
    ):
        urgency = "high"
    return impact, urgency


def _worker(dice: Dice, case: Case, impact: str, team: Team) -> str:
    """What is beyond a school's own technician goes to the LA's desk."""
    if case.about in _FOR_THE_LA and (impact == "high" or dice.happens(350)):
        return dice.pick(team.second_line)
    return dice.pick(team.technicians)


def _comments(
    dice: Dice, fix: str, requester: str, worker: str, course: _Course
) -> tuple[Comment, ...]:
    said: list[Comment] = []
    started, resolved = course.started_at, course.resolved_at
    if started is not None and dice.happens(300):
        said.append(Comment(worker, dice.pick(OFTEN_SAID), started))
        answered = term.after(started, dice.between(0, 6), dice.between(3, 50))
        if answered < (resolved or NOW) and dice.happens(500):
            said.append(Comment(requester, dice.pick(ANSWERS), answered))
    if course.status == "waiting" and started is not None:
        waits = min(term.after(started, 1, 20), NOW)
        said.append(Comment(worker, dice.pick(WAITS), waits))
    if resolved is not None and dice.happens(880):
        said.append(Comment(worker, fix, resolved))
    if started is None and course.closed_at is not None:
        text = "It works again, please ignore this."
        said.append(Comment(requester, text, course.closed_at))
    return tuple(said)


def _filled(text: str, asset: Asset | None) -> str:
    if asset is None:
        words = {"room": "our room", "model": "it", "tag": "one"}
    else:
        words = {
            "room": asset.room or "the store",
            "model": asset.model,
            "tag": asset.tag,
        }
    filled = text.format(**words)
    return filled[:1].upper() + filled[1:] if text.startswith("{") else filled
