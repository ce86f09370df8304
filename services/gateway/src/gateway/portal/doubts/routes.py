"""Doubtful machines over HTTP: those that wait, and one beside what it may be."""

# ruff: noqa: FAST003 - SchoolVisit and PathDoubt read the names of the path

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response

from chassis import errors
from gateway.portal.devices import routes as devices
from gateway.portal.devices import service as devices_service
from gateway.portal.devices.schemas import IdentifyForm
from gateway.portal.doubts import model, service
from gateway.portal.doubts.schemas import Doubt
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import SchoolVisit, Visit

router = APIRouter(prefix="/schools/{urn}/devices/doubts")
STALE, UNPROCESSABLE = 412, 422


async def doubt_of_path(doubt_id: UUID, visit: SchoolVisit) -> Doubt:
    return await service.get_doubt(visit.upstream, visit.place.urn, doubt_id)


PathDoubt = Annotated[Doubt, Depends(doubt_of_path)]


@router.get("")
async def list_page(visit: SchoolVisit, after: str = "") -> Response:
    visiting.require(visit.rights.see_assets)
    try:
        found = await service.list_doubts(visit.upstream, visit.place.urn, after)
    except errors.Invalid:
        return RedirectResponse(f"/schools/{visit.place.urn}/devices/doubts", 303)
    context = {
        "doubts": found.items,
        "after": after,
        "next": found.next,
        "doubt_words": model,
    }
    return devices.page(visit, "doubts/list.html", context)


@router.get("/{doubt_id:uuid}")
async def view_page(visit: SchoolVisit, doubt: PathDoubt) -> Response:
    return await _page(visit, doubt, IdentifyForm())


@router.post("/{doubt_id:uuid}")
async def settle(
    visit: SchoolVisit, doubt: PathDoubt, form: Annotated[IdentifyForm, Form()]
) -> Response:
    """Say what a machine is; "a new asset" is not taken back by a click."""
    visiting.require(visit.rights.change_assets)
    urn, upstream = visit.place.urn, visit.upstream
    before = await devices_service.get_device(upstream, urn, doubt.device_id)
    said = _said(doubt, form)
    try:
        body = await devices_service.body_of(upstream, urn, said)
        await service.settle(upstream, doubt, form.version, body)
    except (errors.Invalid, errors.NotFound, errors.Conflict, errors.Stale) as no:
        return await _page(visit, doubt, form, no)
    if form.said == "new":
        return visiting.see_other(devices.path(before), "device-identified")
    now = await devices_service.get_device(upstream, urn, doubt.device_id)
    back = devices.undo(before, now.version)
    where = devices.path(before)
    return visiting.undoable(visit, where, "device-identified", back)


def _said(doubt: Doubt, form: IdentifyForm) -> IdentifyForm:
    """Read a choice: the id of an asset that stood beside the machine is that asset."""
    if form.said in {str(each) for each in doubt.candidates}:
        return form.model_copy(update={"said": "asset", "asset_id": form.said})
    # What leaves the question open is no answer to it.
    closed = form.said in {"tag", "new", "ignored"}
    return form if closed else form.model_copy(update={"said": ""})


async def _page(
    visit: Visit[Place],
    doubt: Doubt,
    form: IdentifyForm,
    refusal: errors.Refusal | None = None,
) -> Response:
    """Show the machine beside what it may be, at the version that stands now."""
    urn, upstream = visit.place.urn, visit.upstream
    device = await devices_service.get_device(upstream, urn, doubt.device_id)
    candidates = await service.list_candidates(upstream, doubt)
    moved_on = isinstance(refusal, errors.Stale | errors.Conflict)
    problems = visiting.messages(refusal, "said") if refusal and not moved_on else {}
    context = {
        "doubt": doubt,
        "device": device,
        "candidates": candidates,
        "rows": list(model.rows(device, candidates)),
        "form": form.model_copy(update={"version": doubt.version}),
        "problems": problems,
        "moved_on": moved_on,
        "doubt_words": model,
    }
    status = UNPROCESSABLE if problems else (STALE if moved_on else 200)
    return devices.page(visit, "doubts/view.html", context, status)
