"""The lists of assets and tickets over HTTP: looked at, kept as a file, changed."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import parse_qsl
from uuid import uuid4

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response, StreamingResponse

from chassis import errors
from gateway.directory import service as directory
from gateway.portal.assets import model as asset_words
from gateway.portal.lists import model, schemas, service
from gateway.portal.lists.schemas import Batch, BulkForm, Chosen, UndoForm
from gateway.portal.lists.service import Kind
from gateway.portal.tables import export
from gateway.portal.tables import model as tables
from gateway.portal.tables import service as remembering
from gateway.portal.tables.model import State, Table
from gateway.portal.tables.sheet import Sheet
from gateway.portal.tickets import model as ticket_words
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.flash import Undo
from gateway.portal.visit.model import TECHNICIANS, Place
from gateway.portal.visit.routes import SchoolVisit, UsualVisit, Visit
from gateway.views.model import SHARERS

router = APIRouter()
UNPROCESSABLE = 422
Bulk = Annotated[BulkForm, Form()]


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
    def section(self) -> str:
        """The link of the navigation that leads here."""
        many = self.kind.table.many
        return many if self.root.startswith("/schools/") else f"all-{many}"

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
        can_change,
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
        visit.actor.may(TECHNICIANS, la_code, None),
        schools,
        ((f"la:{la_code}", authority.name),) if may_share else (),
    )


async def school_assets(visit: SchoolVisit) -> Where:
    return _at_school(visit, service.ASSETS)


async def school_tickets(visit: SchoolVisit) -> Where:
    return _at_school(visit, service.TICKETS)


async def authority_assets(visit: UsualVisit, la_code: str) -> Where:
    return await _at_authority(visit, la_code, service.ASSETS)


async def authority_tickets(visit: UsualVisit, la_code: str) -> Where:
    return await _at_authority(visit, la_code, service.TICKETS)


def _add(path: str, where: Any) -> None:
    """Give one list its pages: the list, its files, and what is done to many."""

    async def list_page(here: Annotated[Where, Depends(where)]) -> Response:
        return await _list_page(here)

    async def csv_file(here: Annotated[Where, Depends(where)]) -> Response:
        return await _csv_file(here)

    async def xlsx_file(here: Annotated[Where, Depends(where)]) -> Response:
        return await _xlsx_file(here)

    async def to_list(here: Annotated[Where, Depends(where)]) -> Response:
        return RedirectResponse(here.root, 303)

    async def confirm_page(
        here: Annotated[Where, Depends(where)], form: Bulk
    ) -> Response:
        return await _confirm_page(here, form)

    async def apply(here: Annotated[Where, Depends(where)], form: Bulk) -> Response:
        return await _apply(here, form)

    async def undo(
        here: Annotated[Where, Depends(where)], form: Annotated[UndoForm, Form()]
    ) -> Response:
        return await _undo(here, form)

    router.add_api_route(path, list_page)
    router.add_api_route(f"{path}.csv", csv_file)
    router.add_api_route(f"{path}.xlsx", xlsx_file)
    for step, taken in (("", confirm_page), ("/apply", apply), ("/undo", undo)):
        router.add_api_route(f"{path}/bulk{step}", taken, methods=["POST"])
        # Somebody reloads a page that a form led to: back to the list.
        router.add_api_route(f"{path}/bulk{step}", to_list)


_add("/schools/{urn}/assets", school_assets)
_add("/schools/{urn}/tickets", school_tickets)
_add("/authorities/{la_code}/assets", authority_assets)
_add("/authorities/{la_code}/tickets", authority_tickets)


async def _list_page(here: Where, fault: str = "", status: int = 200) -> Response:
    visit, pairs = here.visit, here.visit.request.query_params.multi_items()
    opened = await remembering.open_table(
        visit.database, visit.actor, here.table, pairs
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
        again = tables.query(here.table, opened.state)
        return RedirectResponse(f"{here.root}?{again}", 303)
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
        remembering.listed(visit.actor, here.table, opened.views),
        here.shares,
    )
    context = {"sheet": sheet, "items": listing.items, "fault": fault}
    return _page(here, here.template, context, status)


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


async def _confirm_page(
    here: Where, form: BulkForm, fault: errors.Refusal | None = None
) -> Response:
    """Say exactly what will happen, and to how many."""
    visiting.require(here.can_change)
    back = _back(here, form)
    action = here.kind.actions.get(form.action)
    chosen = await _chosen(here, form)
    if action is None or not chosen or len(chosen) > model.MOST_AT_ONCE:
        context = {
            "here": here,
            "back": back,
            "count": len(chosen),
            "most": model.MOST_AT_ONCE,
        }
        return _page(here, "lists/none_chosen.html", context, UNPROCESSABLE)
    context = {
        "here": here,
        "form": form,
        "action": action,
        "chosen": chosen,
        "names": [each.name for each in chosen[: model.SHOWN_NAMES]],
        "carried": schemas.written(chosen),
        "once": form.once or str(uuid4()),
        "schools": await _schools(here) if form.action == "move" else {},
        "back": back,
        "problems": visiting.messages(fault, "school_urn") if fault else {},
        "words": ticket_words,
    }
    return _page(here, "lists/confirm.html", context, UNPROCESSABLE if fault else 200)


async def _apply(here: Where, form: BulkForm) -> Response:
    visiting.require(here.can_change)
    chosen, action = form.things(), here.kind.actions.get(form.action)
    if action is None or not chosen:
        return await _confirm_page(here, form)
    try:
        change = _change(action, form)
        batches = await service.change_many(
            here.visit.upstream, here.kind, chosen, change, form.once
        )
    except (errors.Invalid, errors.NotFound, errors.Forbidden, errors.Conflict) as no:
        return await _confirm_page(here, form, no)
    return _told(here, form.query, batches, chosen, undoable=action.undoable)


async def _undo(here: Where, form: UndoForm) -> Response:
    visiting.require(here.can_change)
    batches = await service.take_back(here.visit.upstream, here.kind, form.ids())
    left = _left(batches, [])
    if left:
        context = {"here": here, "done": _done(batches), "left": left, "undone": True}
        return _page(here, "lists/outcome.html", {**context, "back": _back(here, form)})
    return visiting.see_other(_back(here, form), "changes-undone")


def _told(
    here: Where,
    query: str,
    batches: Sequence[Batch],
    chosen: Sequence[Chosen],
    *,
    undoable: bool,
) -> Response:
    """Say what came of it: a flash when all is well, else a page with the rest."""
    done, left = _done(batches), _left(batches, chosen)
    ids = ",".join(str(batch.batch_id) for batch in batches)
    back = _back(here, UndoForm(query=query))
    fields = {"batches": ids, "query": query}
    undo = Undo(f"{here.root}/bulk/undo", fields) if undoable and done else None
    flash = f"{here.kind.table.many}-changed"
    if not left:
        if undo is None:
            return visiting.see_other(back, flash)
        return visiting.undoable(here.visit, back, flash, undo)
    context = {"here": here, "done": done, "left": left, "undo": undo, "back": back}
    return _page(here, "lists/outcome.html", context)


def _done(batches: Sequence[Batch]) -> int:
    return sum(each.result == "done" for batch in batches for each in batch.results)


def _left(batches: Sequence[Batch], chosen: Sequence[Chosen]) -> dict[str, list[str]]:
    """Name by reason those that were not changed."""
    found: dict[str, list[str]] = {}
    results = [each.result for batch in batches for each in batch.results]
    names = [each.name for each in chosen] or [""] * len(results)
    for result, name in zip(results, names, strict=True):
        if result != "done":
            found.setdefault(model.REASONS.get(result, result), []).append(name)
    return found


def _change(action: model.Action, form: BulkForm) -> dict[str, object]:
    change = dict(action.change)
    match change["kind"]:
        case "move":
            try:
                change["school_urn"] = visiting.parse_urn(form.school_urn)
            except errors.NotFound:
                fault = errors.Fault("/school_urn", "Choose the school they go to")
                raise errors.Invalid(faults=[fault]) from None
            change["room"] = form.room or None
        case "set-priority":
            change |= {"impact": form.impact, "urgency": form.urgency}
        case _:
            pass
    return change


async def _chosen(here: Where, form: BulkForm) -> list[Chosen]:
    """Read what was ticked, or all that the list holds."""
    if not form.every:
        return form.things()
    pairs = parse_qsl(form.query, keep_blank_values=True)
    state = tables.read(here.table, pairs) or here.table.usual()
    return await service.choose_all(here.visit.upstream, here.kind, here.place, state)


async def _schools(here: Where) -> dict[int, str]:
    mine = await directory.my_schools(here.visit.database, here.visit.actor)
    return {s.urn: s.name for s in mine if s.status != "closed"}


def _back(here: Where, form: BulkForm | UndoForm) -> str:
    """The list as it was left: its own state, whatever else the query may hold."""
    pairs = parse_qsl(form.query, keep_blank_values=True)
    state = tables.read(here.table, pairs)
    return f"{here.root}?{tables.query(here.table, state)}" if state else here.root


def _page(
    here: Where, template: str, context: Mapping[str, object], status: int = 200
) -> Response:
    shown = {
        "here": here,
        "asset_words": asset_words,
        "ticket_words": ticket_words,
        **context,
    }
    return visiting.page(here.visit, template, here.section, shown, status)
