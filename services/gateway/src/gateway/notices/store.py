"""The tables of notices: one function per query."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from chassis import sql
from chassis.db import Tx
from gateway.notices.model import Held, Notice

QUERIES = sql.load("gateway.notices")
INSERT = QUERIES.scalar("insert_notice", UUID)
GET = QUERIES.rows("get_notice", Notice)
UPDATE = QUERIES.scalar("update_notice", UUID)
LIST = QUERIES.rows("list_notices", Notice, planned_anew=True)
LIST_SHOWN = QUERIES.rows("list_shown_notices", Notice)
PUT_AWAY = QUERIES.command("put_away_notice")


@dataclass(frozen=True, slots=True)
class AudienceSchool:
    """A school that a notice is for."""

    school_id: UUID
    urn: int


LIST_SCHOOLS = QUERIES.rows("list_audience_schools", AudienceSchool)


async def insert_notice(
    tx: Tx, values: Mapping[str, Any], school_ids: Sequence[UUID], author_id: str
) -> UUID:
    place = {"school_ids": list(school_ids), "author_id": author_id}
    return await tx.one(INSERT, {**values, **place})


async def get_notice(tx: Tx, notice_id: UUID) -> Notice | None:
    return await tx.maybe(GET, {"notice_id": notice_id})


async def update_notice(tx: Tx, new: Notice, school_ids: Sequence[UUID]) -> UUID | None:
    """Store the next version; None when `new.version` is no longer the present."""
    return await tx.maybe(UPDATE, {**asdict(new), "school_ids": list(school_ids)})


async def list_notices(
    tx: Tx, la_codes: Sequence[str], after_id: str | None, page_size: int
) -> list[Notice]:
    asked = {
        "la_codes": list(la_codes),
        "after_id": after_id,
        "page_size": page_size,
    }
    return await tx.all(LIST, asked)


async def list_shown_notices(
    tx: Tx, held: Held, principal: str, today: date
) -> list[Notice]:
    asked = {**asdict(held), "principal": principal, "today": today}
    return await tx.all(LIST_SHOWN, asked)


async def put_away_notice(tx: Tx, notice: Notice, principal: str) -> None:
    place = {"la_code": notice.la_code, "notice_id": notice.notice_id}
    await tx.run(PUT_AWAY, {**place, "principal": principal})


async def list_audience_schools(
    tx: Tx, la_code: str, urns: Sequence[int]
) -> list[AudienceSchool]:
    return await tx.all(LIST_SCHOOLS, {"la_code": la_code, "urns": list(urns)})
