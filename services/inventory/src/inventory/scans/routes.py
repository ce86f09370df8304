"""Scans over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.paging import Page, PageQuery
from chassis.wire import UrnText
from inventory.scans import schemas, service
from inventory.scans.model import Kept

router = APIRouter(prefix="/api/inventory/v1/custody/scans", tags=["custody"])
Db = Annotated[db.Database, Depends(http.database)]
_TOLD = tuple(schemas.ScanAnswer.model_fields)


@router.post("", response_model=schemas.ScanResults, responses=problems.WRITING)
async def take_scans(
    database: Db, actor: CurrentActor, command: schemas.TakeScans
) -> Response:
    """Give out and take back what was scanned; a scan that comes twice is done once."""
    found = await service.take_scans(database, actor, command)
    return http.reply({"results": found})


@router.get(
    "/conflicts", response_model=schemas.ConflictPage, responses=problems.READING
)
async def list_conflicts(
    *,
    request: Request,
    database: Db,
    actor: CurrentActor,
    school: Annotated[UrnText, Query(description="URN of a school.")],
    page: PageQuery,
) -> Response:
    """List scans that could not be done, beside what is true now."""
    found, out = await service.list_conflicts(database, actor, school, page)
    items = [
        {**_told(each), "now": out.get(each.asset_id) if each.asset_id else None}
        for each in found.items
    ]
    return http.reply_page(request, Page(items, found.next))


@router.post(
    "/{scan_id:uuid}/settle",
    response_model=schemas.ScanAnswer,
    responses=problems.WRITING,
)
async def settle_scan(
    database: Db, actor: CurrentActor, scan_id: UUID, command: schemas.SettleScan
) -> Response:
    """Say what is right of a scan that could not be done."""
    return http.reply(
        _told(await service.settle_scan(database, actor, scan_id, command))
    )


def _told(kept: Kept) -> dict[str, object]:
    return {name: getattr(kept, name) for name in _TOLD}
