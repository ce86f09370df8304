"""Tells inventory what was scanned, and asks what is to be settled."""

from datetime import datetime
from uuid import UUID

from pydantic import TypeAdapter

from gateway.callers.upstream import Upstream
from gateway.portal.scans.schemas import Conflict, Outcome, Results, ScanForm
from gateway.portal.visit import service as visit
from gateway.portal.visit.schemas import Answer, Listing

PATH = "/api/inventory/v1/custody/scans"
_RESULTS = TypeAdapter(Results)
_CONFLICTS = TypeAdapter(Listing[Conflict])
_SETTLED = TypeAdapter(Answer)
_MOST = 200


async def scan(upstream: Upstream, urn: int, form: ScanForm, now: datetime) -> Outcome:
    """Tell of one scan, and say what came of it."""
    body = {"school_urn": urn, "session": form.session, "scans": [form.scan(now)]}
    asked = visit.Change("POST", "inventory", PATH, body)
    [outcome] = (await visit.change(upstream, asked, _RESULTS)).results
    return outcome


async def list_conflicts(upstream: Upstream, urn: int) -> Listing[Conflict]:
    """Read what is to be settled at a school: the first 200."""
    params = visit.given({"school": urn, "limit": _MOST})
    path = f"{PATH}/conflicts"
    return await visit.fetch(upstream, "inventory", path, _CONFLICTS, params)


async def settle(upstream: Upstream, scan_id: UUID, settle_as: str) -> None:
    path = f"{PATH}/{scan_id}/settle"
    asked = visit.Change("POST", "inventory", path, {"settle_as": settle_as})
    await visit.change(upstream, asked, _SETTLED)
