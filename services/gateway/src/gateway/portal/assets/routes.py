"""The asset pages over HTTP."""

# ruff: noqa: FAST003 - SchoolVisit and PathAsset read the names of the path

import asyncio
from collections.abc import Mapping
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response

from chassis import errors
from gateway.directory import service as directory
from gateway.portal.assets import model, schemas, service
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.flash import Undo
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import SchoolVisit, Visit

router = APIRouter(prefix="/schools/{urn}/assets")
Filled = Annotated[schemas.AssetForm, Form()]
Step = Annotated[schemas.StepForm, Form()]
CONFLICT, STALE, UNPROCESSABLE = 409, 412, 422


async def asset_of_path(asset_id: UUID, visit: SchoolVisit) -> schemas.Asset:
    return await service.get_asset(visit.upstream, visit.place.urn, asset_id)


PathAsset = Annotated[schemas.Asset, Depends(asset_of_path)]


async def working_asset_of_path(visit: SchoolVisit, asset: PathAsset) -> schemas.Asset:
    """Find an asset to change: a form that would be refused anyway is not shown.

    Raises:
        errors.Forbidden: the visitor does not change assets here.
        errors.Conflict: the asset is retired and stays as it was.
    """
    visiting.require(visit.rights.change_assets)
    if asset.status == "retired":
        raise errors.Conflict("A retired asset stays as it was.")
    return asset


WorkingAsset = Annotated[schemas.Asset, Depends(working_asset_of_path)]


@router.get("/new")
async def new_page(visit: SchoolVisit) -> Response:
    visiting.require(visit.rights.change_assets)
    return _form(visit, schemas.AssetForm(once=str(uuid4())), None)


@router.post("/new")
async def register(visit: SchoolVisit, form: Filled) -> Response:
    try:
        form.require_valid()
        asset = await service.register_asset(visit.upstream, visit.place.urn, form)
    except (errors.Invalid, errors.Conflict) as refusal:
        return _form(visit, form, None, refusal)
    return visiting.see_other(_path(asset), "asset-added")


@router.get("/{asset_id:uuid}")
async def view_page(visit: SchoolVisit, asset: PathAsset) -> Response:
    return await _view(visit, asset)


@router.get("/{asset_id:uuid}/edit")
async def edit_page(visit: SchoolVisit, asset: WorkingAsset) -> Response:
    return _form(visit, schemas.form_of(asset), asset)


@router.post("/{asset_id:uuid}/edit")
async def change(visit: SchoolVisit, asset: WorkingAsset, form: Filled) -> Response:
    try:
        form.require_valid()
        await service.change_asset(visit.upstream, asset.asset_id, form)
    except (errors.Invalid, errors.Conflict, errors.Stale) as refusal:
        return _form(visit, form, asset, refusal)
    return visiting.see_other(_path(asset), "asset-changed")


@router.get("/{asset_id:uuid}/move")
async def move_page(visit: SchoolVisit, asset: WorkingAsset) -> Response:
    form = schemas.MoveForm(school_urn=str(visit.place.urn), room=asset.room or "")
    return await _move_form(visit, asset, form)


@router.post("/{asset_id:uuid}/move")
async def move(
    visit: SchoolVisit, asset: WorkingAsset, form: Annotated[schemas.MoveForm, Form()]
) -> Response:
    try:
        urn = visiting.parse_urn(form.school_urn or str(visit.place.urn))
        target = urn if urn != visit.place.urn else None
        moved = await service.move_asset(visit.upstream, asset.asset_id, form, target)
    except (errors.Invalid, errors.Conflict, errors.Stale, errors.Forbidden) as wrong:
        return await _move_form(visit, asset, form, wrong)
    return visiting.undoable(visit, _path(moved), "asset-moved", _back(asset, moved))


@router.get("/{asset_id:uuid}/retire")
async def retire_page(visit: SchoolVisit, asset: WorkingAsset) -> Response:
    return _page(visit, "assets/retire.html", {"asset": asset, "stale": False})


@router.post("/{asset_id:uuid}/retire")
async def retire(visit: SchoolVisit, asset: WorkingAsset, form: Step) -> Response:
    try:
        retired = await service.retire_asset(
            visit.upstream, asset.asset_id, form.version
        )
    except errors.Stale:
        context = {"asset": asset, "stale": True}
        return _page(visit, "assets/retire.html", context, STALE)
    back = _step(retired, "reinstate")
    return visiting.undoable(visit, _path(asset), "asset-retired", back)


@router.post("/{asset_id:uuid}/reinstate")
async def reinstate(visit: SchoolVisit, asset: PathAsset, form: Step) -> Response:
    visiting.require(visit.rights.change_assets)
    try:
        working = await service.reinstate_asset(
            visit.upstream, asset.asset_id, form.version
        )
    except (errors.Conflict, errors.Stale) as refusal:
        return await _view(visit, asset, refusal)
    back = _step(working, "retire")
    return visiting.undoable(visit, _path(asset), "asset-reinstated", back)


def _path(asset: schemas.Asset) -> str:
    return f"/schools/{asset.school_urn}/assets/{asset.asset_id}"


def _step(asset: schemas.Asset, step: str) -> Undo:
    return Undo(f"{_path(asset)}/{step}", {"version": str(asset.version)})


def _back(before: schemas.Asset, moved: schemas.Asset) -> Undo:
    """Say how an asset that was moved gets back to where it stood."""
    fields = {
        "school_urn": str(before.school_urn),
        "room": before.room or "",
        "version": str(moved.version),
    }
    return Undo(f"{_path(moved)}/move", fields)


async def _view(
    visit: Visit[Place], asset: schemas.Asset, refusal: errors.Refusal | None = None
) -> Response:
    software, history = await asyncio.gather(
        service.list_software(visit.upstream, asset),
        service.list_history(visit.upstream, asset),
    )
    status, _ = _said(refusal, "version")
    context = {
        "asset": asset,
        "software": software,
        "history": history,
        "me": visit.actor.principal,
        "refusal": refusal,
    }
    return _page(visit, "assets/view.html", context, status)


def _said(refusal: errors.Refusal | None, field: str) -> tuple[int, dict[str, str]]:
    """Say a refusal's status, and its words at the fields they belong to."""
    if refusal is None:
        return 200, {}
    if isinstance(refusal, errors.Stale):
        return STALE, {}
    found = visiting.messages(refusal, field)
    return (UNPROCESSABLE if isinstance(refusal, errors.Invalid) else CONFLICT), found


def _form(
    visit: Visit[Place],
    form: schemas.AssetForm,
    asset: schemas.Asset | None,
    refusal: errors.Refusal | None = None,
) -> Response:
    """Show the form; after a stale save, what differs and the version to save over."""
    status, problems = _said(refusal, "tag")
    stale = status == STALE
    differing: tuple[model.Difference, ...] = ()
    if asset and stale:
        saved = schemas.form_of(asset)
        differing = model.differences(saved.values(), form.values())
        form = form.model_copy(update={"version": asset.version})
    context = {
        "asset": asset,
        "form": form,
        "problems": problems,
        "stale": stale,
        "differences": differing,
    }
    return _page(visit, "assets/form.html", context, status)


async def _move_form(
    visit: Visit[Place],
    asset: schemas.Asset,
    form: schemas.MoveForm,
    refusal: errors.Refusal | None = None,
) -> Response:
    """Show where the asset may go; the form always moves the version that is shown."""
    status, problems = _said(refusal, "school_urn")
    schools = await directory.my_schools(visit.database, visit.actor)
    context = {
        "asset": asset,
        "form": form.model_copy(update={"version": asset.version}),
        "schools": {s.urn: s.name for s in schools},
        "problems": problems,
        "moved_on": status == STALE,
    }
    return _page(visit, "assets/move.html", context, status)


def _page(
    visit: Visit[Place], template: str, context: Mapping[str, object], status: int = 200
) -> Response:
    shown = {"words": model, **context}
    return visiting.page(visit, template, "assets", shown, status)
