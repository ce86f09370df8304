"""Asks inventory for merges, and tells it what a person decided."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import TypeAdapter

from chassis import errors
from gateway.callers.upstream import Upstream
from gateway.portal.assets import service as assets
from gateway.portal.assets.schemas import Asset, Likenesses, Merge
from gateway.portal.duplicates.schemas import (
    MergeForm,
    Preview,
    SplitForm,
)
from gateway.portal.visit import service as visit
from gateway.portal.visit.schemas import Listing

MERGES = "/api/inventory/v1/asset-merges"
DUPLICATES = "/api/inventory/v1/duplicates"
FOUND = 20
_MERGE = TypeAdapter(Merge)
_PREVIEW = TypeAdapter(Preview)
_LIKENESSES = TypeAdapter(Likenesses)
_ASSETS = TypeAdapter(Listing[Asset])


async def get_merge(upstream: Upstream, urn: int, merge_id: UUID) -> Merge:
    """Read a merge of a school.

    Raises:
        errors.NotFound: it is not there, or the asset stands at another school.
    """
    path = f"{MERGES}/{merge_id}"
    found = await visit.fetch(upstream, "inventory", path, _MERGE)
    await assets.get_asset(upstream, urn, found.kept_id)
    return found


async def list_duplicates(upstream: Upstream, urn: int) -> Likenesses:
    params = {"school": urn}
    return await visit.fetch(upstream, "inventory", DUPLICATES, _LIKENESSES, params)


async def search(upstream: Upstream, asset: Asset, text: str) -> list[Asset]:
    """Find assets of the school that an asset may be; never itself."""
    params = visit.given({"school": asset.school_urn, "q": text[:80], "limit": FOUND})
    found = await visit.fetch(upstream, "inventory", assets.PATH, _ASSETS, params)
    return [each for each in found.items if each.asset_id != asset.asset_id]


async def preview(
    upstream: Upstream, urn: int, asset: Asset, duplicate_id: UUID
) -> Preview:
    """Ask what a merge would do.

    Raises:
        errors.NotFound: the other one is not of the school.
        errors.Conflict, errors.Invalid: they are not one thing.
    """
    path = f"{assets.PATH}/{asset.asset_id}/merge-preview/{duplicate_id}"
    found = await visit.fetch(upstream, "inventory", path, _PREVIEW)
    if found.duplicate.school_urn != urn:
        raise errors.NotFound
    return found


async def merge(
    upstream: Upstream,
    asset: Asset,
    duplicate_id: UUID,
    form: MergeForm,
    take: Sequence[str],
) -> Merge:
    body = {
        "duplicate_id": str(duplicate_id),
        "duplicate_version": form.duplicate_version,
        "take": list(take),
    }
    path = f"{assets.PATH}/{asset.asset_id}/merges"
    headers = visit.of_version(form.version)
    asked = visit.Change("POST", "inventory", path, body, headers)
    return await visit.change(upstream, asked, _MERGE)


async def split(upstream: Upstream, merge_id: UUID, form: SplitForm) -> Merge:
    body = {"leave_changed": form.leave == "yes"}
    path, headers = f"{MERGES}/{merge_id}/split", visit.of_version(form.version)
    asked = visit.Change("POST", "inventory", path, body, headers)
    return await visit.change(upstream, asked, _MERGE)
