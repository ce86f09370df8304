"""What the pages of a desk know: whose hands are full, and what comes first; no I/O."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from gateway.portal.desk.schemas import OfPerson, TimeSum
from gateway.portal.tickets.schemas import Ticket

SHOWN = 20
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Mine:
    """The tickets in somebody's hands."""

    under_way: list[Ticket]
    waiting: list[Ticket]


def mine(found: Iterable[Ticket]) -> Mine:
    """Part what is under way from what waits; what is due first comes first."""
    every = sorted(found, key=lambda t: (t.due_at or _NEVER, t.priority, t.opened_at))
    return Mine(
        [each for each in every if each.status != "waiting"],
        [each for each in every if each.status == "waiting"],
    )


def unsettled(found: Iterable[Ticket]) -> list[Ticket]:
    """Keep of a queue what is not settled."""
    return [each for each in found if each.status not in {"resolved", "closed"}]


def named(
    people: Sequence[OfPerson], names: Mapping[str, str]
) -> list[tuple[str, OfPerson]]:
    """Name whose hands hold what: what nobody has first, and unlisted people as one."""
    none = [("Nobody", each) for each in people if each.assignee_id is None]
    known = [
        (names[each.assignee_id], each)
        for each in people
        if each.assignee_id is not None and each.assignee_id in names
    ]
    others = [
        each
        for each in people
        if each.assignee_id is not None and each.assignee_id not in names
    ]
    return [*none, *known, *([("Others", _together(others))] if others else [])]


def _together(people: Sequence[OfPerson]) -> OfPerson:
    return OfPerson(
        tickets=sum(each.tickets for each in people),
        waiting=sum(each.waiting for each in people),
        late=sum(each.late for each in people),
        soon=sum(each.soon for each in people),
    )


def nobodys(people: Iterable[OfPerson]) -> OfPerson:
    """Say what is in nobody's hands."""
    none = OfPerson(tickets=0, waiting=0, late=0, soon=0)
    return next((each for each in people if each.assignee_id is None), none)


def worked(sums: Iterable[TimeSum], me: str) -> int:
    """Sum the seconds that somebody wrote down as worked."""
    return sum(each.minutes for each in sums if each.of == me) * 60
