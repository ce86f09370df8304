"""The tables of calendars: one function per query."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis import db, errors, sql
from servicedesk.calendar.model.calendars import Place, Written, WrittenAt
from servicedesk.calendar.model.plain import Plain
from servicedesk.schools.model import SchoolOnItsWay

_QUERIES = sql.load("servicedesk.calendar")
# Without its values it would go through all that the caller may see.
_LIST = _QUERIES.rows("list_versions", Written, planned_anew=True)
_OF_SCHOOLS = _QUERIES.rows("list_versions_of_schools", WrittenAt, planned_anew=True)
_NEWEST = _QUERIES.rows("list_newest_of_schools", Written, planned_anew=True)
_INSERT_AUTHORITY = _QUERIES.rows("insert_authority_version", Written)
_INSERT_SCHOOLS = _QUERIES.rows("insert_school_versions", Written)
_REFUSALS: db.Refusals = {
    "authority_calendar_pkey": errors.Stale(),
    "school_calendar_pkey": errors.Stale(),
    "school_calendar_school_fkey": SchoolOnItsWay(),
}


async def list_versions(
    tx: db.Tx, place: Place, from_at: datetime | None = None
) -> list[Written]:
    """Read what was written for a place and its LA: the newest, or all since a moment.

    What was in force at that moment is among them, however old it is.
    """
    where = {"la_code": place.la_code, "school_id": place.school_id}
    return await tx.all(_LIST, {**where, "from_at": from_at})


async def list_versions_of_schools(
    tx: db.Tx, school_ids: Collection[UUID], from_at: datetime
) -> list[WrittenAt]:
    """Read what some schools and their LAs wrote since what governed at a moment."""
    asked = {"school_ids": sorted(school_ids), "from_at": from_at}
    return await tx.all(_OF_SCHOOLS, asked)


async def list_newest_of_schools(tx: db.Tx, places: Sequence[Place]) -> list[Written]:
    """Read what each of some schools said last, where it said anything."""
    asked = {
        "la_codes": sorted({place.la_code for place in places}),
        "school_ids": [place.school_id for place in places],
    }
    return await tx.all(_NEWEST, asked)


async def insert_versions(
    tx: db.Tx, items: Sequence[tuple[Place, Written | None, Plain]]
) -> list[Written]:
    """Store the next version of each place, after what it said last; schools or one LA.

    Raises:
        errors.Stale: somebody else wrote one meanwhile.
    """
    rows = [_row(*item) for item in items]
    [(place, *_), *_] = items
    if place.school_id is not None:
        return await tx.all(_INSERT_SCHOOLS, {"items": json.dumps(rows)}, _REFUSALS)
    [row] = rows
    row["said"] = json.dumps(row["said"])
    return await tx.all(_INSERT_AUTHORITY, row, _REFUSALS)


def _row(place: Place, last: Written | None, said: Plain) -> dict[str, Any]:
    return {
        "la_code": place.la_code,
        "school_id": None if place.school_id is None else str(place.school_id),
        "version": last.version + 1 if last else 1,
        "after": last.since.isoformat() if last else None,
        "said": said,
    }
