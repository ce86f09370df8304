"""One function per statement on who looks as whom."""

from collections.abc import Sequence
from uuid import UUID

from chassis import sql
from chassis.db import Tx

QUERIES = sql.load("gateway.viewing")
GET_NAME = QUERIES.rows("get_name", str)
LIST_AUTHORITIES = QUERIES.rows("list_authorities", str)
LIST_SCHOOLS = QUERIES.rows("list_schools", UUID)


async def get_name(tx: Tx, person_id: UUID) -> str | None:
    return await tx.maybe(GET_NAME, {"person_id": person_id})


async def list_authorities(
    tx: Tx, person_id: UUID, la_codes: Sequence[str]
) -> list[str]:
    asked = {"person_id": person_id, "la_codes": list(la_codes)}
    return await tx.all(LIST_AUTHORITIES, asked)


async def list_schools(tx: Tx, school_ids: Sequence[UUID]) -> list[UUID]:
    return await tx.all(LIST_SCHOOLS, {"school_ids": list(school_ids)})
