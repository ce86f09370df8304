"""Stock-takes over HTTP: choose a room, scan, end it, look back, keep it as a file."""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import Response

from chassis import errors
from gateway.portal.assets import model as asset_words
from gateway.portal.stocktakes import model, service
from gateway.portal.stocktakes.schemas import (
    CodeForm,
    EndForm,
    Line,
    Outcome,
    RoomForm,
    StockTake,
)
from gateway.portal.tables import export
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import SchoolVisit, Visit
from gateway.trail import service as trail

router = APIRouter(prefix="/schools/{urn}/stock-takes")
ONE = "/{stock_take_id:uuid}"
CONFLICT, STALE, UNPROCESSABLE = 409, 412, 422
After = Annotated[str, Query(max_length=512)]


async def one_of_path(visit: SchoolVisit, stock_take_id: UUID) -> StockTake:
    visiting.require(visit.rights.see_assets)
    return await service.get_stock_take(visit.upstream, visit.place.urn, stock_take_id)


PathOne = Annotated[StockTake, Depends(one_of_path)]


@router.get("")
async def list_page(visit: SchoolVisit, after: After = "") -> Response:
    """List the stock-takes of a school, the newest first."""
    visiting.require(visit.rights.see_assets)
    found = await service.list_stock_takes(visit.upstream, visit.place.urn, after)
    names = await _names(visit, found.items)
    context = {"found": found, "after": after, "names": names}
    return _page(visit, "stocktakes/list.html", context)


@router.get("/new")
async def new_page(visit: SchoolVisit) -> Response:
    visiting.require(visit.rights.change_assets)
    return await _rooms(visit, RoomForm())


@router.post("/new")
async def start(visit: SchoolVisit, form: Annotated[RoomForm, Form()]) -> Response:
    """Count a room; where somebody does already, join them."""
    visiting.require(visit.rights.change_assets)
    urn = visit.place.urn
    try:
        which = (await service.start(visit.upstream, urn, form)).stock_take_id
    except errors.Invalid as refusal:
        return await _rooms(visit, form, refusal)
    except errors.Conflict as refusal:
        joined = await service.under_way(visit.upstream, urn, form)
        if joined is None:
            return await _rooms(visit, form, refusal)
        return visiting.see_other(_root(visit, joined), "stock-take-joined")
    return visiting.see_other(_root(visit, which))


@router.get(ONE)
async def view_page(visit: SchoolVisit, one: PathOne) -> Response:
    return await _view(visit, one)


@router.post(ONE)
async def scan(
    visit: SchoolVisit, one: PathOne, form: Annotated[CodeForm, Form()]
) -> Response:
    """Take one code: the next can be scanned."""
    visiting.require(visit.rights.change_assets)
    _uuid(form.scan_id)
    try:
        outcome = await service.scan(visit.upstream, one, form, datetime.now(UTC))
    except errors.Invalid as refusal:
        return await _view(visit, one, refusal=refusal)
    fresh = await one_of_path(visit, one.stock_take_id)
    return await _view(visit, fresh, outcome, form.code)


@router.get(f"{ONE}/end")
async def end_page(visit: SchoolVisit, one: PathOne) -> Response:
    visiting.require(visit.rights.change_assets)
    if not one.is_open:
        return visiting.see_other(_root(visit, one.stock_take_id))
    return await _end(visit, one, None)


@router.post(f"{ONE}/end")
async def end(
    visit: SchoolVisit, one: PathOne, form: Annotated[EndForm, Form()]
) -> Response:
    """Close it with what is ticked; what has changed since is told instead."""
    visiting.require(visit.rights.change_assets)
    try:
        ended = await service.end(visit.upstream, one, form)
    except (errors.Invalid, errors.Conflict, errors.Stale) as refusal:
        fresh = await one_of_path(visit, one.stock_take_id)
        if not fresh.is_open:
            return await _view(visit, fresh, refusal=refusal)
        return await _end(visit, fresh, form, refusal)
    return visiting.see_other(
        _root(visit, one.stock_take_id), f"stock-take-{ended.state}"
    )


@router.get(f"{ONE}/lines.csv")
async def csv_file(visit: SchoolVisit, one: PathOne) -> Response:
    text = b"".join(export.csv(model.COLUMNS, await _rows(visit, one)))
    headers = export.attachment(_file_name(visit, one, "csv"))
    return Response(text, media_type=export.CSV_TYPE, headers=headers)


@router.get(f"{ONE}/lines.xlsx")
async def xlsx_file(visit: SchoolVisit, one: PathOne) -> Response:
    rows, title = await _rows(visit, one), f"Stock-take of {one.called}"
    # Other requests go on while a workbook is made.
    made = await asyncio.to_thread(export.xlsx, title, model.COLUMNS, rows)
    headers = export.attachment(_file_name(visit, one, "xlsx"))
    return Response(made, media_type=export.XLSX_TYPE, headers=headers)


async def _rows(visit: Visit[Place], one: StockTake) -> list[export.Row]:
    lines: list[Mapping[str, Any]] = [
        line.model_dump()
        async for page in service.walk_lines(visit.upstream, one)
        for line in page
    ]
    return list(model.rows(lines))


def _file_name(visit: Visit[Place], one: StockTake, suffix: str) -> str:
    day = (one.closed_at or one.opened_at).astimezone(export.LONDON).date()
    parts = ("stock-take", one.called, visit.place.name)
    return export.file_name(*parts, on=day, suffix=suffix)


def _root(visit: Visit[Place], which: UUID) -> str:
    return f"/schools/{visit.place.urn}/stock-takes/{which}"


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise errors.NotFound from None


async def _names(visit: Visit[Place], takes: Iterable[StockTake]) -> dict[str, str]:
    """Say what those who counted are called, as far as the reader may know them."""
    people = {each for take in takes for each in take.people}
    names = await trail.names_of(visit.database, visit.actor, people)
    return {each: names.get(each, "a colleague") for each in people} | {
        visit.actor.principal: "you"
    }


async def _rooms(
    visit: Visit[Place], form: RoomForm, refusal: errors.Refusal | None = None
) -> Response:
    places = await service.list_places(visit.upstream, visit.place.urn)
    context = {
        "places": places,
        "form": form,
        # Each form is another stock-take.
        "once": [str(uuid4()) for _ in range(len(places) + 1)],
        **_refused(refusal, "room"),
    }
    return _page(visit, "stocktakes/new.html", context, _status(refusal))


async def _view(
    visit: Visit[Place],
    one: StockTake,
    outcome: Outcome | None = None,
    code: str = "",
    refusal: errors.Refusal | None = None,
) -> Response:
    lines, is_cut = await service.list_first(visit.upstream, one)
    context = {
        "one": one,
        "lines": _grouped(lines),
        "is_cut": is_cut,
        "names": await _names(visit, [one]),
        # Each form that is shown is another scan.
        "form": CodeForm(scan_id=str(uuid4())),
        "outcome": outcome,
        "code": code,
        "me": visit.actor.principal,
        **_refused(refusal, "code"),
    }
    return _page(visit, "stocktakes/view.html", context, _status(refusal))


async def _end(
    visit: Visit[Place],
    one: StockTake,
    form: EndForm | None,
    refusal: errors.Refusal | None = None,
) -> Response:
    elsewhere = await service.list_elsewhere(visit.upstream, one)
    every = [each.pick for each in elsewhere]
    usual = EndForm(move=every, mark_seen="yes", list_missing="yes")
    context = {
        "one": one,
        "elsewhere": elsewhere,
        "form": form or usual,
        **_refused(refusal, "move"),
    }
    return _page(visit, "stocktakes/end.html", context, _status(refusal))


def _grouped(lines: Iterable[Line]) -> dict[str, list[Line]]:
    """Lay lines out by how they stand, in the order of a page."""
    found: dict[str, list[Line]] = {each: [] for each in model.STANDINGS}
    for line in lines:
        found.setdefault(line.standing, []).append(line)
    return {standing: each for standing, each in found.items() if each}


def _refused(refusal: errors.Refusal | None, fallback: str) -> dict[str, object]:
    invalid = isinstance(refusal, errors.Invalid)
    problems = visiting.messages(refusal, fallback) if refusal and invalid else {}
    told = refusal.members.get("errors", ()) if refusal else ()
    return {"refusal": refusal, "problems": problems, "faults": told}


def _status(refusal: errors.Refusal | None) -> int:
    match refusal:
        case None:
            return 200
        case errors.Invalid():
            return UNPROCESSABLE
        case errors.Stale():
            return STALE
        case _:
            return CONFLICT


def _page(
    visit: Visit[Place], template: str, context: Mapping[str, object], status: int = 200
) -> Response:
    shown = {"words": model, "asset_words": asset_words, **context}
    return visiting.page(visit, template, "assets", shown, status)
