"""Hands inventory a document of a licence, or lets it take one away."""

from uuid import UUID

from pydantic import TypeAdapter

from chassis import errors
from chassis.files.service import plain_name
from gateway.callers.upstream import Upstream
from gateway.portal.licence_documents.schemas import DocumentForm
from gateway.portal.licences import service as licences
from gateway.portal.licences.schemas import Document
from gateway.portal.visit import service as visit

_ONE = TypeAdapter(Document)


async def find_document(
    upstream: Upstream, licence_id: UUID, document_id: UUID
) -> Document:
    """Find one of a licence.

    Raises:
        errors.NotFound: it has none such, or no longer.
    """
    for each in await licences.list_documents(upstream, licence_id):
        if each.document_id == document_id:
            return each
    raise errors.NotFound


async def add(
    upstream: Upstream, licence_id: UUID, form: DocumentForm, name: str, content: bytes
) -> Document:
    asked = visit.Change(
        "POST",
        "inventory",
        licences.documents_path(licence_id),
        content,
        {"content-type": "application/octet-stream"},
        params={"title": form.title, "name": plain_name(name)},
    )
    return await visit.change(upstream, asked, _ONE)


async def remove(upstream: Upstream, licence_id: UUID, document_id: UUID) -> None:
    path = f"{licences.documents_path(licence_id)}/{document_id}"
    answer = await upstream.send("DELETE", "inventory", path)
    if answer.status_code >= visit.LOWEST_ERROR:
        raise visit.refusal_of(answer)
