"""The record of who did what, as a page and as a spreadsheet."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response, StreamingResponse

from gateway import days
from gateway.portal.audit import model, service
from gateway.portal.audit.model import Line
from gateway.portal.audit.schemas import AuditQuery
from gateway.portal.audit.service import Record
from gateway.portal.tables import export
from gateway.portal.tables.model import Column
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.routes import UsualVisit
from gateway.trail import model as trail_model

router = APIRouter()
ROOT = "/authorities/{la_code}/audit"
Asked = Annotated[AuditQuery, Query()]
COLUMNS = [
    Column(key, title)
    for key, title in (
        ("at", "When"),
        ("who", "Who"),
        ("principal", "Principal"),
        ("action", "What"),
        ("target", "On what"),
        ("target_id", "Id"),
        ("school", "School"),
        ("source", "From"),
        ("outcome", "Outcome"),
        ("changes", "Changes"),
    )
]


async def record_of_path(visit: UsualVisit, la_code: str) -> Record:
    authority = await visiting.authority_of(visit, la_code)
    visiting.require(authority.la_code in visit.actor.las(trail_model.ACCESS.read))
    return await service.open_record(visit, authority)


TheRecord = Annotated[Record, Depends(record_of_path)]


@router.get(ROOT)
async def audit_page(record: TheRecord, query: Asked) -> Response:
    listing = await service.list_lines(record, query, query.after, model.SHOWN)
    names = dict(record.schools.values())
    context = {
        "authority": record.authority,
        "query": query,
        "listing": listing,
        "schools_by_urn": {
            str(urn): name
            for urn, name in sorted(names.items(), key=lambda each: each[1])
        },
        "words": model,
    }
    return visiting.page(record.visit, "audit/authority.html", "audit", context)


@router.get(f"{ROOT}.csv")
async def csv_file(record: TheRecord, query: Asked) -> Response:
    """Save the record as it is narrowed, all of it, the newest first."""
    pages = service.every_line(record, query)
    today = days.day_in_england(datetime.now(UTC))
    name = export.file_name("audit", record.authority.name, on=today, suffix="csv")
    return StreamingResponse(
        export.csv_pages(COLUMNS, _rows(pages)),
        media_type=export.CSV_TYPE,
        headers=export.attachment(name),
    )


async def _rows(
    pages: AsyncIterator[list[Line]],
) -> AsyncIterator[Sequence[export.Row]]:
    async for lines in pages:
        yield [_cells(line) for line in lines]


def _cells(line: Line) -> export.Row:
    said = "; ".join(f"{name}: {old} > {new}" for name, old, new in line.changes)
    return (
        line.at,
        line.who,
        line.principal,
        line.action,
        line.target,
        line.target_id,
        line.school,
        line.source,
        "Refused" if line.is_refused else "Done",
        said,
    )
