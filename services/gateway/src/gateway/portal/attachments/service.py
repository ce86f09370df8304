"""Hands inventory a file for an asset, or lets it take one away."""

from uuid import UUID

from pydantic import TypeAdapter

from chassis import errors
from chassis.files.service import plain_name
from gateway.callers.upstream import Upstream
from gateway.portal.assets import service as assets
from gateway.portal.assets.schemas import Asset, Attachment
from gateway.portal.attachments.schemas import AttachForm
from gateway.portal.visit import service as visit

_ATTACHMENT = TypeAdapter(Attachment)


async def find_attachment(
    upstream: Upstream, asset: Asset, attachment_id: UUID
) -> Attachment:
    """Find one of an asset.

    Raises:
        errors.NotFound: it has none such, or no longer.
    """
    found = await assets.list_attachments(upstream, asset)
    for each in found.items:
        if each.attachment_id == attachment_id:
            return each
    raise errors.NotFound


async def attach(
    upstream: Upstream, asset_id: UUID, form: AttachForm, name: str, content: bytes
) -> Attachment:
    asked = visit.Change(
        "POST",
        "inventory",
        f"{assets.PATH}/{asset_id}/files",
        content,
        {"content-type": "application/octet-stream"},
        params={"title": form.title, "kind": form.kind, "name": plain_name(name)},
    )
    return await visit.change(upstream, asked, _ATTACHMENT)


async def remove(upstream: Upstream, asset_id: UUID, attachment_id: UUID) -> None:
    path = f"{assets.PATH}/{asset_id}/files/{attachment_id}"
    answer = await upstream.send("DELETE", "inventory", path)
    if answer.status_code >= visit.LOWEST_ERROR:
        raise visit.refusal_of(answer)
