"""Hands inventory a picture of a model, or lets it take one away."""

from uuid import UUID

from pydantic import TypeAdapter

from gateway.callers.upstream import Upstream
from gateway.portal.catalogue.schemas import Model
from gateway.portal.catalogue.service import ROOT
from gateway.portal.visit import service as visit

_MODEL = TypeAdapter(Model)


async def show(upstream: Upstream, model_id: UUID, alt: str, content: bytes) -> Model:
    """Show a picture of a model.

    Raises:
        errors.Invalid: it is no picture.
        errors.TooLarge: it is larger than inventory takes.
    """
    asked = visit.Change(
        "POST",
        "inventory",
        f"{ROOT}/models/{model_id}/picture/files",
        content,
        {"content-type": "application/octet-stream"},
        params={"alt": alt},
    )
    return await visit.change(upstream, asked, _MODEL)


async def remove(upstream: Upstream, model_id: UUID) -> None:
    path = f"{ROOT}/models/{model_id}/picture"
    answer = await upstream.send("DELETE", "inventory", path)
    if answer.status_code >= visit.LOWEST_ERROR:
        raise visit.refusal_of(answer)
