"""The figures of schools, and the tables that speak of an LA: a function per query."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from chassis import db, json, sql
from chassis.auth import Access, Actor
from strategy.benchmarks.model.measures import Figures, MeasureName
from strategy.benchmarks.model.peers import Spread, Told
from strategy.benchmarks.model.quantiles import Summary
from strategy.benchmarks.model.totals import PhaseTotal, StoredTotal
from strategy.schools.model import OPEN_STATUSES


@dataclass(frozen=True, slots=True)
class _Distribution:
    measure: MeasureName
    peers: str
    n: int
    median: float | None
    lower_quartile: float | None
    upper_quartile: float | None
    bounds: list[float] | None
    counts: list[int] | None


_QUERIES = sql.load("strategy.benchmarks")
# Without its values this would sum up each school's months for every other school.
_FIGURES = _QUERIES.rows("list_figures", Figures, planned_anew=True)
_TOLD = _QUERIES.rows("list_told", _Distribution)
_TOTALS = _QUERIES.rows("list_totals", StoredTotal)
_STAMP = _QUERIES.command("stamp_authority")
_NAME = _QUERIES.command("name_authority")
_KEEP_TOLD = _QUERIES.command("keep_told")
_KEEP_TOTALS = _QUERIES.command("keep_totals")
_OPEN = list(OPEN_STATUSES)


async def read_figures(
    database: db.Database, actor: Actor, access: Access, la_code: str
) -> list[Figures]:
    """Read the figures of an LA's open schools: the whole transaction in one trip."""
    return await database.read_all(actor, access, _FIGURES, _wanted(la_code))


async def list_figures(tx: db.Tx, la_code: str) -> list[Figures]:
    return await tx.all(_FIGURES, _wanted(la_code))


async def get_figures(tx: db.Tx, la_code: str, school_id: UUID) -> Figures | None:
    """Read one school's figures; None when it is not open."""
    return await tx.maybe(_FIGURES, _wanted(la_code, school_id))


def _wanted(la_code: str, school_id: UUID | None = None) -> dict[str, object]:
    return {"la_code": la_code, "school_id": school_id, "statuses": _OPEN}


async def list_told(tx: db.Tx, la_code: str) -> list[Told]:
    rows = await tx.all(_TOLD, {"la_code": la_code})
    return [
        Told(
            row.measure,
            row.peers,
            Summary(row.n, row.median, row.lower_quartile, row.upper_quartile),
            _spread(row.bounds, row.counts),
        )
        for row in rows
    ]


def _spread(bounds: list[float] | None, counts: list[int] | None) -> Spread | None:
    if bounds is None or counts is None:
        return None
    return Spread(tuple(bounds), tuple(counts))


async def list_totals(tx: db.Tx, la_codes: Sequence[str]) -> list[StoredTotal]:
    return await tx.all(_TOTALS, {"la_codes": list(la_codes)})


async def stamp_authority(tx: db.Tx, la_code: str, happened_at: datetime) -> None:
    """Say when a fact happened, and hold the LA's figures until the commit."""
    await tx.run(_STAMP, {"la_code": la_code, "happened_at": happened_at})


async def name_authority(tx: db.Tx, la_code: str, la_name: str) -> None:
    await tx.run(_NAME, {"la_code": la_code, "la_name": la_name})


async def keep_told(tx: db.Tx, la_code: str, told: Sequence[Told]) -> None:
    said = json.encode([_row(each) for each in told]).decode()
    await tx.run(_KEEP_TOLD, {"la_code": la_code, "told": said})


def _row(told: Told) -> dict[str, object]:
    spread = told.spread
    return {
        "measure": told.measure,
        "peers": told.peers,
        **asdict(told.summary),
        "bounds": None if spread is None else spread.bounds,
        "counts": None if spread is None else spread.counts,
    }


async def keep_totals(tx: db.Tx, la_code: str, totals: Sequence[PhaseTotal]) -> None:
    said = json.encode(totals).decode()
    await tx.run(_KEEP_TOTALS, {"la_code": la_code, "totals": said})
