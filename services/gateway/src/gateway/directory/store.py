"""One function per statement on the directory."""

from collections.abc import Sequence
from uuid import UUID

from chassis import sql
from chassis.db import Tx
from gateway.directory.model import (
    Authority,
    Grouping,
    Region,
    School,
    SchoolFilters,
    SchoolLink,
    SchoolPast,
    SchoolUrn,
)

QUERIES = sql.load("gateway.directory")
LIST_REGIONS = QUERIES.rows("list_regions", Region)
LIST_AUTHORITIES = QUERIES.rows("list_authorities", Authority)
LIST_NAMED_AUTHORITIES = QUERIES.rows("list_named_authorities", Authority)
LIST_SCHOOLS = QUERIES.rows("list_schools", School)
LIST_GROUPINGS = QUERIES.rows("list_groupings", Grouping)
LIST_SCHOOL_URNS = QUERIES.rows("list_school_urns", SchoolUrn)
LIST_SCHOOL_PAST = QUERIES.rows("list_school_past", SchoolPast)
LIST_SCHOOL_LINKS = QUERIES.rows("list_school_links", SchoolLink)
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
            "status": filters.status,
            "district": filters.district,
            "grouping": filters.grouping,
            "after_name": after_name,
            "after_urn": after_urn,
            "page_size": page_size,
        },
    )


async def get_school(tx: Tx, urn: int) -> School | None:
    return await tx.maybe(GET_SCHOOL, {"urn": urn})


async def list_groupings(
    tx: Tx,
    kind: str | None,
    after_name: str | None,
    after_kind: str | None,
    page_size: int,
) -> list[Grouping]:
    return await tx.all(
        LIST_GROUPINGS,
        {
            "kind": kind,
            "after_name": after_name,
            "after_kind": after_kind,
            "page_size": page_size,
        },
    )


async def list_school_urns(tx: Tx, school_id: UUID) -> list[SchoolUrn]:
    return await tx.all(LIST_SCHOOL_URNS, {"school_id": school_id})


async def list_school_past(tx: Tx, school_id: UUID) -> list[SchoolPast]:
    return await tx.all(LIST_SCHOOL_PAST, {"school_id": school_id})


async def list_school_links(tx: Tx, school_id: UUID) -> list[SchoolLink]:
    return await tx.all(LIST_SCHOOL_LINKS, {"school_id": school_id})
