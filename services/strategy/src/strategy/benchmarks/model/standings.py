"""One school beside its peers, of whom none is named, and the facts behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from strategy.benchmarks.model import comparison, peers
from strategy.benchmarks.model.comparison import MeasureSummary, Standing
from strategy.benchmarks.model.measures import MEASURES, Figures, MeasureName
from strategy.benchmarks.model.peers import Spread, Told
from strategy.benchmarks.model.quantiles import Summary
from strategy.desk.model import OpenTickets, TicketMonth
from strategy.estate.model import DevicesOfYear

_NONE = Summary(0)


@dataclass(frozen=True, slots=True)
class PeerSpread:
    """With whom a school is compared in a measure, and how these are spread."""

    measure: MeasureName
    peers: str
    bounds: list[float] | None
    counts: list[int] | None


@dataclass(frozen=True, slots=True)
class SchoolComparison:
    """One school beside the distribution of its peers, in which no other is named."""

    la_code: str
    as_of: datetime | None
    measures: list[MeasureSummary]
    spreads: list[PeerSpread]
    school: Standing


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """What a school's figures are made of."""

    la_code: str
    school_urn: int
    devices: list[DevicesOfYear]
    months: list[TicketMonth]
    open_tickets: list[OpenTickets]


def compare(figures: Figures, told: Sequence[Told]) -> SchoolComparison:
    """Put a school beside its peers, measure by measure."""
    chosen: dict[MeasureName, Told] = {
        measure.measure: _of(measure.measure, figures.phase, told)
        for measure in MEASURES
    }
    summaries: dict[MeasureName, Summary] = {
        name: each.summary for name, each in chosen.items()
    }
    return SchoolComparison(
        la_code=figures.la_code,
        as_of=figures.as_of,
        measures=comparison.measured(summaries),
        spreads=[
            _spread(each.measure, each.peers, each.spread) for each in chosen.values()
        ],
        school=comparison.standing(figures, summaries),
    )


def _of(measure: MeasureName, phase: str, told: Sequence[Told]) -> Told:
    by_peers: Mapping[str, Told] = {t.peers: t for t in told if t.measure == measure}
    chosen = peers.peers_of(phase, by_peers)
    return by_peers.get(chosen, Told(measure, peers.EVERYONE, _NONE, None))


def _spread(measure: MeasureName, of: str, spread: Spread | None) -> PeerSpread:
    if spread is None:
        return PeerSpread(measure, of, None, None)
    return PeerSpread(measure, of, list(spread.bounds), list(spread.counts))
