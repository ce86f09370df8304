"""The comparison pages over HTTP."""

# ruff: noqa: FAST003 - SchoolVisit reads the names of the path

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse, Response

from chassis import errors
from gateway.portal.charts import routes as charts
from gateway.portal.charts.model import Chart
from gateway.portal.charts.routes import CurrentLook
from gateway.portal.comparison import drawn, model, schemas, service
from gateway.portal.comparison.drawn import Step
from gateway.portal.comparison.model import Measure, SchoolFigures
from gateway.portal.comparison.schemas import AuthorityBenchmarks, SchoolBenchmarks
from gateway.portal.tables import export
from gateway.portal.templates import formats
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import LA_ROLES, Place
from gateway.portal.visit.routes import SchoolVisit, UsualVisit, Visit

router = APIRouter()
Wanted = Annotated[schemas.ComparisonQuery, Query()]
WantedSpread = Annotated[schemas.SpreadQuery, Query()]


@dataclass(frozen=True, slots=True)
class Compared:
    """What a page of an LA's comparison shows."""

    found: AuthorityBenchmarks
    measure: Measure
    schools: list[SchoolFigures]
    sort: str


@dataclass(frozen=True, slots=True)
class Placed:
    """What a page of one school's comparison shows."""

    found: SchoolBenchmarks
    measure: Measure
    steps: list[Step]


@router.get("/authorities/{la_code}/comparison")
async def authority_page(visit: UsualVisit, la_code: str, query: Wanted) -> Response:
    if la_code not in visit.actor.las(LA_ROLES):
        return _own_school(visit.place, la_code)
    compared = await _compared(visit, la_code, query)
    found, measure = compared.found, compared.measure
    context = {
        "authority": await visiting.authority_of(visit, la_code),
        "found": found,
        "schools": compared.schools,
        "measure": measure,
        "sort": compared.sort,
        "chart": drawn.bars(measure, found.schools),
        "measures": {m.measure: model.name_of(m.measure) for m in found.measures},
        "phases": model.known(model.PHASES, found.choices.phases),
        "sizes": model.known(model.SIZES, found.choices.sizes),
        "districts": {name: name for name in found.choices.districts},
        "query": query,
        "words": model,
    }
    return visiting.page(visit, "comparison/authority.html", "comparison", context)


@router.get("/authorities/{la_code}/comparison.svg")
async def authority_chart(
    visit: UsualVisit, look: CurrentLook, la_code: str, query: Wanted
) -> Response:
    _require_authority(visit, la_code)
    compared = await _compared(visit, la_code, query)
    chart = drawn.bars(compared.measure, compared.found.schools)
    return await charts.image(look, _there(chart))


@router.get("/authorities/{la_code}/comparison.csv")
async def authority_csv(visit: UsualVisit, la_code: str, query: Wanted) -> Response:
    _require_authority(visit, la_code)
    compared = await _compared(visit, la_code, query)
    text = b"".join(export.csv(service.columns(), service.rows(compared.schools)))
    headers = await _attachment(visit, la_code, "csv")
    return Response(text, media_type=export.CSV_TYPE, headers=headers)


@router.get("/authorities/{la_code}/comparison.xlsx")
async def authority_xlsx(visit: UsualVisit, la_code: str, query: Wanted) -> Response:
    _require_authority(visit, la_code)
    compared = await _compared(visit, la_code, query)
    rows = service.rows(compared.schools)
    file = export.xlsx("Comparison", service.columns(), rows)
    headers = await _attachment(visit, la_code, "xlsx")
    return Response(file, media_type=export.XLSX_TYPE, headers=headers)


@router.get("/schools/{urn}/comparison")
async def school_page(visit: SchoolVisit, query: WantedSpread) -> Response:
    placed = await _placed(visit, query)
    facts = await service.get_facts(visit.upstream, visit.place.urn)
    months = drawn.months(facts.months, _today())
    context = {
        "found": placed.found,
        "facts": facts,
        "measure": placed.measure,
        "peers": {spread.measure: spread.peers for spread in placed.found.spreads},
        "steps": placed.steps,
        "spread": drawn.spread(placed.measure, placed.steps),
        "ages": drawn.ages(facts.devices),
        "months": months,
        "tickets": drawn.tickets(months),
        "is_ours": not visit.actor.may(LA_ROLES, visit.place.la_code, None),
        "words": model,
        "drawn": drawn,
    }
    return visiting.page(visit, "comparison/school.html", "comparison", context)


@router.get("/schools/{urn}/comparison/spread.svg")
async def spread_chart(
    visit: SchoolVisit, look: CurrentLook, query: WantedSpread
) -> Response:
    placed = await _placed(visit, query)
    return await charts.image(look, _there(drawn.spread(placed.measure, placed.steps)))


@router.get("/schools/{urn}/comparison/devices.svg")
async def devices_chart(visit: SchoolVisit, look: CurrentLook) -> Response:
    facts = await service.get_facts(visit.upstream, visit.place.urn)
    return await charts.image(look, _there(drawn.ages(facts.devices)))


@router.get("/schools/{urn}/comparison/tickets.svg")
async def tickets_chart(visit: SchoolVisit, look: CurrentLook) -> Response:
    facts = await service.get_facts(visit.upstream, visit.place.urn)
    chart = drawn.tickets(drawn.months(facts.months, _today()))
    return await charts.image(look, _there(chart))


async def _compared(
    visit: Visit[Place | None], la_code: str, query: schemas.ComparisonQuery
) -> Compared:
    """Compare the set that the filters take; what is searched for narrows the table."""
    found = await service.get_authority(visit.upstream, la_code, query.filters())
    measure = model.chosen_measure(found.measures, query.measure)
    sort = model.sort_of(query.sort, measure.measure)
    schools = model.ordered(model.matching(found.schools, query.q), sort)
    return Compared(found, measure, schools, sort)


async def _placed(visit: Visit[Place], query: schemas.SpreadQuery) -> Placed:
    """Place a school among the steps of its peers in the measure that is asked for."""
    found = await service.get_school(visit.upstream, visit.place.urn)
    measure = model.chosen_measure(found.measures, query.measure)
    spread = next((s for s in found.spreads if s.measure == measure.measure), None)
    own = model.figure(found.school, measure.measure)
    return Placed(found, measure, drawn.steps(spread, own))


def _require_authority(visit: Visit[Place | None], la_code: str) -> None:
    if la_code not in visit.actor.las(LA_ROLES):
        raise errors.NotFound


def _there(chart: Chart | None) -> Chart:
    if chart is None:
        raise errors.NotFound
    return chart


async def _attachment(
    visit: Visit[Place | None], la_code: str, suffix: str
) -> dict[str, str]:
    authority = await visiting.authority_of(visit, la_code)
    name = export.file_name("comparison", authority.name, on=_today(), suffix=suffix)
    return export.attachment(name)


def _today() -> date:
    return datetime.now(UTC).astimezone(formats.LONDON).date()


def _own_school(place: Place | None, la_code: str) -> Response:
    """Show a school's own people their own school: other schools stay unnamed."""
    if place is None or place.la_code != la_code:
        raise errors.NotFound
    return RedirectResponse(f"/schools/{place.urn}/comparison", 303)
