"""What is done to many assets or tickets of a list, over HTTP: asked, done, undone."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import parse_qsl
from uuid import uuid4

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response

from chassis import errors
from gateway.days import day_in_england
from gateway.directory import service as directory
from gateway.portal.assets import model as asset_words
from gateway.portal.assets.schemas import DisposeForm
from gateway.portal.bulk import model, schemas, service
from gateway.portal.bulk.schemas import Batch, BulkForm, UndoForm
from gateway.portal.labels import model as label_words
from gateway.portal.labels import service as drawing
from gateway.portal.lists import routes as lists
from gateway.portal.lists.model import Action
from gateway.portal.lists.routes import Where
from gateway.portal.lists.schemas import Chosen
from gateway.portal.tables import export
from gateway.portal.tables import model as tables
from gateway.portal.tickets import model as ticket_words
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.flash import Undo
from gateway.portal.wipes import model as wipe_words
from gateway.portal.wipes import service as wiping
from gateway.portal.wipes.schemas import WipeForm

router = APIRouter()
UNPROCESSABLE = 422
Bulk = Annotated[BulkForm, Form()]


def _add(path: str, where: Callable[..., Any]) -> None:
    """Let many of one list be changed at once."""

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

    async def labels(here: Annotated[Where, Depends(where)], form: Bulk) -> Response:
        return await _labels(here, form)

    async def wipes(here: Annotated[Where, Depends(where)], form: Bulk) -> Response:
        return await _wipes(here, form)

    steps = [("", confirm_page), ("/apply", apply), ("/undo", undo)]
    if path.endswith("/assets"):
        steps += [("/labels", labels), ("/wipes", wipes)]
    for step, taken in steps:
        router.add_api_route(f"{path}/bulk{step}", taken, methods=["POST"])
        # Somebody reloads a page that a form led to: back to the list.
        router.add_api_route(f"{path}/bulk{step}", to_list)


for _path, _where in lists.LISTS.items():
    _add(_path, _where)


async def _confirm_page(
    here: Where, form: BulkForm, fault: errors.Refusal | None = None
) -> Response:
    """Say exactly what will happen, and to how many."""
    visiting.require(here.can_change)
    back = _back(here, form)
    action = here.kind.actions.get(form.action)
    chosen = await _chosen(here, form)
    most = model.MOST_OF.get(form.action, model.MOST_AT_ONCE)
    if action is None or not chosen or len(chosen) > most:
        context = {
            "here": here,
            "back": back,
            "count": len(chosen),
            "most": most,
        }
        return lists.draw(here, "bulk/none_chosen.html", context, UNPROCESSABLE)
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
        "problems": visiting.messages(fault, _first_field(form)) if fault else {},
        "words": ticket_words,
        "methods": asset_words.METHODS,
        "labels": label_words,
        "wipes": wipe_words,
    }
    return lists.draw(here, action.asks, context, UNPROCESSABLE if fault else 200)


async def _apply(here: Where, form: BulkForm) -> Response:
    visiting.require(here.can_change)
    chosen, action = form.things(), here.kind.actions.get(form.action)
    if action is None or not action.change or not chosen:
        return await _confirm_page(here, form)
    try:
        change = _change(action, form)
        batches = await service.change_many(
            here.visit.upstream, here.kind, chosen, change, form.once
        )
    except (errors.Invalid, errors.NotFound, errors.Forbidden, errors.Conflict) as no:
        return await _confirm_page(here, form, no)
    return _told(here, form.query, batches, chosen, undoable=action.undoable)


async def _labels(here: Where, form: BulkForm) -> Response:
    """Draw the labels of what was ticked, as a file to be printed."""
    visiting.require(here.can_change)
    asked = form.model_copy(update={"action": "labels"})
    try:
        wish = label_words.checked(form.sheet, form.symbols, form.first)
        chosen = form.things()
    except errors.Invalid as wrong:
        return await _confirm_page(here, asked, wrong)
    if not 0 < len(chosen) <= label_words.MOST:
        return await _confirm_page(here, asked)
    address = here.visit.request.app.state.settings.public_url
    wanted = [
        label_words.Label(each.name, label_words.address(address, each.thing_id))
        for each in chosen
    ]
    # Other requests go on while it is drawn.
    pdf = await asyncio.to_thread(drawing.draw, wanted, wish, here.of)
    on = day_in_england(datetime.now(UTC))
    name = export.file_name("labels", here.of, on=on, suffix="pdf")
    return Response(pdf, media_type="application/pdf", headers=export.attachment(name))


async def _wipes(here: Where, form: BulkForm) -> Response:
    """Write down of what was ticked that its data was erased."""
    visiting.require(here.can_change)
    asked = form.model_copy(update={"action": "wipe"})
    ids = list(dict.fromkeys(each.thing_id for each in form.things()))
    if not 0 < len(ids) <= wipe_words.MOST:
        return await _confirm_page(here, asked)
    how = WipeForm(**form.model_dump(include=set(WipeForm.model_fields)))
    try:
        await wiping.record(here.visit.upstream, ids, how)
    except (errors.Invalid, errors.Conflict) as wrong:
        return await _confirm_page(here, asked, wrong)
    return visiting.see_other(_back(here, form), "wipe-recorded")


def _first_field(form: BulkForm) -> str:
    """Say beside which field stands what concerns none of them alone."""
    return "method" if form.action == "wipe" else "school_urn"


async def _undo(here: Where, form: UndoForm) -> Response:
    visiting.require(here.can_change)
    batches = await service.take_back(here.visit.upstream, here.kind, form.ids())
    left = _left(batches, [])
    if left:
        context = {"here": here, "done": _done(batches), "left": left, "undone": True}
        return lists.draw(
            here, "bulk/outcome.html", {**context, "back": _back(here, form)}
        )
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
    fields = {"batches": ids, "query": back.partition("?")[2]}
    undo = Undo(f"{here.root}/bulk/undo", fields) if undoable and done else None
    flash = f"{here.kind.table.many}-changed"
    if not left:
        if undo is None:
            return visiting.see_other(back, flash)
        return visiting.undoable(here.visit, back, flash, undo)
    context = {"here": here, "done": done, "left": left, "undo": undo, "back": back}
    return lists.draw(here, "bulk/outcome.html", context)


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


def _change(action: Action, form: BulkForm) -> dict[str, object]:
    change = dict(action.change)
    match change["kind"]:
        case "move":
            try:
                change["school_urn"] = visiting.parse_urn(form.school_urn)
            except errors.NotFound:
                fault = errors.Fault("/school_urn", "Choose the school they go to")
                raise errors.Invalid(faults=[fault]) from None
            place = (("room", form.room), ("building", form.building))
            change |= {name: typed or None for name, typed in place}
            change["site"] = form.site or None
        case "dispose":
            gone = DisposeForm(on=form.on, method=form.method, reference=form.reference)
            change |= gone.body()
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
    """The list as it was left: its own state and page, whatever else a query holds.

    Not the pages before: an undo has to carry it, and holds no more than a cookie.
    """
    pairs = parse_qsl(form.query, keep_blank_values=True)
    state = tables.read(here.table, pairs)
    spot = replace(tables.read_spot(pairs), trail=())
    return (
        f"{here.root}?{tables.query(here.table, state, spot)}" if state else here.root
    )
