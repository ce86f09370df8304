"""Saved views of the portal's tables over HTTP: kept, set, opened with, deleted."""

import re
from enum import StrEnum
from typing import Annotated
from urllib.parse import parse_qsl
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import Response
from pydantic import ValidationError

from chassis import errors
from gateway.portal.tables import model, service
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.routes import UsualVisit
from gateway.portal.visit.schemas import FormBody
from gateway.views import schemas
from gateway.views import service as views

router = APIRouter()
_SIZES = {str(size) for size in model.SIZES}
_OURS = re.compile(r"/(schools|authorities)/[0-9]{3,6}/[a-z]{1,20}")


class Step(StrEnum):
    """What can be done with a saved view."""

    UPDATE = "update"
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
    try:
        command = schemas.SaveView.model_validate(said)
    except ValidationError:
        raise errors.Invalid("Give the view a name of up to 60 characters") from None
    await views.save_view(visit.database, visit.actor, command)
    return visiting.see_other(_back(form.back, form.query), "view-saved")


@router.post("/views/{view_id:uuid}")
async def take_step(
    visit: UsualVisit, view_id: UUID, form: Annotated[StepForm, Form()]
) -> Response:
    db, actor, version = visit.database, visit.actor, form.version
    match form.step:
        case Step.DELETE:
            await views.delete_view(db, actor, view_id, version)
        case Step.UPDATE:
            state = schemas.ViewState.model_validate(_state(form.query))
            change = schemas.ChangeView(state=state)
            await views.change_view(db, actor, view_id, version, change)
        case Step.DEFAULT | Step.NOT_DEFAULT:
            is_default = form.step is Step.DEFAULT
            change = schemas.ChangeView(is_default=is_default)
            await views.change_view(db, actor, view_id, version, change)
    flash = "view-deleted" if form.step is Step.DELETE else "view-changed"
    return visiting.see_other(_back(form.back, form.query), flash)


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
