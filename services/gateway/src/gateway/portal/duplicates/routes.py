"""Two assets that are one thing, over HTTP: found, compared, merged, split again."""

# ruff: noqa: FAST003 - SchoolVisit and PathAsset read the names of the path

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from chassis import errors
from gateway.portal.assets import model as asset_words
from gateway.portal.assets import schemas as assets
from gateway.portal.assets import service as assets_service
from gateway.portal.assets.routes import WorkingAsset
from gateway.portal.assets.schemas import Likeness, Merge
from gateway.portal.duplicates import model, service
from gateway.portal.duplicates.schemas import MergeForm, SplitForm
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.flash import Undo
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import SchoolVisit, Visit

router = APIRouter(prefix="/schools/{urn}")
_CHOICE, _THEIRS = "choose:", "duplicate"


async def merge_of_path(merge_id: UUID, visit: SchoolVisit) -> Merge:
    return await service.get_merge(visit.upstream, visit.place.urn, merge_id)


async def choices(request: Request) -> list[str]:
    """Read which fields the duplicate is right in: a radio button for each field."""
    form = await request.form()
    return [
        name.removeprefix(_CHOICE)
        for name, value in form.items()
        if name.startswith(_CHOICE) and value == _THEIRS
    ]


PathMerge = Annotated[Merge, Depends(merge_of_path)]
Choices = Annotated[list[str], Depends(choices)]


@router.get("/duplicates")
async def duplicates_page(visit: SchoolVisit) -> Response:
    """List the assets of a school of which two bear one serial number."""
    visiting.require(visit.rights.see_assets)
    found = await service.list_duplicates(visit.upstream, visit.place.urn)
    groups: dict[str, list[Likeness]] = {}
    for each in found.items:
        groups.setdefault((each.serial or "").casefold(), []).append(each)
    several = [group for group in groups.values() if len(group) > 1]
    context = {"groups": several, "is_all": found.is_all}
    return _page(visit, "duplicates/list.html", context)


@router.get("/assets/{asset_id:uuid}/same")
async def same_page(visit: SchoolVisit, asset: WorkingAsset, q: str = "") -> Response:
    """Let somebody find the asset that this one is, too."""
    text = q.strip()
    likely = await assets_service.list_likenesses(visit.upstream, asset)
    found = await service.search(visit.upstream, asset, text) if text else []
    context = {"asset": asset, "likely": likely, "found": found, "text": text}
    return _page(visit, "duplicates/same.html", context)


@router.get("/assets/{asset_id:uuid}/same/{other_id:uuid}")
async def compare_page(
    visit: SchoolVisit, asset: WorkingAsset, other_id: UUID
) -> Response:
    return await _compare(visit, asset, other_id, [])


@router.post("/assets/{asset_id:uuid}/same/{other_id:uuid}")
async def merge(
    visit: SchoolVisit,
    asset: WorkingAsset,
    other_id: UUID,
    form: Annotated[MergeForm, Form()],
    take: Choices,
) -> Response:
    try:
        done = await service.merge(visit.upstream, asset, other_id, form, take)
    except (errors.Conflict, errors.Stale, errors.Invalid) as refusal:
        return await _compare(visit, asset, other_id, take, refusal)
    where = f"/schools/{visit.place.urn}/assets/{asset.asset_id}"
    undo = Undo(f"{_path(visit, done)}/split", {"version": str(done.version)})
    return visiting.undoable(visit, where, "assets-merged", undo)


@router.get("/merges/{merge_id:uuid}")
async def merge_page(visit: SchoolVisit, merge: PathMerge) -> Response:
    visiting.require(visit.rights.change_assets)
    return await _split(visit, merge)


@router.post("/merges/{merge_id:uuid}/split")
async def split(
    visit: SchoolVisit, merge: PathMerge, form: Annotated[SplitForm, Form()]
) -> Response:
    visiting.require(visit.rights.change_assets)
    try:
        await service.split(visit.upstream, merge.merge_id, form)
    except (errors.Conflict, errors.Stale) as refusal:
        now = await service.get_merge(visit.upstream, visit.place.urn, merge.merge_id)
        return await _split(visit, now, refusal)
    where = f"/schools/{visit.place.urn}/assets/{merge.duplicate_id}"
    return visiting.see_other(where, "assets-split")


async def _compare(
    visit: Visit[Place],
    asset: assets.Asset,
    other_id: UUID,
    take: list[str],
    refusal: errors.Refusal | None = None,
) -> Response:
    """Show two assets side by side, or say why they are not one."""
    urn, upstream = visit.place.urn, visit.upstream
    preview = None
    try:
        preview = await service.preview(upstream, urn, asset, other_id)
    except (errors.Conflict, errors.Invalid) as why:
        refusal = why
    other = (
        preview.duplicate
        if preview
        else await assets_service.get_asset(upstream, urn, other_id)
    )
    kinds = await assets_service.list_kinds(upstream, urn)
    context = {
        "asset": preview.kept if preview else asset,
        "other": other,
        "preview": preview,
        "moving": list(model.moving(preview.moves.model_dump())) if preview else [],
        "labels": kinds.labels_of(asset.category),
        "take": take,
        "refusal": refusal,
        "stale": isinstance(refusal, errors.Stale),
    }
    return _page(visit, "duplicates/compare.html", context, visiting.status_of(refusal))


async def _split(
    visit: Visit[Place], merge: Merge, refusal: errors.Refusal | None = None
) -> Response:
    """Ask whether two are two again, and say what has changed since they were one."""
    urn, upstream = visit.place.urn, visit.upstream
    kept = await assets_service.get_asset(upstream, urn, merge.kept_id)
    kinds = await assets_service.list_kinds(upstream, urn)
    since = model.since(refusal, kinds.labels_of(kept.category)) if refusal else []
    context = {"merge": merge, "kept": kept, "refusal": refusal, "since": since}
    return _page(visit, "duplicates/split.html", context, visiting.status_of(refusal))


def _path(visit: Visit[Place], merge: Merge) -> str:
    return f"/schools/{visit.place.urn}/merges/{merge.merge_id}"


def _page(
    visit: Visit[Place], template: str, context: Mapping[str, object], status: int = 200
) -> Response:
    shown = {"words": asset_words, "merge_words": model, **context}
    return visiting.page(visit, template, "assets", shown, status)
