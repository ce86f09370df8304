"""One machine that reports, over HTTP; their list is among the other lists."""

# ruff: noqa: FAST003 - SchoolVisit and PathDevice read the names of the path

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response

from chassis import errors
from gateway.portal.assets import model as asset_words
from gateway.portal.devices import model, service
from gateway.portal.devices.schemas import Detail, Device, IdentifyForm
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.flash import Undo
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import SchoolVisit, Visit

router = APIRouter(prefix="/schools/{urn}/devices")
STALE, UNPROCESSABLE = 412, 422


async def device_of_path(device_id: UUID, visit: SchoolVisit) -> Detail:
    return await service.get_device(visit.upstream, visit.place.urn, device_id)


PathDevice = Annotated[Detail, Depends(device_of_path)]


@router.get("/{device_id:uuid}")
async def view_page(
    visit: SchoolVisit, device: PathDevice, after: str = ""
) -> Response:
    """Show what a machine told last, and what changed on it before."""
    try:
        changes = await service.list_changes(visit.upstream, device.device_id, after)
    except errors.Invalid:
        # A cursor of an old link: the first page is always there.
        return RedirectResponse(path(device), 303)
    context = {"device": device, "changes": changes, "after": after}
    return page(visit, "devices/view.html", context)


@router.get("/{device_id:uuid}/identify")
async def identify_page(visit: SchoolVisit, device: PathDevice) -> Response:
    visiting.require(visit.rights.change_assets)
    return _form(visit, device, IdentifyForm())


@router.post("/{device_id:uuid}/identify")
async def identify(
    visit: SchoolVisit, device: PathDevice, form: Annotated[IdentifyForm, Form()]
) -> Response:
    visiting.require(visit.rights.change_assets)
    try:
        said = await service.identify(visit.upstream, device, form)
    except (errors.Invalid, errors.NotFound, errors.Stale) as refusal:
        return _form(visit, device, form, refusal)
    if form.said == "new":
        # The asset that was added is not taken away by a click.
        return visiting.see_other(path(device), "device-identified")
    back = undo(device, said.version)
    return visiting.undoable(visit, path(device), "device-identified", back)


def undo(before: Device, version: int) -> Undo:
    """Say how a machine is again what it was said to be before."""
    was = {"matched": "asset"}.get(before.standing, before.standing)
    fields = {
        "said": was,
        "asset_id": str(before.asset_id or ""),
        "version": str(version),
    }
    return Undo(f"{path(before)}/identify", fields)


def _form(
    visit: Visit[Place],
    device: Detail,
    form: IdentifyForm,
    refusal: errors.Refusal | None = None,
) -> Response:
    """Ask what a machine is; the form is always about the version that is shown."""
    stale = isinstance(refusal, errors.Stale)
    problems = visiting.messages(refusal, "said") if refusal and not stale else {}
    context = {
        "device": device,
        "form": form.model_copy(update={"version": device.version}),
        "problems": problems,
        "moved_on": stale,
    }
    status = STALE if stale else (UNPROCESSABLE if refusal else 200)
    return page(visit, "devices/identify.html", context, status)


def path(device: Device) -> str:
    return f"/schools/{device.school_urn}/devices/{device.device_id}"


def page(
    visit: Visit[Place], template: str, context: Mapping[str, object], status: int = 200
) -> Response:
    shown = {
        "words": model,
        "asset_words": asset_words,
        "now": datetime.now(UTC),
        **context,
    }
    return visiting.page(visit, template, "devices", shown, status)
