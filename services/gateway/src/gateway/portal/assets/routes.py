"""The asset pages over HTTP."""

# ruff: noqa: FAST003 - SchoolVisit and PathAsset read the names of the path

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import Response

from chassis import errors
from gateway.days import day_in_england
from gateway.directory import service as directory
from gateway.portal.assets import model, schemas, service
from gateway.portal.support import model as support_words
from gateway.portal.support import service as supported
from gateway.portal.support.schemas import AssetSupport
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
        errors.Conflict: the asset is out of use and stays as it was.
    """
    visiting.require(visit.rights.change_assets)
    if asset.status in model.OUT_OF_USE:
        raise errors.Conflict("An asset that is out of use stays as it was.")
    return asset


WorkingAsset = Annotated[schemas.Asset, Depends(working_asset_of_path)]


@router.get("/new")
async def new_page(
    visit: SchoolVisit, known: Annotated[schemas.NewAssetQuery, Query()]
) -> Response:
    """Show a form with what is known; with a kind named, its own fields as well."""
    visiting.require(visit.rights.change_assets)
    kinds = await _kinds(visit)
    form = schemas.AssetForm.model_validate({**known.told, "once": str(uuid4())})
    return _form(visit, form, None, kinds)


@router.post("/new")
async def register(visit: SchoolVisit, form: Filled) -> Response:
    kinds = await _kinds(visit)
    if form.show_fields:
        return _form(visit, form, None, kinds)
    try:
        form.require_valid()
        details = form.details(kinds.fields_of(form.category))
        asset = await service.register_asset(
            visit.upstream, visit.place.urn, form, details
        )
    except (errors.Invalid, errors.Conflict) as refusal:
        return _form(visit, form, None, kinds, refusal)
    return visiting.see_other(_path(asset), "asset-added")


@router.get("/{asset_id:uuid}")
async def view_page(visit: SchoolVisit, asset: PathAsset) -> Response:
    return await _view(visit, asset)


@router.get("/{asset_id:uuid}/edit")
async def edit_page(visit: SchoolVisit, asset: WorkingAsset) -> Response:
    kinds = await _kinds(visit)
    form = schemas.form_of(asset, kinds.fields_of(asset.category))
    return _form(visit, form, asset, kinds)


@router.post("/{asset_id:uuid}/edit")
async def change(visit: SchoolVisit, asset: WorkingAsset, form: Filled) -> Response:
    kinds = await _kinds(visit)
    if form.show_fields:
        return _form(visit, form, asset, kinds)
    try:
        form.require_valid()
        details = form.details(kinds.fields_of(form.category))
        await service.change_asset(visit.upstream, asset.asset_id, form, details)
    except (errors.Invalid, errors.Conflict, errors.Stale) as refusal:
        return _form(visit, form, asset, kinds, refusal)
    return visiting.see_other(_path(asset), "asset-changed")


@router.get("/{asset_id:uuid}/move")
async def move_page(visit: SchoolVisit, asset: WorkingAsset) -> Response:
    form = schemas.MoveForm(
        school_urn=str(visit.place.urn),
        site=asset.site or "",
        building=asset.building or "",
        room=asset.room or "",
    )
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


@router.get("/{asset_id:uuid}/dispose")
async def dispose_page(visit: SchoolVisit, asset: PathAsset) -> Response:
    _require_disposable(visit, asset)
    return _dispose_form(visit, asset, schemas.DisposeForm(version=asset.version))


@router.post("/{asset_id:uuid}/dispose")
async def dispose(
    visit: SchoolVisit,
    asset: PathAsset,
    form: Annotated[schemas.DisposeForm, Form()],
) -> Response:
    _require_disposable(visit, asset)
    try:
        gone = await service.dispose_of_asset(visit.upstream, asset.asset_id, form)
    except (errors.Invalid, errors.Conflict, errors.Stale) as refusal:
        return _dispose_form(visit, asset, form, refusal)
    back = _step(gone, "reinstate")
    return visiting.undoable(visit, _path(asset), "asset-disposed", back)


@router.post("/{asset_id:uuid}/reinstate")
async def reinstate(visit: SchoolVisit, asset: PathAsset, form: Step) -> Response:
    visiting.require(visit.rights.change_assets)
    try:
        working = await service.reinstate_asset(
            visit.upstream, asset.asset_id, form.version
        )
    except (errors.Conflict, errors.Stale) as refusal:
        return await _view(visit, asset, refusal)
    if asset.status != "retired":
        # How it was disposed of, or that it was cancelled, is not typed in for them.
        return visiting.see_other(_path(asset), "asset-reinstated")
    back = _step(working, "retire")
    return visiting.undoable(visit, _path(asset), "asset-reinstated", back)


async def _kinds(visit: SchoolVisit) -> schemas.Kinds:
    """Read the kinds of kit; without them the form is there all the same."""
    try:
        return await service.list_kinds(visit.upstream, visit.place.urn)
    except (errors.Unavailable, errors.TimedOut):
        return schemas.Kinds(items=[])


def _require_disposable(visit: SchoolVisit, asset: schemas.Asset) -> None:
    visiting.require(visit.rights.change_assets)
    if asset.status not in model.DISPOSABLE:
        raise errors.Conflict("Retire an asset before you dispose of it.")


def _path(asset: schemas.Asset) -> str:
    return f"/schools/{asset.school_urn}/assets/{asset.asset_id}"


def _step(asset: schemas.Asset, step: str) -> Undo:
    return Undo(f"{_path(asset)}/{step}", {"version": str(asset.version)})


def _back(before: schemas.Asset, moved: schemas.Asset) -> Undo:
    """Say how an asset that was moved gets back to where it stood."""
    fields = {
        "school_urn": str(before.school_urn),
        "site": before.site or "",
        "building": before.building or "",
        "room": before.room or "",
        "version": str(moved.version),
    }
    return Undo(f"{_path(moved)}/move", fields)


async def _view(
    visit: Visit[Place], asset: schemas.Asset, refusal: errors.Refusal | None = None
) -> Response:
    software, history, kinds, known, attachments, others = await asyncio.gather(
        service.list_software(visit.upstream, asset),
        service.list_history(visit.upstream, asset),
        service.list_kinds(visit.upstream, asset.school_urn),
        service.get_model(visit.upstream, asset),
        service.list_attachments(visit.upstream, asset),
        asyncio.gather(
            service.list_devices(visit.upstream, asset),
            service.list_merges(visit.upstream, asset),
            service.list_likenesses(visit.upstream, asset),
            service.get_holding(visit.upstream, asset),
            _support(visit, asset),
            service.get_sighting(visit.upstream, asset),
        ),
    )
    devices, merges, likely, holding, support, sighting = others
    status, _ = _said(refusal, "version")
    context = {
        "asset": asset,
        "software": software,
        "history": history,
        "known": known,
        "devices": devices,
        "attachments": attachments,
        "merges": merges,
        "likely": likely,
        "holding": holding,
        "sighting": sighting,
        "support": support,
        "support_words": support_words,
        "fields": kinds.fields_of(asset.category),
        "labels": kinds.labels_of(asset.category),
        "today": day_in_england(datetime.now(UTC)),
        "me": visit.actor.principal,
        "refusal": refusal,
    }
    return _page(visit, "assets/view.html", context, status)


async def _support(visit: Visit[Place], asset: schemas.Asset) -> AssetSupport | None:
    """Read how what an asset runs is supported; None of what runs nothing."""
    if asset.category not in model.COMPUTERS or asset.merged_into:
        return None
    return await supported.get_support_of(visit.upstream, asset.asset_id)


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
    kinds: schemas.Kinds,
    refusal: errors.Refusal | None = None,
) -> Response:
    """Show the form; after a stale save, what differs and the version to save over."""
    status, problems = _said(refusal, "tag")
    stale = status == STALE
    differing: tuple[model.Difference, ...] = ()
    if asset and stale:
        saved = schemas.form_of(asset, kinds.fields_of(asset.category))
        differing = model.differences(saved.values(), form.values())
        form = form.model_copy(update={"version": asset.version})
    context = {
        "asset": asset,
        "form": form,
        "fields": kinds.fields_of(form.category),
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


def _dispose_form(
    visit: Visit[Place],
    asset: schemas.Asset,
    form: schemas.DisposeForm,
    refusal: errors.Refusal | None = None,
) -> Response:
    status, problems = _said(refusal, "on")
    context = {
        "asset": asset,
        "form": form.model_copy(update={"version": asset.version}),
        "problems": problems,
        "moved_on": status == STALE,
    }
    return _page(visit, "assets/dispose.html", context, status)


def _page(
    visit: Visit[Place], template: str, context: Mapping[str, object], status: int = 200
) -> Response:
    shown = {"words": model, **context}
    return visiting.page(visit, template, "assets", shown, status)
