"""Asks strategy for benchmarks, and makes tables of them that can be kept."""

from collections.abc import Mapping, Sequence

from pydantic import TypeAdapter

from gateway.callers.upstream import Upstream
from gateway.portal.comparison import model
from gateway.portal.comparison.model import SchoolFigures
from gateway.portal.comparison.schemas import (
    AuthorityBenchmarks,
    RegionTotals,
    SchoolBenchmarks,
    SchoolFacts,
)
from gateway.portal.tables.export import Cell
from gateway.portal.tables.model import Column
from gateway.portal.visit import service as visit

PATH = "/api/strategy/v1/benchmarks"
_AUTHORITY = TypeAdapter(AuthorityBenchmarks)
_FACTS = TypeAdapter(SchoolFacts)
_REGION = TypeAdapter(RegionTotals)
_SCHOOL = TypeAdapter(SchoolBenchmarks)
_FIRST = (
    Column("school_urn", "URN", "number"),
    Column("name", "School"),
    Column("phase", "Phase"),
    Column("district", "District"),
    Column("pupils", "Pupils", "number"),
    Column("devices", "Devices", "number"),
    Column("open_tickets", "Open tickets", "number"),
)


async def get_authority(
    upstream: Upstream, la_code: str, filters: Mapping[str, str] | None = None
) -> AuthorityBenchmarks:
    params = {**(filters or {}), "la_code": la_code}
    return await visit.fetch(upstream, "strategy", PATH, _AUTHORITY, params)


async def get_school(upstream: Upstream, urn: int) -> SchoolBenchmarks:
    return await visit.fetch(upstream, "strategy", PATH, _SCHOOL, {"school": urn})


async def get_facts(upstream: Upstream, urn: int) -> SchoolFacts:
    where = f"{PATH}/facts"
    return await visit.fetch(upstream, "strategy", where, _FACTS, {"school": urn})


async def get_region(upstream: Upstream) -> RegionTotals:
    return await visit.fetch(upstream, "strategy", f"{PATH}/authorities", _REGION)


def columns() -> list[Column]:
    """List the columns of the kept table: every measure with its quarter."""
    of_measures = [
        column
        for key, name in model.NAMES.items()
        for column in (
            Column(key, name, "number"),
            Column(f"{key}_quarter", f"{name}: quarter", "number"),
        )
    ]
    return [*_FIRST, *of_measures]


def rows(schools: Sequence[SchoolFigures]) -> list[list[Cell]]:
    return [_row(school) for school in schools]


def _row(school: SchoolFigures) -> list[Cell]:
    first: list[Cell] = [
        school.school_urn,
        school.name,
        model.PHASES.get(school.phase, school.phase),
        school.district,
        school.pupils,
        school.devices,
        school.open_tickets,
    ]
    for measure in model.NAMES:
        first += [model.figure(school, measure), school.quartiles.get(measure)]
    return first
