"""The service of a school or an LA over a term, as a page and as a PDF."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from chassis import errors
from gateway.days import day_in_england
from gateway.directory import service as directory
from gateway.portal.calendars import service as calendars
from gateway.portal.service_reports import model, service
from gateway.portal.service_reports.model import Term
from gateway.portal.service_reports.schemas import Report, ReportQuery
from gateway.portal.tables import export
from gateway.portal.tickets import model as ticket_words
from gateway.portal.timelog import model as time_words
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import SchoolVisit, UsualVisit, Visit

router = APIRouter()
AT_SCHOOL = "/schools/{urn}/service-report"
AT_AUTHORITY = "/authorities/{la_code}/service-report"
UNPROCESSABLE = 422
Asked = Annotated[ReportQuery, Query()]


@dataclass(frozen=True, slots=True)
class Where:
    """Whose service somebody reads of, and which terms there are."""

    visit: Visit[Place | None]
    root: str
    of: str
    section: str
    place: Mapping[str, str | int]
    names: Mapping[int, str]
    terms: list[Term]
    today: date

    @property
    def at_school(self) -> bool:
        return "school" in self.place


async def at_school(visit: SchoolVisit) -> Where:
    visiting.require(visit.rights.see_assets)
    place, today = visit.place, day_in_england(datetime.now(UTC))
    path = calendars.path_of(place.la_code, place.urn)
    terms = await _terms(visit, path, today)
    return Where(
        visit,
        f"/schools/{place.urn}",
        place.name,
        "tickets",
        {"school": place.urn},
        {place.urn: place.name},
        terms,
        today,
    )


async def at_authority(visit: UsualVisit, la_code: str) -> Where:
    authority = await visiting.authority_of(visit, la_code)
    today = day_in_england(datetime.now(UTC))
    mine = await directory.my_schools(visit.database, visit.actor)
    terms = await _terms(visit, calendars.path_of(la_code, None), today)
    return Where(
        visit,
        f"/authorities/{la_code}",
        authority.name,
        "all-tickets",
        {"la_code": la_code},
        {each.urn: each.name for each in mine if each.la_code == la_code},
        terms,
        today,
    )


async def _terms(visit: Visit[Place | None], path: str, today: date) -> list[Term]:
    calendar = await calendars.get_calendar(visit.upstream, path)
    return model.terms(calendar.effective.periods, today)


AtSchool = Annotated[Where, Depends(at_school)]
AtAuthority = Annotated[Where, Depends(at_authority)]


@router.get(AT_SCHOOL)
async def school_page(here: AtSchool, query: Asked) -> Response:
    return await _page(here, query)


@router.get(AT_AUTHORITY)
async def authority_page(here: AtAuthority, query: Asked) -> Response:
    return await _page(here, query)


@router.get(f"{AT_SCHOOL}.pdf")
async def school_pdf(here: AtSchool, query: Asked) -> Response:
    return await _pdf(here, query)


@router.get(f"{AT_AUTHORITY}.pdf")
async def authority_pdf(here: AtAuthority, query: Asked) -> Response:
    return await _pdf(here, query)


async def _report(here: Where, days: tuple[date, date]) -> Report:
    return await service.get_report(here.visit.upstream, here.place, days)


async def _page(here: Where, query: ReportQuery) -> Response:
    """Show the report; where there can be none of the days asked for, say why."""
    wrong: errors.Invalid | None = None
    days = model.days(query, here.terms, here.today)
    try:
        report = await _report(here, days)
    except errors.Invalid as refusal:
        usual = model.days(ReportQuery(), here.terms, here.today)
        wrong, report = refusal, await _report(here, usual)
    context = {
        "here": here,
        "report": report,
        "days": days,
        "summary": model.summary(report),
        "total": model.total(report.tickets),
        "schools": []
        if here.at_school
        else model.by_school(report.schools, here.names),
        "problems": visiting.messages(wrong, "last") if wrong else {},
        "words": model,
        "ticket_words": ticket_words,
        "time_words": time_words,
    }
    status = UNPROCESSABLE if wrong else 200
    page = "service_reports/page.html"
    return visiting.page(here.visit, page, here.section, context, status)


async def _pdf(here: Where, query: ReportQuery) -> Response:
    days = model.days(query, here.terms, here.today)
    report = await _report(here, days)
    names, school = here.names, here.at_school
    told = model.document(here.of, report, names, here.today, at_school=school)
    # Other requests go on while it is drawn.
    pdf = await asyncio.to_thread(service.draw, told)
    name = export.file_name("service-report", here.of, on=report.last, suffix="pdf")
    return Response(pdf, media_type="application/pdf", headers=export.attachment(name))
