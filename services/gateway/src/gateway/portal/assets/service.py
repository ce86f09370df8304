"""Asks inventory for assets, and tells it what a person decided."""

from collections.abc import Mapping
from uuid import UUID

from pydantic import TypeAdapter

from chassis import errors
from gateway.callers.upstream import Upstream
from gateway.portal.assets.schemas import (
    Asset,
    AssetForm,
    Attachments,
    DisposeForm,
    Happened,
    Holding,
    Holdings,
    Installed,
    Kinds,
    KnownModel,
    Label,
    Likeness,
    Likenesses,
    Merge,
    Merges,
    MoveForm,
    Reporting,
    Sighting,
)
from gateway.portal.visit import service as visit
from gateway.portal.visit.schemas import Listing

PATH = "/api/inventory/v1/assets"
KINDS = "/api/inventory/v1/kinds"
DEVICES = "/api/inventory/v1/agent-devices"
Details = Mapping[str, object]
_KINDS = TypeAdapter(Kinds)
_LABEL = TypeAdapter(Label)
_MODEL = TypeAdapter(KnownModel)
_ASSET = TypeAdapter(Asset)
_ASSETS = TypeAdapter(Listing[Asset])
_INSTALLED = TypeAdapter(Listing[Installed])
_REPORTING = TypeAdapter(Listing[Reporting])
_ATTACHMENTS = TypeAdapter(Attachments)
_HISTORY = TypeAdapter(Listing[Happened])
_SIGHTING = TypeAdapter(Sighting)
_HOLDINGS = TypeAdapter(Holdings)
_MERGES = TypeAdapter(Merges)
_LIKENESSES = TypeAdapter(Likenesses)
TITLES_SHOWN = PAGE = 200
MOST_HISTORY = 1_000
MOST_DEVICES = 5


async def get_asset(upstream: Upstream, urn: int, asset_id: UUID) -> Asset:
    """Read an asset of a school.

    Raises:
        errors.NotFound: it is not there, or stands at another school.
    """
    found = await visit.fetch(upstream, "inventory", f"{PATH}/{asset_id}", _ASSET)
    if found.school_urn != urn:
        raise errors.NotFound
    return found


async def find_by_tag(upstream: Upstream, urn: int, tag: str) -> Asset | None:
    """Find the asset of a school that bears a tag, whatever its letters' size."""
    if not tag:
        return None
    params = visit.given({"school": urn, "q": tag[:80], "limit": PAGE})
    found = await visit.fetch(upstream, "inventory", PATH, _ASSETS, params)
    wanted = tag.casefold()
    return next((each for each in found.items if each.tag.casefold() == wanted), None)


async def get_label(upstream: Upstream, urn: int, asset_id: UUID) -> Label:
    """Read what everyone at a school may know of an asset of it.

    Raises:
        errors.NotFound: it is not there, or stands at another school.
    """
    found = await find_label(upstream, asset_id)
    if found.school_urn != urn:
        raise errors.NotFound
    return found


async def find_label(upstream: Upstream, asset_id: UUID) -> Label:
    """Read what everyone at its school may know of an asset, wherever that is."""
    path = f"{PATH}/{asset_id}/label"
    return await visit.fetch(upstream, "inventory", path, _LABEL)


async def list_software(upstream: Upstream, asset: Asset) -> Listing[Installed]:
    path = f"{PATH}/{asset.asset_id}/software"
    params = visit.given({"limit": TITLES_SHOWN})
    return await visit.fetch(upstream, "inventory", path, _INSTALLED, params)


async def get_model(upstream: Upstream, asset: Asset) -> KnownModel | None:
    """Read what the catalogue knows of an asset's model; the page is there without."""
    path = f"{PATH}/{asset.asset_id}/model"
    try:
        return await visit.fetch(upstream, "inventory", path, _MODEL)
    except (errors.NotFound, errors.Unavailable, errors.TimedOut):
        return None


async def list_history(upstream: Upstream, asset: Asset) -> list[Happened]:
    """Read what happened to an asset since it was added."""
    found: list[Happened] = []
    after: str | None = ""
    while after is not None and len(found) < MOST_HISTORY:
        path = f"{PATH}/{asset.asset_id}/history"
        params = visit.given({"limit": PAGE, "after": after})
        page = await visit.fetch(upstream, "inventory", path, _HISTORY, params)
        found += page.items
        after = page.next
    return found


async def list_attachments(upstream: Upstream, asset: Asset) -> Attachments:
    """Read the pictures and documents of an asset."""
    path = f"{PATH}/{asset.asset_id}/files"
    return await visit.fetch(upstream, "inventory", path, _ATTACHMENTS)


async def list_devices(upstream: Upstream, asset: Asset) -> list[Reporting]:
    """Read the machines that are an asset, mostly none or one."""
    asked = {"asset": str(asset.asset_id), "sort": "-last_seen_at"}
    params = visit.given({**asked, "limit": MOST_DEVICES})
    found = await visit.fetch(upstream, "inventory", DEVICES, _REPORTING, params)
    return found.items


async def get_holding(upstream: Upstream, asset: Asset) -> Holding | None:
    """Read who has an asset, if anybody does."""
    path = f"{PATH}/{asset.asset_id}/custody"
    found = await visit.fetch(upstream, "inventory", path, _HOLDINGS)
    return next((each for each in found.items if each.returned_at is None), None)


async def get_sighting(upstream: Upstream, asset: Asset) -> Sighting:
    """Read when people last saw an asset."""
    path = f"{PATH}/{asset.asset_id}/sighting"
    return await visit.fetch(upstream, "inventory", path, _SIGHTING)


async def list_merges(upstream: Upstream, asset: Asset) -> list[Merge]:
    """Read what an asset was merged with, as the one that is kept or the other."""
    path = f"{PATH}/{asset.asset_id}/merges"
    return (await visit.fetch(upstream, "inventory", path, _MERGES)).items


async def list_likenesses(upstream: Upstream, asset: Asset) -> list[Likeness]:
    """Read which assets of its school bear the same serial."""
    path = f"{PATH}/{asset.asset_id}/likenesses"
    return (await visit.fetch(upstream, "inventory", path, _LIKENESSES)).items


async def list_kinds(upstream: Upstream, urn: int) -> Kinds:
    """Read the kinds of kit, as a school has them."""
    return await visit.fetch(upstream, "inventory", KINDS, _KINDS, {"school": urn})


async def register_asset(
    upstream: Upstream, urn: int, form: AssetForm, details: Details
) -> Asset:
    given = {name: value for name, value in details.items() if value is not None}
    body = {"school_urn": urn, **form.values(), **form.place(), "details": given}
    asked = visit.Change("POST", "inventory", PATH, body, visit.once(form.once))
    return await visit.change(upstream, asked, _ASSET)


async def change_asset(
    upstream: Upstream, asset_id: UUID, form: AssetForm, details: Details
) -> Asset:
    body = {**form.values(), "details": details}
    return await _send(upstream, "PATCH", f"/{asset_id}", form.version, body)


async def move_asset(
    upstream: Upstream, asset_id: UUID, form: MoveForm, urn: int | None
) -> Asset:
    body = {
        "school_urn": urn,
        "site": form.site or None,
        "building": form.building or None,
        "room": form.room or None,
    }
    return await _send(upstream, "POST", f"/{asset_id}/move", form.version, body)


async def retire_asset(upstream: Upstream, asset_id: UUID, version: int) -> Asset:
    return await _send(upstream, "POST", f"/{asset_id}/retire", version, None)


async def dispose_of_asset(
    upstream: Upstream, asset_id: UUID, form: DisposeForm
) -> Asset:
    """Let an asset leave for good.

    Raises:
        errors.Invalid: the form says not when, or not how.
    """
    path = f"/{asset_id}/dispose"
    return await _send(upstream, "POST", path, form.version, form.body())


async def reinstate_asset(upstream: Upstream, asset_id: UUID, version: int) -> Asset:
    return await _send(upstream, "POST", f"/{asset_id}/reinstate", version, None)


async def _send(
    upstream: Upstream, method: str, tail: str, version: int, body: object
) -> Asset:
    path, headers = f"{PATH}{tail}", visit.of_version(version)
    asked = visit.Change(method, "inventory", path, body, headers)
    return await visit.change(upstream, asked, _ASSET)
