"""The figures of a report: one function per query."""

from chassis import db, sql
from servicedesk.calendar.model.openings import moments
from servicedesk.reports.model import (
    Kept,
    Place,
    Reopened,
    ReportAsked,
    SchoolFigures,
    TicketFigures,
)

_QUERIES = sql.load("servicedesk.reports")
# Without its values each would go through all that the caller may see.
_TICKETS = _QUERIES.rows("count_tickets", TicketFigures, planned_anew=True)
_REOPENED = _QUERIES.rows("count_reopened", Reopened, planned_anew=True)
_PROMISES = _QUERIES.rows("count_promises", Kept, planned_anew=True)
_SCHOOLS = _QUERIES.rows("count_schools", SchoolFigures, planned_anew=True)


async def count_tickets(
    tx: db.Tx, asked: ReportAsked, place: Place
) -> list[TicketFigures]:
    return await tx.all(_TICKETS, _values(asked, place))


async def count_reopened(tx: db.Tx, asked: ReportAsked, place: Place) -> list[Reopened]:
    return await tx.all(_REOPENED, _values(asked, place))


async def count_promises(tx: db.Tx, asked: ReportAsked, place: Place) -> list[Kept]:
    return await tx.all(_PROMISES, _values(asked, place))


async def count_schools(
    tx: db.Tx, asked: ReportAsked, place: Place
) -> list[SchoolFigures]:
    return await tx.all(_SCHOOLS, _values(asked, place))


def _values(asked: ReportAsked, place: Place) -> dict[str, object]:
    begins, ends = moments(asked.first, asked.last)
    where = {"la_code": place.la_code, "school_id": place.school_id}
    return {**where, "begins": begins, "ends": ends}
