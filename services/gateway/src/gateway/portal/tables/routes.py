"""Saved views of the portal's tables over HTTP: kept, set, opened with, deleted."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import partial
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from pydantic import TypeAdapter, ValidationError

from chassis import errors
from gateway.portal.tables import model, service
from gateway.portal.tables.sheet import Sheet
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.flash import Undo
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import UsualVisit, Visit
from gateway.portal.visit.schemas import FormBody
from gateway.views import schemas
from gateway.views import service as views
from gateway.views.model import SavedView, TooManyViews, ViewNameTaken

router = APIRouter()
UNPROCESSABLE = 422
_NAME = TypeAdapter[str](schemas.Name)
_SIZES = {str(size) for size in model.SIZES}
_OURS = re.compile(r"/(schools|authorities)/[0-9]{3,6}/[a-z]{1,20}")


class Step(StrEnum):
    """What can be done with a saved view."""

    UPDATE = "update"
    RENAME = "rename"
    NAME = "name"
    DEFAULT = "default"
    NOT_DEFAULT = "not-default"
    DELETE = "delete"


class SaveForm(FormBody):
    """A table as it is set, and the name to keep it under."""

    table: str = ""
    name: str = ""
    share: str = ""
    query: str = ""
    back: str = ""


class StepForm(FormBody):
    """What is to be done with a saved view, and how the table is set now."""

    step: Step
    version: int = 0
    name: str = ""
    query: str = ""
    back: str = ""


@router.post("/views")
async def save(visit: UsualVisit, form: Annotated[SaveForm, Form()]) -> Response:
    kind, _, place = form.share.partition(":")
    shared = {"school": {"school_urn": place}, "la": {"la_code": place}}.get(kind)
    said = {
        "table": form.table,
        "name": form.name,
        "state": _state(form.query),
        "shared_with": shared and _numbered(shared),
    }
    fields = form.model_dump()
    ask = partial(_ask_name, visit, "/views", "Save this view", fields)
    if wrong := _wrong_name(form.name):
        return ask(wrong)
    try:
        command = schemas.SaveView.model_validate(said)
        await views.save_view(visit.database, visit.actor, command)
    except ValidationError:
        raise errors.Invalid from None
    except (ViewNameTaken, TooManyViews) as refusal:
        return ask(refusal)
    return visiting.see_other(_back(form.back, form.query), "view-saved")


@router.post("/views/{view_id:uuid}")
async def take_step(
    visit: UsualVisit, view_id: UUID, form: Annotated[StepForm, Form()]
) -> Response:
    db, actor, version = visit.database, visit.actor, form.version
    match form.step:
        case Step.DELETE:
            return await _delete(visit, view_id, form)
        case Step.RENAME | Step.NAME:
            return await _rename(visit, view_id, form)
        case Step.UPDATE:
            state = schemas.ViewState.model_validate(_state(form.query))
            change = schemas.ChangeView(state=state)
            await views.change_view(db, actor, view_id, version, change)
        case Step.DEFAULT | Step.NOT_DEFAULT:
            is_default = form.step is Step.DEFAULT
            change = schemas.ChangeView(is_default=is_default)
            await views.change_view(db, actor, view_id, version, change)
    return visiting.see_other(_back(form.back, form.query), "view-changed")


async def _delete(
    visit: Visit[Place | None], view_id: UUID, form: StepForm
) -> Response:
    """Delete a view; one's own can be had back, for it is saved anew."""
    view = await views.get_view(visit.database, visit.actor, view_id)
    await views.delete_view(visit.database, visit.actor, view_id, form.version)
    back = _back(form.back, form.query)
    if not view.is_mine:
        return visiting.see_other(back, "view-deleted")
    fields = {
        "table": view.table,
        "name": view.name,
        "share": _share(view),
        "query": service.query_of(view),
        "back": form.back,
    }
    return visiting.undoable(visit, back, "view-deleted", Undo("/views", fields))


async def _rename(
    visit: Visit[Place | None], view_id: UUID, form: StepForm
) -> Response:
    """Ask for a view's new name, and give it."""
    view = await views.get_view(visit.database, visit.actor, view_id)
    fields = {**form.model_dump(), "step": Step.NAME.value}
    ask = partial(_ask_name, visit, f"/views/{view_id}", "Rename this view")
    if form.step is Step.RENAME:
        return ask({**fields, "name": view.name}, None)
    if wrong := _wrong_name(form.name):
        return ask(fields, wrong)
    change = schemas.ChangeView(name=form.name.strip())
    try:
        await views.change_view(
            visit.database, visit.actor, view_id, form.version, change
        )
    except ViewNameTaken as refusal:
        return ask(fields, refusal)
    return visiting.see_other(_back(form.back, form.query), "view-changed")


def _ask_name(
    visit: Visit[Place | None],
    action: str,
    heading: str,
    fields: Mapping[str, object],
    refusal: errors.Refusal | None,
) -> Response:
    """Ask for another name; all else that was sent is carried along."""
    context = {
        "action": action,
        "heading": heading,
        "fields": {name: value for name, value in fields.items() if name != "name"},
        "name": fields["name"],
        "back": _back(str(fields["back"]), str(fields["query"])),
        "problems": visiting.messages(refusal, "name") if refusal else {},
    }
    status = UNPROCESSABLE if refusal else 200
    return visiting.page(visit, "tables/name.html", "", context, status)


def _wrong_name(text: str) -> errors.Refusal | None:
    """Say what is wrong with a name, if anything is."""
    try:
        _NAME.validate_python(text)
    except ValidationError:
        fault = errors.Fault("/name", "Give the view a name of up to 60 characters")
        return errors.Invalid(faults=[fault])
    return None


def _share(view: SavedView) -> str:
    if view.school_urn is not None:
        return f"school:{view.school_urn}"
    return f"la:{view.la_code}" if view.la_code else ""


def followed(answer: Response, request: Request, sheet: Sheet) -> Response:
    """Say which address the browser shows for a part that it asked for by a script.

    The way back leads through what somebody set, not through each letter they typed.
    """
    if "hx-request" in request.headers:
        asked = urlsplit(request.headers.get("hx-current-url", "")).query
        before = parse_qsl(asked, keep_blank_values=True)
        answer.headers.update(_step(sheet, before))
    return answer


def _step(sheet: Sheet, before: model.Pairs) -> dict[str, str]:
    state = model.read(sheet.table, before)
    if state == sheet.state and model.read_spot(before) == sheet.spot:
        return {"HX-Push-Url": "false"}
    if state and model.is_respelt(sheet.table, state, sheet.state):
        return {"HX-Replace-Url": sheet.here}
    return {"HX-Push-Url": sheet.here}


def _numbered(shared: dict[str, str]) -> dict[str, str | int]:
    urn = shared.get("school_urn")
    return {**shared} if urn is None else {"school_urn": visiting.parse_urn(urn)}


def _state(query: str) -> dict[str, object]:
    """Read how a table is set from its query, as it is kept."""
    pairs = parse_qsl(query, keep_blank_values=True)
    single = {n: v for n, v in pairs if n not in {"sort", "size", "column"}}
    size = next((v for n, v in pairs if n == "size"), "")
    return {
        "sort": next((v for n, v in pairs if n == "sort"), ""),
        "filters": single,
        "columns": [v for n, v in pairs if n == "column"],
        "size": int(size) if size in _SIZES else service.USUAL_SIZE,
    }


def _back(path: str, query: str) -> str:
    """Lead back to the table; to anywhere else leads no form of ours."""
    if not _OURS.fullmatch(path):
        return "/"
    return f"{path}?{query}" if query else path
