"""Whether software runs at a school: by room and class of kit, and by machine."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from inventory.fit.model.mending import Mend, Prices, mend
from inventory.fit.model.needs import Fit, Has, Need, Needs, Verdict, fit
from inventory.kinds.model.categories import Category
from inventory.support.model.judging import Judge
from inventory.support.model.readiness import hardware_of

MOST_NAMED = 500
"""So many machines on which it does not run are told one by one."""


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine in use of a school."""

    asset_id: UUID
    tag: str
    sort_tag: str
    category: Category
    manufacturer: str
    model: str
    room: str | None
    system_told: str
    hardware_told: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A machine on which software does not run, or of which too little is known."""

    asset_id: UUID
    tag: str
    category: Category
    manufacturer: str
    model: str
    room: str | None
    verdict: Verdict
    lacks: Sequence[Need]
    unknown: Sequence[Need]
    mend: Mend


@dataclass(frozen=True, slots=True)
class Counts:
    """How many machines run it, lack something, or are not known enough."""

    runs: int
    lacks: int
    unknown: int
    pence: int
    """What the mends cost whose price is known."""
    unpriced: int
    """Mends of which a price is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InRoom(Counts):
    """The same of one class of kit in one room; None is no room."""

    room: str | None
    category: Category


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether software runs at a school on a day."""

    as_of: date
    counts: Counts
    rooms: Sequence[InRoom]
    machines: Sequence[Judged]
    more: int
    """Machines on which it does not run that are not told one by one."""


def answer(
    judge: Judge, machines: Iterable[Machine], needs: Needs, prices: Prices
) -> Answer:
    """Judge every machine, and count them by room and class."""
    found = [(each, *_judged(judge, each, needs, prices)) for each in machines]
    by_room: dict[tuple[str, Category], list[tuple[Machine, Fit, Mend]]] = {}
    for each in found:
        key = ((each[0].room or "").casefold(), each[0].category)
        by_room.setdefault(key, []).append(each)
    hindered = [_named(each) for each in found if each[1].verdict != "runs"]
    return Answer(
        judge.day,
        Counts(*_counted(found)),
        [_in_room(by_room[key]) for key in sorted(by_room)],
        hindered[:MOST_NAMED],
        max(0, len(hindered) - MOST_NAMED),
    )


def _judged(
    judge: Judge, machine: Machine, needs: Needs, prices: Prices
) -> tuple[Fit, Mend]:
    has = Has(
        machine.category,
        judge.system(machine.system_told),
        hardware_of(machine.hardware_told),
    )
    found = fit(needs, has)
    return found, mend(needs, has, found, prices)


def _named(each: tuple[Machine, Fit, Mend]) -> Judged:
    machine, found, mended = each
    return Judged(
        machine.asset_id,
        machine.tag,
        machine.category,
        machine.manufacturer,
        machine.model,
        machine.room,
        found.verdict,
        found.lacks,
        found.unknown,
        mended,
    )


def _in_room(found: Sequence[tuple[Machine, Fit, Mend]]) -> InRoom:
    first, *_ = found[0]
    return InRoom(*_counted(found), room=first.room, category=first.category)


def _counted(
    found: Sequence[tuple[Machine, Fit, Mend]],
) -> tuple[int, int, int, int, int]:
    verdicts = [said.verdict for _, said, _ in found]
    prices = [mended.pence for _, _, mended in found]
    return (
        verdicts.count("runs"),
        verdicts.count("lacks"),
        verdicts.count("unknown"),
        sum(pence for pence in prices if pence is not None),
        prices.count(None),
    )
