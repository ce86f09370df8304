"""A ticket's life as moves, and a slow obvious count of its clocks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from servicedesk.agreements.model import Party, Targets
from servicedesk.calendar.model.clock import SchoolTime
from servicedesk.clocks.model.following import Followed, Move, follow
from servicedesk.clocks.model.states import Promise, Standing, Turn
from servicedesk.schools.model import School
from tests.servicedesk.calendar.world import compiled, layer

SUPPLIER = UUID(int=9)
AGREEMENT = UUID(int=8)
HOUR = 3_600
TARGETS: dict[Party, Targets] = {
    "school": Targets(AGREEMENT, 1 * HOUR, 4 * HOUR, 8 * HOUR),
    "la": Targets(AGREEMENT, 2 * HOUR, 8 * HOUR, 16 * HOUR),
    "supplier": Targets(SUPPLIER, 4 * HOUR, None, 40 * HOUR),
}
YEAR: SchoolTime = compiled(layer(), date(2025, 8, 1), date(2026, 7, 31))
QUARTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Covered:
    """A year's school time, as clocks ask for it."""

    time: SchoolTime = YEAR

    def elapsed(self, start: datetime, end: datetime) -> int | None:
        return int(self.time.elapsed(start, end).total_seconds())

    def over(self, start: datetime, seconds: int) -> datetime | None:
        return self.time.add(start, timedelta(seconds=seconds))


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A school of which no terms are written."""

    def elapsed(self, start: datetime, end: datetime) -> int | None:
        """Know of no time."""
        del start, end

    def over(self, start: datetime, seconds: int) -> datetime | None:
        """Know of no moment."""
        del start, seconds


@dataclass
class Life:
    """A ticket with all that is kept of its clocks."""

    at: datetime
    times: Covered | Unwritten = field(default_factory=Covered)
    party: Party = "school"
    turns: list[Turn] = field(default_factory=list[Turn])
    promises: dict[tuple[str, UUID | None], Promise] = field(
        default_factory=dict[tuple[str, UUID | None], Promise]
    )
    standing: Standing | None = None
    last: Followed | None = None

    def opened(self) -> "Life":
        new = Standing(
            School(UUID(int=1), "940", 900001),
            UUID(int=2),
            "teacher",
            self.party,
            None,
            3,
            None,
            False,
            self.at,
        )
        return self._go(Move(None, new, "teacher"), TARGETS[self.party])

    def then(self, at: datetime, *, answers: bool = True, **now: Any) -> "Life":
        """Let something become of it at a moment."""
        assert self.standing is not None
        told = bool(now.pop("tells", False))
        targets = now.pop("targets", TARGETS[now.get("party", self.standing.party)])
        if now.get("party") == "supplier":
            now["agreement_id"] = SUPPLIER
        elif "party" in now:
            now["agreement_id"] = None
        new = replace(self.standing, at=at, **now)
        move = Move(self.standing, new, "worker", answers=answers, tells=told)
        return self._go(move, targets)

    def _go(self, move: Move, targets: Targets | None) -> "Life":
        promises = list(self.promises.values())
        said = follow(move, self.turns, promises, targets, self.times)
        if said.ended is not None:
            self.turns[-1] = said.ended
        if said.begun is not None:
            self.turns.append(said.begun)
        for promise in said.promises:
            self.promises[promise.party, promise.agreement_id] = promise
        self.standing, self.last = move.new, said
        return self


def open_quarters(start: datetime, end: datetime) -> Iterable[datetime]:
    """Walk by quarters of an hour through what is open, from one moment to another."""
    at = start
    while at < end:
        if YEAR.is_open(at):
            yield at
        at += QUARTER


def ran_for(turns: Sequence[Turn], party: str, until: datetime) -> int:
    """Count slowly how long a party's clock ran: every quarter that it held it open."""
    return sum(
        int(QUARTER.total_seconds())
        for turn in turns
        if turn.party == party and turn.waits_for is None
        for _ in open_quarters(turn.began_at, min(turn.ended_at or until, until))
    )


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
