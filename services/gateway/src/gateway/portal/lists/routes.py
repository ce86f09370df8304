"""The lists of things over HTTP: looked at, kept as a file."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response, StreamingResponse

from chassis import errors
from gateway.days import day_in_england
from gateway.directory import service as directory
from gateway.portal.agreements import model as agreement_words
from gateway.portal.assets import model as asset_words
from gateway.portal.catalogue import model as catalogue_words
from gateway.portal.catalogue import service as catalogue
from gateway.portal.circuits import model as circuit_words
from gateway.portal.comparison import model as school_words
from gateway.portal.consumables import model as consumable_words
from gateway.portal.custody import model as custody_words
from gateway.portal.devices import model as device_words
from gateway.portal.disposals import model as disposal_words
from gateway.portal.endings import model as ending_words
from gateway.portal.estate import model as estate_words
from gateway.portal.licences import model as licence_words
from gateway.portal.lists import model, service
from gateway.portal.lists.service import Kind
from gateway.portal.network_services import model as service_words
from gateway.portal.support import model as support_words
from gateway.portal.tables import export
from gateway.portal.tables import model as tables
from gateway.portal.tables import routes as addresses
from gateway.portal.tables import service as remembering
from gateway.portal.tables.model import State, Table
from gateway.portal.tables.sheet import Sheet
from gateway.portal.tickets import model as ticket_words
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import TECHNICIANS, Place
from gateway.portal.visit.routes import SchoolVisit, UsualVisit, Visit
from gateway.views.model import SHARERS

router = APIRouter()
Finder = Callable[..., Any]
"""What FastAPI asks for the list of a place."""


@dataclass(frozen=True, slots=True)
class Where:
    """A list of one kind at one place, for one visit."""

    visit: Visit[Place | None]
    kind: Kind
    table: Table
    root: str
    of: str
    """The school or LA that it is a list of."""
    place: service.Place
    tenant: str
    """Whose changes it follows: a school's id or an LA's code."""
    can_change: bool
    schools: Mapping[int, str]
    shares: tuple[tuple[str, str], ...]

    @property
    def school(self) -> Place | None:
        """The school that it is a list of; None of an LA's."""
        return self.visit.place if self.root.startswith("/schools/") else None

    @property
    def section(self) -> str:
        """The link of the navigation that leads here."""
        many = self.kind.section or self.kind.table.many
        return many if self.school else f"all-{many}"

    @property
    def may_write(self) -> bool:
        """Whether this person writes the catalogue of the LA that it is a list of."""
        la_code = str(self.place.get("la_code") or "")
        return catalogue_words.may_write(self.visit.actor, la_code)

    @property
    def template(self) -> str:
        return f"lists/{self.kind.table.key}.html"


def _at_school(visit: Visit[Place], kind: Kind) -> Where:
    place, rights = visit.place, visit.rights
    can_change = (
        rights.change_assets if kind is service.ASSETS else rights.change_tickets
    )
    may_share = visit.actor.may(SHARERS, place.la_code, place.school_id)
    return Where(
        visit,
        kind,
        kind.table,
        f"/schools/{place.urn}/{kind.table.key}",
        place.name,
        {"school": place.urn},
        str(place.school_id),
        can_change and bool(kind.actions),
        {place.urn: place.name},
        ((f"school:{place.urn}", place.name),) if may_share else (),
    )


async def _at_authority(visit: Visit[Place | None], la_code: str, kind: Kind) -> Where:
    authority = await visiting.authority_of(visit, la_code)
    mine = await directory.my_schools(visit.database, visit.actor)
    schools = {s.urn: s.name for s in mine if s.la_code == la_code}
    may_share = visit.actor.may(SHARERS, la_code, None)
    return Where(
        visit,
        kind,
        model.of_authority(kind.table, schools),
        f"/authorities/{la_code}/{kind.table.key}",
        authority.name,
        {"la_code": la_code},
        la_code,
        visit.actor.may(TECHNICIANS, la_code, None) and bool(kind.actions),
        schools,
        ((f"la:{la_code}", authority.name),) if may_share else (),
    )


def _of_school(kind: Kind) -> Finder:
    async def found(visit: SchoolVisit) -> Where:
        if kind not in _EVERYBODYS:
            visiting.require(visit.rights.see_assets)
        return _at_school(visit, kind)

    return found


def _of_authority(kind: Kind) -> Finder:
    async def found(visit: UsualVisit, la_code: str) -> Where:
        return await _at_authority(visit, la_code, kind)

    return found


def _standing(
    at_schools: Iterable[Kind], at_authorities: Iterable[Kind]
) -> dict[str, Finder]:
    return {
        f"/schools/{{urn}}/{kind.table.key}": _of_school(kind) for kind in at_schools
    } | {
        f"/authorities/{{la_code}}/{kind.table.key}": _of_authority(kind)
        for kind in at_authorities
    }


_CHANGED = (service.ASSETS, service.TICKETS)
_EVERYBODYS = (*_CHANGED, service.MODELS, service.TITLES, service.DEVICES)
"""Those at a school that whoever is there may open; they show what each may see."""
_READ = (
    *(service.MODELS, service.TITLES, service.DEVICES, service.KIT, service.SYSTEMS),
    *(service.CUSTODY, service.CONSUMABLES, service.CIRCUITS, service.COSTS),
    *(service.LICENCES, service.COMPLIANCE, service.AGREEMENTS),
    *(service.ENDINGS, service.DISPOSALS, service.NETWORK_SERVICES),
)
LISTS = _standing(_CHANGED, _CHANGED)
"""Where each list stands whose things can be changed, and what finds it there."""
READ = _standing(_READ, (*_READ, service.HEALTH, service.BROADBAND, service.SUPPLIERS))
"""The same of lists that are only looked at."""


def _add(path: str, where: Finder) -> None:
    """Give one list its pages: the list, and its files."""

    async def list_page(here: Annotated[Where, Depends(where)]) -> Response:
        return await _list_page(here)

    async def csv_file(here: Annotated[Where, Depends(where)]) -> Response:
        return await _csv_file(here)

    async def xlsx_file(here: Annotated[Where, Depends(where)]) -> Response:
        return await _xlsx_file(here)

    router.add_api_route(path, list_page)
    router.add_api_route(f"{path}.csv", csv_file)
    router.add_api_route(f"{path}.xlsx", xlsx_file)


for _path, _where in {**LISTS, **READ}.items():
    _add(_path, _where)


async def _list_page(here: Where) -> Response:
    visit, pairs = here.visit, here.visit.request.query_params.multi_items()
    opened = await remembering.open_table(
        visit.database, visit.actor, here.table, pairs, here.school
    )
    spot = tables.read_spot(pairs)
    try:
        listing, count = await service.read_page(
            visit.upstream, here.kind, here.place, opened.state, spot.after
        )
    except errors.Invalid:
        if not spot.after:
            raise
        # A cursor of an old link, or of another sort: the first page is always there.
        return _to_first(here, opened.state)
    if count.count and not listing.items:
        # What was on this page has been changed, and is not in the list any more.
        return _to_first(here, opened.state)
    if not count.count and (nearly := await _nearly(here, opened.state)):
        return _to_first(here, nearly)
    sheet = Sheet(
        here.table,
        here.root,
        f"{here.kind.table.many.capitalize()} of {here.of}",
        opened.state,
        spot,
        len(listing.items),
        count.count,
        listing.next,
        count.is_exact,
        opened.is_remembered,
        f"{here.kind.live}:{here.tenant}",
        remembering.listed(visit.actor, here.table, opened.views, here.school),
        here.shares,
        await _names(here, opened.state, listing.items),
    )
    ask = here.kind.beside
    beside: Mapping[str, object] = await ask(visit.upstream, here.place) if ask else {}
    context = {"sheet": sheet, "items": listing.items, **beside}
    answer = draw(here, here.template, context)
    return addresses.followed(answer, visit.request, sheet)


async def _names(here: Where, state: State, items: Sequence[Any]) -> Mapping[str, str]:
    """Say what the model is called that kit is narrowed to: as the kit says it."""
    key = model.OF_MODEL.key
    model_id = state.filters.get(key)
    if model_id is None or here.kind is not service.ASSETS:
        return {}
    known = next((each.known for each in items if each.known), None)
    if known is not None:
        return {key: known.name}
    try:
        found = await catalogue.get_model(here.visit.upstream, UUID(model_id))
    except errors.NotFound:
        return {key: catalogue_words.NOT_HERE}
    return {key: found.name}


async def _nearly(here: Where, state: State) -> State | None:
    """Find the state that takes words but for one letter, where that finds anything."""
    nearly = model.nearly(here.table, state)
    if nearly is None:
        return None
    count = await service.count(here.visit.upstream, here.kind, here.place, nearly)
    return nearly if count.count else None


def _to_first(here: Where, state: State) -> Response:
    return RedirectResponse(f"{here.root}?{tables.query(here.table, state)}", 303)


async def _csv_file(here: Where) -> Response:
    state, columns = await _wanted(here, export.MOST_CSV_ROWS)
    pages = _rows(here, state, columns)
    headers = export.attachment(_file_name(here, "csv"))
    return StreamingResponse(
        export.csv_pages(columns, pages), media_type=export.CSV_TYPE, headers=headers
    )


async def _xlsx_file(here: Where) -> Response:
    state, columns = await _wanted(here, export.MOST_XLSX_ROWS)
    rows = [row async for page in _rows(here, state, columns) for row in page]
    title = f"{here.kind.table.many.capitalize()} of {here.of}"
    # Other requests go on while a workbook is made.
    made = await asyncio.to_thread(export.xlsx, title, columns, rows)
    headers = export.attachment(_file_name(here, "xlsx"))
    return Response(made, media_type=export.XLSX_TYPE, headers=headers)


async def _wanted(here: Where, most: int) -> tuple[State, list[tables.Column]]:
    """Read which part of the list is to be a file.

    Raises:
        errors.Invalid: it holds more rows than such a file may have.
    """
    pairs = here.visit.request.query_params.multi_items()
    state = tables.read(here.table, pairs) or here.table.usual()
    count = await service.count(here.visit.upstream, here.kind, here.place, state)
    if count.count > most or not count.is_exact:
        many = here.kind.table.many
        raise errors.Invalid(
            f"This list holds {count.count:,} {many}; such a file takes {most:,}."
            " Filter the list first."
        )
    return state, here.table.only(state)


async def _rows(
    here: Where, state: State, columns: Sequence[tables.Column]
) -> AsyncGenerator[list[export.Row]]:
    kind = here.kind
    async for items in service.walk(here.visit.upstream, kind, here.place, state):
        yield [
            export.cells(columns, kind.cells_of(item, here.schools)) for item in items
        ]


def _file_name(here: Where, suffix: str) -> str:
    today = datetime.now(UTC).astimezone(export.LONDON).date()
    return export.file_name(here.kind.table.many, here.of, on=today, suffix=suffix)


def draw(
    here: Where, template: str, context: Mapping[str, object], status: int = 200
) -> Response:
    shown = {
        "here": here,
        "agreement_words": agreement_words,
        "asset_words": asset_words,
        "custody_words": custody_words,
        "device_words": device_words,
        "ticket_words": ticket_words,
        "catalogue_words": catalogue_words,
        "circuit_words": circuit_words,
        "consumable_words": consumable_words,
        "disposal_words": disposal_words,
        "ending_words": ending_words,
        "estate_words": estate_words,
        "licence_words": licence_words,
        "service_words": service_words,
        "support_words": support_words,
        "phases": school_words.PHASES,
        "now": datetime.now(UTC),
        "today": day_in_england(datetime.now(UTC)),
        **context,
    }
    return visiting.page(here.visit, template, here.section, shown, status)
