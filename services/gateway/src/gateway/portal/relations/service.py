"""Asks inventory for relations, and tells it of one that begins or ends."""

from uuid import UUID

from pydantic import TypeAdapter

from chassis import errors
from gateway.callers.upstream import Upstream
from gateway.portal.assets import service as assets
from gateway.portal.assets.schemas import Asset
from gateway.portal.relations import model
from gateway.portal.relations.schemas import (
    Impact,
    RelatedList,
    RelateForm,
    Relation,
)
from gateway.portal.visit import service as visit

PATH = "/api/inventory/v1/assets"
_RELATED = TypeAdapter(RelatedList)
_IMPACT = TypeAdapter(Impact)
_RELATION = TypeAdapter(Relation)


async def list_related(upstream: Upstream, asset_id: UUID) -> RelatedList:
    path = f"{PATH}/{asset_id}/relations"
    return await visit.fetch(upstream, "inventory", path, _RELATED)


async def get_impact(upstream: Upstream, asset_id: UUID) -> Impact:
    path = f"{PATH}/{asset_id}/impact"
    return await visit.fetch(upstream, "inventory", path, _IMPACT)


async def relate(upstream: Upstream, asset: Asset, form: RelateForm) -> None:
    """Say that an asset hangs on the one of its school that bears a tag.

    Raises:
        errors.Invalid: a field is empty, or no asset of the school bears the tag.
        errors.Conflict: they are related so already, or the other way round.
    """
    faults: list[errors.Fault] = []
    if form.kind not in model.KINDS:
        faults.append(errors.Fault("/kind", "Choose how they are related"))
    other = await assets.find_by_tag(upstream, asset.school_urn, form.other_tag)
    if other is None:
        text = "Enter the tag of another asset of this school"
        faults.append(errors.Fault("/other_tag", text))
    if faults or other is None:
        raise errors.Invalid(faults=faults)
    body = {"kind": form.kind, "other_id": str(other.asset_id)}
    path = f"{PATH}/{asset.asset_id}/relations"
    asked = visit.Change("POST", "inventory", path, body, visit.once(form.once))
    await visit.change(upstream, asked, _RELATION)


async def part(upstream: Upstream, asset_id: UUID, relation_id: UUID) -> None:
    path = f"{PATH}/{asset_id}/relations/{relation_id}"
    answer = await upstream.send("DELETE", "inventory", path)
    if answer.status_code >= visit.LOWEST_ERROR:
        raise visit.refusal_of(answer)
