"""What a measurement is kept as, and how rounds of one run are summed up."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

OF_LIMIT = "of the limit"
_MORE_IS_BETTER = (OF_LIMIT, "/s")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: a value, or a ratio to the limit that was measured beside it."""

    name: str
    value: float
    unit: str
    aim: str = ""
    met: bool | None = None
    limit: str = ""
    rounds: list[float] = field(default_factory=list[float])


@dataclass(frozen=True, slots=True)
class Limit:
    """What the parts alone can do: its name, its unit, and each round's value."""

    name: str
    unit: str
    rounds: Sequence[float]

    def __str__(self) -> str:
        return f"{self.name}: {_rounded(median(self.rounds)):,g} {self.unit}"


def of_rounds(name: str, rounds: Sequence[float], unit: str) -> Figure:
    return Figure(name, _rounded(median(rounds)), unit, rounds=_all_rounded(rounds))


def ratio(
    name: str, ours: Sequence[float], limit: Limit, at_least: float = 0.0
) -> Figure:
    """Divide round by round, since both were measured in the same moments.

    More is better: of two times the limit's is divided by ours, of two rates ours by
    the limit's.
    """
    pairs = zip(ours, limit.rounds, strict=True)
    is_rate = more_is_better(limit.unit)
    rounds = [mine / theirs if is_rate else theirs / mine for mine, theirs in pairs]
    value = median(rounds)
    return Figure(
        name,
        _rounded(value),
        OF_LIMIT,
        f"≥ {at_least:g}" if at_least else "",
        value >= at_least if at_least else None,
        str(limit),
        _all_rounded(rounds),
    )


def bounded(
    name: str, rounds: Sequence[float], unit: str, at_most: float, at: str = "median"
) -> Figure:
    """Judge the median of the rounds, or the best of them."""
    value = median(rounds) if at == "median" else min(rounds)
    met = value <= at_most
    told = _all_rounded(rounds)
    return Figure(name, _rounded(value), unit, f"≤ {at_most:g}", met, rounds=told)


def at_least(name: str, rounds: Sequence[float], unit: str, aim: float) -> Figure:
    """Judge the median of the rounds, of which more is better."""
    value, told = median(rounds), _all_rounded(rounds)
    return Figure(name, _rounded(value), unit, f"≥ {aim:g}", value >= aim, rounds=told)


def more_is_better(unit: str) -> bool:
    return unit.endswith(_MORE_IS_BETTER)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of all values does not exceed."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]


def machine() -> str:
    """Say the class of machine, not which one it is."""
    words = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    names = (w.partition(":")[2].strip() for w in words if w.startswith("model name"))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return (
        f"{os.cpu_count()} cores ({next(names, platform.machine())}),"
        f" {memory:.0f} GiB, Python {platform.python_version()}"
    )


def load() -> float:
    """Say how many processes want a processor at this moment, over the last minute."""
    return round(os.getloadavg()[0], 1)


def _rounded(value: float) -> float:
    return round(value, 3 if abs(value) < 10 else 1)


def _all_rounded(values: Sequence[float]) -> list[float]:
    return [_rounded(value) for value in values]
