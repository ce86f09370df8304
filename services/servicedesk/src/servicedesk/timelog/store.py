"""The table of time: one function per query."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chassis import db, sql
from chassis.paging import Page, PageRequest
from servicedesk.schools.model import SchoolOnItsWay
from servicedesk.tickets.model import Ticket
from servicedesk.timelog.model import TimeAsked, TimeEntry, TimeSum

_QUERIES = sql.load("servicedesk.timelog")
_INSERT = _QUERIES.rows("insert_entry", TimeEntry)
_LIST = _QUERIES.rows("list_entries", TimeEntry)
_GET = _QUERIES.rows("get_entry", TimeEntry)
_TAKE_BACK = _QUERIES.rows("take_back_entry", TimeEntry)
# Without its values it would go through all that the caller may see.
_SUM = _QUERIES.rows("sum_time", TimeSum, planned_anew=True)


async def insert_entry(tx: db.Tx, ticket: Ticket, said: Mapping[str, Any]) -> TimeEntry:
    """Add what somebody worked on a ticket."""
    place = {"la_code": ticket.la_code, "school_id": ticket.school_id}
    meanwhile = {"time_entry_ticket_fkey": SchoolOnItsWay()}
    return await tx.one(
        _INSERT, {**said, **place, "ticket_id": ticket.ticket_id}, meanwhile
    )


async def list_entries(
    tx: db.Tx, ticket_id: UUID, page: PageRequest
) -> Page[TimeEntry]:
    # Ids are given in the order of time.
    [after_id] = page.key("logged_at", (str,))
    place = {"ticket_id": ticket_id, "after_id": after_id}
    rows = await tx.all(_LIST, {**place, "page_size": page.page_size})
    return page.page(rows, "logged_at", lambda last: (last.time_entry_id,))


async def get_entry(
    tx: db.Tx, ticket_id: UUID, time_entry_id: UUID
) -> TimeEntry | None:
    """Read an entry of a ticket of the write scope, and hold it."""
    asked = {"ticket_id": ticket_id, "time_entry_id": time_entry_id}
    return await tx.maybe(_GET, asked)


async def take_back_entry(tx: db.Tx, entry: TimeEntry) -> TimeEntry:
    """Let an entry count no more."""
    asked = {"ticket_id": entry.ticket_id, "time_entry_id": entry.time_entry_id}
    return await tx.one(_TAKE_BACK, asked)


async def sum_time(
    tx: db.Tx, asked: TimeAsked, la_code: str | None, school_id: UUID | None
) -> list[TimeSum]:
    """Sum the time of some days."""
    where = {"la_code": la_code, "school_id": school_id}
    days = {"first": asked.first, "last": asked.last, "by": asked.by}
    return await tx.all(_SUM, {**where, **days})
