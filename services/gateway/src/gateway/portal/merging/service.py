"""Asks inventory for names, and tells it which of them an LA says are one."""

from uuid import UUID

from pydantic import TypeAdapter

from gateway.callers.upstream import Upstream
from gateway.portal.catalogue.schemas import Model
from gateway.portal.catalogue.service import ROOT
from gateway.portal.merging.schemas import Make, Merge
from gateway.portal.visit import service as visit
from gateway.portal.visit.schemas import Listing

PAGE = 200
MOST_CHOICES = 20
_MODELS = TypeAdapter(Listing[Model])
_MAKES = TypeAdapter(Listing[Make])
_MERGE = TypeAdapter(Merge)
_MERGES = TypeAdapter(Listing[Merge])


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
