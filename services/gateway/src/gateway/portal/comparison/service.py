"""Asks strategy for benchmarks, and writes them as open data."""

import csv
import io

from pydantic import TypeAdapter

from gateway.callers.upstream import Upstream
from gateway.portal.comparison import model
from gateway.portal.comparison.model import SchoolFigures
from gateway.portal.comparison.schemas import (
    AuthorityBenchmarks,
    RegionTotals,
    SchoolBenchmarks,
)
from gateway.portal.templates import formats
from gateway.portal.visit import service as visit

PATH = "/api/strategy/v1/benchmarks"
_AUTHORITY = TypeAdapter(AuthorityBenchmarks)
_REGION = TypeAdapter(RegionTotals)
_SCHOOL = TypeAdapter(SchoolBenchmarks)
COLUMNS = (
    "school_urn",
    "name",
    "phase",
    "pupils",
    "devices",
    "open_tickets",
    "pupils_per_device",
    "open_tickets_per_100_devices",
)


async def get_authority(upstream: Upstream, la_code: str) -> AuthorityBenchmarks:
    params = {"la_code": la_code}
    return await visit.fetch(upstream, "strategy", PATH, _AUTHORITY, params)


async def get_school(upstream: Upstream, urn: int) -> SchoolBenchmarks:
    return await visit.fetch(upstream, "strategy", PATH, _SCHOOL, {"school": urn})


async def get_region(upstream: Upstream) -> RegionTotals:
    return await visit.fetch(upstream, "strategy", f"{PATH}/authorities", _REGION)


def chosen(found: AuthorityBenchmarks, phase: str, sort: str) -> list[SchoolFigures]:
    """Filter and order the schools; an unknown column orders by name."""
    schools = [s for s in found.schools if phase in {"", s.phase}]
    known = sort.removeprefix("-") in model.SORTS
    return model.ordered(schools, sort if known else "name")


def as_csv(schools: list[SchoolFigures]) -> str:
    """Write the table as CSV, with no cell that a spreadsheet would run."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    quartiles = [f"{measure}_quartile" for measure in model.NAMES]
    writer.writerow([*COLUMNS, *quartiles])
    for school in schools:
        cells = [getattr(school, column) for column in COLUMNS]
        cells += [school.quartiles.get(measure) for measure in model.NAMES]
        writer.writerow([formats.csv_cell(cell) for cell in cells])
    return text.getvalue()
