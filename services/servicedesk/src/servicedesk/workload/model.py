"""What of the unsettled tickets a desk is told just now."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from chassis.auth import Access
from servicedesk.tickets import model as tickets

Key = TypeVar("Key")
ACCESS = Access(read=tickets.ACCESS.read)


@dataclass(frozen=True, slots=True)
class Group:
    """The unsettled tickets of one priority, party and person."""

    priority: int
    party: str
    assignee_id: str | None
    tickets: int
    waiting: int
    late: int
    soon: int
    """Of which something is due within an hour, and is not late."""


@dataclass(frozen=True, slots=True)
class Load:
    """How much there is of something."""

    tickets: int
    waiting: int
    late: int
    soon: int


@dataclass(frozen=True, slots=True)
class OfPriority(Load):
    """How much there is of a priority."""

    priority: int


@dataclass(frozen=True, slots=True)
class OfParty(Load):
    """How much is with the school, the LA or a supplier."""

    party: str


@dataclass(frozen=True, slots=True)
class OfPerson(Load):
    """How much is in somebody's hands."""

    assignee_id: str | None
    """None: it is in nobody's."""


@dataclass(frozen=True, slots=True)
class Workload:
    """All unsettled tickets of a place, and how they lie."""

    total: Load
    priorities: list[OfPriority]
    parties: list[OfParty]
    people: list[OfPerson]


def told(groups: Iterable[Group]) -> Workload:
    """Sum groups by what each question asks; people by how much is theirs."""
    groups = list(groups)
    priorities = _sums(groups, lambda each: each.priority)
    parties = _sums(groups, lambda each: each.party)
    people = _sums(groups, lambda each: each.assignee_id)
    return Workload(
        _sum(groups),
        [
            OfPriority(*_figures(load), priority)
            for priority, load in sorted(priorities.items())
        ],
        [OfParty(*_figures(load), party) for party, load in sorted(parties.items())],
        sorted(
            (OfPerson(*_figures(load), person) for person, load in people.items()),
            key=lambda each: (-each.tickets, each.assignee_id or ""),
        ),
    )


def _sums(groups: Iterable[Group], key: Callable[[Group], Key]) -> dict[Key, Load]:
    found: dict[Key, list[Group]] = {}
    for each in groups:
        found.setdefault(key(each), []).append(each)
    return {name: _sum(some) for name, some in found.items()}


def _sum(groups: Iterable[Group]) -> Load:
    groups = list(groups)
    return Load(
        sum(each.tickets for each in groups),
        sum(each.waiting for each in groups),
        sum(each.late for each in groups),
        sum(each.soon for each in groups),
    )


def _figures(load: Load) -> tuple[int, int, int, int]:
    return load.tickets, load.waiting, load.late, load.soon
