"""The table of an LA's schools, and the school switcher, over HTTP."""

# ruff: noqa: FAST003 - TheSchools reads the name of the path

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import RedirectResponse, Response

from chassis.paging import PageRequest
from gateway.directory import service as directory
from gateway.directory.model import Authority, School, SchoolFilters
from gateway.portal.comparison import model as words
from gateway.portal.school import model as school_words
from gateway.portal.schools import model
from gateway.portal.search import model as search
from gateway.portal.tables import export
from gateway.portal.tables import model as tables
from gateway.portal.tables import routes as addresses
from gateway.portal.tables import service as remembering
from gateway.portal.tables.model import State, Table
from gateway.portal.tables.sheet import Sheet
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import UsualVisit, Visit
from gateway.views.model import SHARERS

router = APIRouter()
MANY = 12
SHOWN = 60
Search = Annotated[str, Query(max_length=100)]


@dataclass(frozen=True, slots=True)
class Here:
    """The schools of one LA, for one visit."""

    visit: Visit[Place | None]
    authority: Authority
    schools: list[School]
    table: Table

    @property
    def root(self) -> str:
        return f"/authorities/{self.authority.la_code}/schools"

    @property
    def title(self) -> str:
        return f"Schools of {self.authority.name}"

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return self.visit.request.query_params.multi_items()


async def schools_of_path(visit: UsualVisit, la_code: str) -> Here:
    authority = await visiting.authority_of(visit, la_code)
    every = SchoolFilters(la_code)
    schools = await directory.every_school(visit.database, visit.actor, every)
    return Here(visit, authority, schools, model.table(schools))


TheSchools = Annotated[Here, Depends(schools_of_path)]


@router.get("/authorities/{la_code}/schools")
async def authority_schools(here: TheSchools) -> Response:
    visit, la_code = here.visit, here.authority.la_code
    opened = await remembering.open_table(
        visit.database, visit.actor, here.table, here.pairs
    )
    found = await _chosen(here, opened.state)
    spot = tables.read_spot(here.pairs)
    shown, following = model.page(found, spot.after, opened.state.size)
    if spot.after and spot.after not in {str(s.urn) for s in found}:
        # The school after which the page began is not here any more.
        again = tables.query(here.table, opened.state)
        return RedirectResponse(f"{here.root}?{again}", 303)
    may_share = visit.actor.may(SHARERS, la_code, None)
    sheet = Sheet(
        here.table,
        here.root,
        here.title,
        opened.state,
        spot,
        len(shown),
        len(found),
        following,
        is_remembered=opened.is_remembered,
        live=f"school:{la_code}",
        views=remembering.listed(visit.actor, here.table, opened.views),
        shares=((f"la:{la_code}", here.authority.name),) if may_share else (),
    )
    context = {
        "authority": here.authority,
        "sheet": sheet,
        "schools": shown,
        "words": words,
        "school_words": school_words,
    }
    answer = visiting.page(visit, "schools/authority.html", "schools", context)
    return addresses.followed(answer, visit.request, sheet)


@router.get("/authorities/{la_code}/schools.csv")
async def csv_file(here: TheSchools) -> Response:
    columns, rows = await _rows(here)
    made = b"".join(export.csv(columns, rows))
    return _file(here, made, export.CSV_TYPE, "csv")


@router.get("/authorities/{la_code}/schools.xlsx")
async def xlsx_file(here: TheSchools) -> Response:
    columns, rows = await _rows(here)
    made = await asyncio.to_thread(export.xlsx, here.title, columns, rows)
    return _file(here, made, export.XLSX_TYPE, "xlsx")


async def _chosen(here: Here, state: State) -> list[School]:
    text = search.cleaned(state.filters.get("q", ""))
    if not text:
        return model.chosen(here.schools, state)
    filters = SchoolFilters(here.authority.la_code, text=text)
    found = await directory.every_school(here.visit.database, here.visit.actor, filters)
    return model.chosen(found, state)


async def _rows(here: Here) -> tuple[list[tables.Column], list[export.Row]]:
    state = tables.read(here.table, here.pairs) or here.table.usual()
    columns = [c for c in here.table.only(state) if c.key != model.LINKS]
    found = await _chosen(here, state)
    return columns, [export.cells(columns, model.cells_of(each)) for each in found]


def _file(here: Here, made: bytes, media_type: str, suffix: str) -> Response:
    today = datetime.now(UTC).astimezone(export.LONDON).date()
    name = export.file_name("schools", here.authority.name, on=today, suffix=suffix)
    return Response(made, media_type=media_type, headers=export.attachment(name))


@router.get("/switch-school")
async def switch_page(visit: UsualVisit, q: Search = "") -> Response:
    text = search.cleaned(q)
    first = await directory.list_schools(
        visit.database, visit.actor, SchoolFilters(), PageRequest(SHOWN, None)
    )
    schools, more, guessed = first.items, first.next is not None, False
    if text:
        found = await directory.find_schools(visit.database, visit.actor, text, SHOWN)
        schools, guessed = found.schools, found.guessed
        more = found.total > SHOWN
    context = {
        "schools": schools,
        "recent": [] if text else await visiting.recent_schools(visit),
        "more": more,
        "guessed": guessed,
        "any": bool(first.items),
        "search": len(first.items) > MANY,
        "q": q,
        "present": visit.place.urn if visit.place else None,
        "words": words,
    }
    return visiting.page(visit, "schools/switch.html", "", context)
