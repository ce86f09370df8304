"""One function per statement on the directory."""

from collections.abc import Sequence

from chassis import sql
from chassis.db import Tx
from gateway.directory.model import Authority, Region, School, SchoolFilters

QUERIES = sql.load("gateway.directory")
LIST_REGIONS = QUERIES.rows("list_regions", Region)
LIST_AUTHORITIES = QUERIES.rows("list_authorities", Authority)
LIST_NAMED_AUTHORITIES = QUERIES.rows("list_named_authorities", Authority)
LIST_SCHOOLS = QUERIES.rows("list_schools", School)
GET_SCHOOL = QUERIES.rows("get_school", School)


async def list_regions(tx: Tx) -> list[Region]:
    return await tx.all(LIST_REGIONS)


async def list_authorities(tx: Tx) -> list[Authority]:
    return await tx.all(LIST_AUTHORITIES)


async def list_named_authorities(tx: Tx, la_codes: Sequence[str]) -> list[Authority]:
    return await tx.all(LIST_NAMED_AUTHORITIES, {"la_codes": list(la_codes)})


async def list_schools(
    tx: Tx,
    filters: SchoolFilters,
    after_name: str | None,
    after_urn: int | None,
    page_size: int,
) -> list[School]:
    return await tx.all(
        LIST_SCHOOLS,
        {
            "la_code": filters.la_code,
            "phase": filters.phase,
            "name_part": filters.text,
            "after_name": after_name,
            "after_urn": after_urn,
            "page_size": page_size,
        },
    )


async def get_school(tx: Tx, urn: int) -> School | None:
    return await tx.maybe(GET_SCHOOL, {"urn": urn})
