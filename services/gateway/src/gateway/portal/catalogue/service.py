"""Asks inventory for models and titles, and tells it what an LA decided."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from pydantic import TypeAdapter

from chassis import errors
from gateway.callers.upstream import Upstream
from gateway.portal.catalogue.schemas import (
    Device,
    LifecycleForm,
    Make,
    Merge,
    Model,
    ModelDetail,
    Taken,
    TitleDetail,
)
from gateway.portal.visit import service as visit
from gateway.portal.visit.schemas import Listing

ROOT = "/api/inventory/v1"
Place = Mapping[str, str | int | None]
"""Of whom: a school's URN or an LA's code, as inventory takes them."""
PAGE = 200
MOST_CHOICES = 20
_MODEL = TypeAdapter(Model)
_DETAIL = TypeAdapter(ModelDetail)
_MODELS = TypeAdapter(Listing[Model])
_MAKES = TypeAdapter(Listing[Make])
_MERGE = TypeAdapter(Merge)
_MERGES = TypeAdapter(Listing[Merge])
_TAKEN = TypeAdapter(Taken)
_TITLE = TypeAdapter(TitleDetail)
_DEVICES = TypeAdapter(Listing[Device])


async def get_model(
    upstream: Upstream, model_id: UUID, school: int | None = None
) -> ModelDetail:
    params = visit.given({"school": school})
    path = f"{ROOT}/models/{model_id}"
    return await visit.fetch(upstream, "inventory", path, _DETAIL, params)


async def set_lifecycle(
    upstream: Upstream, model_id: UUID, form: LifecycleForm
) -> Model:
    """Write down what is known of a model.

    Raises:
        errors.Invalid: a date is none, or they are out of order.
        errors.Stale: another change came first.
    """
    path = f"{ROOT}/models/{model_id}/lifecycle"
    headers = visit.of_version(form.version)
    asked = visit.Change("PUT", "inventory", path, form.body(), headers)
    return await visit.change(upstream, asked, _MODEL)


async def find_models(upstream: Upstream, la_code: str, q: str) -> list[Model]:
    """Find the first models of an LA by words of their names."""
    params = visit.given({"la_code": la_code, "q": q, "limit": MOST_CHOICES})
    path = f"{ROOT}/models"
    return (await visit.fetch(upstream, "inventory", path, _MODELS, params)).items


async def list_makes(upstream: Upstream, la_code: str) -> list[Make]:
    """Read all makes of an LA."""
    found: list[Make] = []
    after: str | None = ""
    while after is not None:
        params = visit.given({"la_code": la_code, "limit": PAGE, "after": after})
        page = await visit.fetch(upstream, "inventory", f"{ROOT}/makes", _MAKES, params)
        found += page.items
        after = page.next
    return found


async def list_merges(upstream: Upstream, la_code: str, after: str) -> Listing[Merge]:
    params = visit.given({"la_code": la_code, "after": after})
    path = f"{ROOT}/merges"
    return await visit.fetch(upstream, "inventory", path, _MERGES, params)


async def merge(upstream: Upstream, kind: str, start: UUID, into: UUID) -> Merge:
    """Let one be called like another.

    Raises:
        errors.Conflict: they are one already.
    """
    body = {"kind": kind, "from_id": str(start), "into_id": str(into)}
    asked = visit.Change("POST", "inventory", f"{ROOT}/merges", body)
    return await visit.change(upstream, asked, _MERGE)


async def undo_merge(upstream: Upstream, merge_id: UUID) -> None:
    """Let two that were merged be two again; one that is undone already is that."""
    path = f"{ROOT}/merges/{merge_id}"
    answer = await upstream.send("DELETE", "inventory", path, json=None, headers=None)
    if answer.status_code >= visit.LOWEST_ERROR:
        raise visit.refusal_of(answer)


async def take_list(
    upstream: Upstream,
    la_code: str,
    items: Sequence[Mapping[str, str]],
    *,
    dry_run: bool,
) -> Taken:
    """Take a list in, or see what it would do.

    Raises:
        errors.Invalid: lines are wrong; none was taken in.
    """
    body = {"la_code": la_code, "dry_run": dry_run, "items": list(items)}
    asked = visit.Change("PUT", "inventory", f"{ROOT}/models/lifecycles", body)
    return await visit.change(upstream, asked, _TAKEN)


async def get_title(upstream: Upstream, title_id: UUID, place: Place) -> TitleDetail:
    path = f"{ROOT}/titles/{title_id}"
    return await visit.fetch(upstream, "inventory", path, _TITLE, visit.given(place))


async def list_devices(
    upstream: Upstream, title_id: UUID, place: Place, version: str | None, after: str
) -> Listing[Device]:
    """Read a page of the devices that have a title; a cursor of another is the first.

    An empty version is one that is not known.
    """
    asked = dict(visit.given({**place, "after": after}))
    if version is not None:
        asked["version"] = version
    path = f"{ROOT}/titles/{title_id}/devices"
    try:
        return await visit.fetch(upstream, "inventory", path, _DEVICES, asked)
    except errors.Invalid:
        if not after:
            raise
        return await list_devices(upstream, title_id, place, version, "")
