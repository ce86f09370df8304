"""The figures of schools, and the tables that speak of an LA: a function per query."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from chassis import db, json, sql
from strategy.benchmarks.model.comparison import Figures, MeasureName, Summaries
from strategy.benchmarks.model.quantiles import Summary
from strategy.benchmarks.model.totals import PhaseTotal, StoredTotal
from strategy.schools.model import OPEN_STATUSES


@dataclass(frozen=True, slots=True)
class _Distribution:
    measure: MeasureName
    n: int
    median: float | None
    lower_quartile: float | None
    upper_quartile: float | None


_QUERIES = sql.load("strategy.benchmarks")
_LIST = _QUERIES.rows("list_figures", Figures)
_GET = _QUERIES.rows("get_figures", Figures)
_FRESHNESS = _QUERIES.scalar("get_freshness", datetime)
_DISTRIBUTIONS = _QUERIES.rows("list_distributions", _Distribution)
_TOTALS = _QUERIES.rows("list_totals", StoredTotal)
_STAMP = _QUERIES.command("stamp_authority")
_NAME = _QUERIES.command("name_authority")
_KEEP_DISTRIBUTIONS = _QUERIES.command("keep_distributions")
_KEEP_TOTALS = _QUERIES.command("keep_totals")
_OPEN = list(OPEN_STATUSES)


async def list_figures(
    tx: db.Tx, la_code: str, phase: str | None = None
) -> list[Figures]:
    wanted = {"la_code": la_code, "phase": phase, "statuses": _OPEN}
    return await tx.all(_LIST, wanted)


async def get_figures(tx: db.Tx, la_code: str, school_id: UUID) -> Figures | None:
    """Read one school's figures; None when it is not open."""
    wanted = {"la_code": la_code, "school_id": school_id, "statuses": _OPEN}
    return await tx.maybe(_GET, wanted)


async def get_freshness(tx: db.Tx, la_code: str) -> datetime | None:
    """Say when the newest fact of an LA was applied; None when none ever was."""
    return await tx.maybe(_FRESHNESS, {"la_code": la_code})


async def list_distributions(tx: db.Tx, la_code: str) -> dict[MeasureName, Summary]:
    rows = await tx.all(_DISTRIBUTIONS, {"la_code": la_code})
    return {
        row.measure: Summary(row.n, row.median, row.lower_quartile, row.upper_quartile)
        for row in rows
    }


async def list_totals(tx: db.Tx, la_codes: Sequence[str]) -> list[StoredTotal]:
    return await tx.all(_TOTALS, {"la_codes": list(la_codes)})


async def stamp_authority(tx: db.Tx, la_code: str) -> None:
    """Say that a fact was applied, and hold the LA's figures until the commit."""
    await tx.run(_STAMP, {"la_code": la_code})


async def name_authority(tx: db.Tx, la_code: str, la_name: str) -> None:
    await tx.run(_NAME, {"la_code": la_code, "la_name": la_name})


async def keep_distributions(tx: db.Tx, la_code: str, summaries: Summaries) -> None:
    rows = [{"measure": m, **asdict(summary)} for m, summary in summaries.items()]
    said = json.encode(rows).decode()
    await tx.run(_KEEP_DISTRIBUTIONS, {"la_code": la_code, "distributions": said})


async def keep_totals(tx: db.Tx, la_code: str, totals: Sequence[PhaseTotal]) -> None:
    said = json.encode(totals).decode()
    await tx.run(_KEEP_TOTALS, {"la_code": la_code, "totals": said})
