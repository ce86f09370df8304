"""Reads the record of all services as one, the newest first."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from chassis import errors, json, paging
from chassis.audit import service as audit
from chassis.audit.model import Wanted
from chassis.auditing import schemas as wire
from chassis.paging import PageRequest
from gateway.directory import service as directory
from gateway.directory.model import Authority, SchoolFilters
from gateway.portal.audit import model
from gateway.portal.audit.model import Line
from gateway.portal.audit.schemas import AuditQuery
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import Visit
from gateway.trail import model as trail_model
from gateway.trail import service as trail

OK = 200
_AT_ONCE = 199
"""With the one more that is asked for, as many as a service gives at most."""
Entries = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the record, and the cursor of the next one."""

    lines: list[Line]
    next: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """The record of one LA, for one visit."""

    visit: Visit[Place | None]
    authority: Authority
    schools: Mapping[str, tuple[int, str]]

    @property
    def urns(self) -> dict[int, str]:
        return {urn: school_id for school_id, (urn, _) in self.schools.items()}


async def open_record(visit: Visit[Place | None], authority: Authority) -> Record:
    every = SchoolFilters(authority.la_code)
    found = await directory.every_school(visit.database, visit.actor, every)
    schools = {str(each.school_id): (each.urn, each.name) for each in found}
    return Record(visit, authority, schools)


async def list_lines(
    record: Record, query: AuditQuery, after: str | None, limit: int
) -> Listing:
    """Read one page of all services' entries together.

    Raises:
        errors.Unavailable: a service does not answer, and the record would have holes.
    """
    wanted = _wanted(record, query)
    # One more than is shown: its presence says that there is a next page.
    page = PageRequest(limit + 1, after or None)
    found = await asyncio.gather(
        _own(record, wanted, page),
        *(_of(record, service, wanted, page) for service in model.SERVICES),
    )
    entries = model.merged(found, limit + 1)
    shown = entries[:limit]
    told = {str(each[name]) for each in shown for name in ("principal", "target_id")}
    visit = record.visit
    names = await trail.names_of(visit.database, visit.actor, told)
    lines = [model.line(entry, names, record.schools) for entry in shown]
    more = len(entries) > limit
    return Listing(lines, _cursor(lines[-1].entry_id) if more else None)


async def every_line(record: Record, query: AuditQuery) -> AsyncIterator[list[Line]]:
    """Read the record page by page, to its beginning."""
    listing = await list_lines(record, query, None, _AT_ONCE)
    yield listing.lines
    while listing.next is not None:
        listing = await list_lines(record, query, listing.next, _AT_ONCE)
        yield listing.lines


def _wanted(record: Record, query: AuditQuery) -> Wanted:
    school_id = None
    if query.school is not None:
        if query.school not in record.urns:
            raise errors.NotFound
        school_id = UUID(record.urns[query.school])
    return Wanted(
        record.authority.la_code,
        school_id,
        query.who or None,
        query.what or None,
        query.target or None,
        query.outcome or None,
        query.from_on,
        query.to_on,
    )


async def _own(record: Record, wanted: Wanted, page: PageRequest) -> Entries:
    visit = record.visit
    found = await audit.list_entries(
        visit.database, visit.actor, trail_model.ACCESS, wanted, page
    )
    items = [wire.shown(entry) for entry in found.items]
    told: Entries = orjson.loads(json.encode(items))
    return told


async def _of(
    record: Record, service: str, wanted: Wanted, page: PageRequest
) -> Entries:
    params = {
        name: str(value)
        for name, value in (
            ("la_code", wanted.la_code),
            ("school_id", wanted.school_id),
            ("principal", wanted.principal),
            ("action", wanted.action),
            ("target_id", wanted.target_id),
            ("outcome", wanted.outcome),
            ("from_on", wanted.from_on),
            ("to_on", wanted.to_on),
            ("limit", page.limit),
            ("after", page.after),
        )
        if value is not None
    }
    path = f"/api/{service}/v1/audit"
    answer = await record.visit.upstream.get(service, path, params)
    if answer.status_code != OK:
        raise errors.Unavailable(f"The record of {service} could not be read")
    found: Entries = orjson.loads(answer.content)["items"]
    return found


def _cursor(entry_id: UUID) -> str:
    return paging.cursor(audit.NEWEST, [str(entry_id)])
