"""Scanning over HTTP: one code a form, and what is to be settled."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Form
from fastapi.responses import Response

from chassis import errors
from gateway.portal.custody import model as custody
from gateway.portal.scans import model, service
from gateway.portal.scans.schemas import Outcome, ScanForm, SettleForm
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.routes import SchoolVisit

router = APIRouter(prefix="/schools/{urn}/scan")
CONFLICT, UNPROCESSABLE = 409, 422


@router.get("")
async def scan_page(visit: SchoolVisit) -> Response:
    visiting.require(visit.rights.change_assets)
    return _page(visit, ScanForm(session=str(uuid4())))


@router.post("")
async def scan(visit: SchoolVisit, form: Annotated[ScanForm, Form()]) -> Response:
    """Take one code: what was chosen stays, and the next can be scanned."""
    visiting.require(visit.rights.change_assets)
    try:
        _uuids(form.scan_id, form.session)
        urn, now = visit.place.urn, datetime.now(UTC)
        outcome = await service.scan(visit.upstream, urn, form, now)
    except errors.Invalid as refusal:
        return _page(visit, form, refusal=refusal)
    return _page(visit, form.model_copy(update={"code": ""}), outcome, form.code)


@router.get("/conflicts")
async def conflicts_page(visit: SchoolVisit) -> Response:
    return await _conflicts(visit)


@router.post("/conflicts")
async def settle(visit: SchoolVisit, form: Annotated[SettleForm, Form()]) -> Response:
    visiting.require(visit.rights.change_assets)
    [scan_id] = _uuids(form.scan_id)
    taken = "taken" if form.settle_as == "taken" else "kept"
    try:
        await service.settle(visit.upstream, scan_id, taken)
    except errors.Conflict as refusal:
        return await _conflicts(visit, refusal)
    path = f"/schools/{visit.place.urn}/scan/conflicts"
    return visiting.see_other(path, "scan-settled")


def _uuids(*texts: str) -> list[UUID]:
    try:
        return [UUID(text) for text in texts]
    except ValueError:
        raise errors.NotFound from None


def _page(
    visit: SchoolVisit,
    form: ScanForm,
    outcome: Outcome | None = None,
    code: str = "",
    refusal: errors.Invalid | None = None,
) -> Response:
    context = {
        # Each form that is shown is another scan.
        "form": form.model_copy(update={"scan_id": str(uuid4())}),
        "outcome": outcome,
        "code": code,
        "me": visit.actor.principal,
        "problems": visiting.messages(refusal, "code") if refusal else {},
        "words": model,
        "custody_words": custody,
    }
    status = UNPROCESSABLE if refusal else 200
    return visiting.page(visit, "scans/page.html", "assets", context, status)


async def _conflicts(
    visit: SchoolVisit, refusal: errors.Conflict | None = None
) -> Response:
    visiting.require(visit.rights.see_assets)
    context = {
        "found": await service.list_conflicts(visit.upstream, visit.place.urn),
        "refusal": refusal,
        "words": model,
    }
    status = CONFLICT if refusal else 200
    return visiting.page(visit, "scans/conflicts.html", "assets", context, status)
