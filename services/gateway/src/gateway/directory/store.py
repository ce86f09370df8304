"""One function per statement on the directory."""

from collections.abc import Sequence
from uuid import UUID

from chassis import sql
from chassis.db import Tx
from gateway.directory.model import (
    Authority,
    EarlierUrn,
    FoundSchool,
    Grouping,
    Pattern,
    Region,
    School,
    SchoolFilters,
    SchoolLink,
    SchoolPast,
    SchoolUrn,
    search_words,
)

QUERIES = sql.load("gateway.directory")
LIST_REGIONS = QUERIES.rows("list_regions", Region)
LIST_AUTHORITIES = QUERIES.rows("list_authorities", Authority)
LIST_NAMED_AUTHORITIES = QUERIES.rows("list_named_authorities", Authority)
LIST_SCHOOLS = QUERIES.rows("list_schools", School, planned_anew=True)
# Without its values this would go through the schools and ask for the words of each.
SEARCH_SCHOOLS = QUERIES.rows("search_schools", School, planned_anew=True)
FIND_SCHOOLS = QUERIES.rows("find_schools", FoundSchool)
FIND_SCHOOLS_NEARLY = QUERIES.rows("find_schools_nearly", FoundSchool)
LIST_FOUND_SCHOOLS = QUERIES.rows("list_found_schools", School)
LIST_SCHOOLS_OF_URNS = QUERIES.rows("list_schools_of_urns", School)
LIST_GROUPINGS = QUERIES.rows("list_groupings", Grouping)
LIST_SCHOOL_URNS = QUERIES.rows("list_school_urns", SchoolUrn)
LIST_SCHOOL_PAST = QUERIES.rows("list_school_past", SchoolPast)
LIST_SCHOOL_LINKS = QUERIES.rows("list_school_links", SchoolLink)
GET_SCHOOL = QUERIES.rows("get_school", School)
LIST_SCHOOL_IDS = QUERIES.scalar("list_school_ids", UUID)
# Asked while an import fills tables that the statistics know as empty: each school is
# looked up by its id, whatever the planner believes, and no plan is kept.
LIST_RECORDED_SCHOOLS = QUERIES.rows("list_recorded_schools", School, planned_anew=True)
LIST_EARLIER_URNS = QUERIES.rows("list_earlier_urns", EarlierUrn, planned_anew=True)
SETTLE_HOMES = QUERIES.command("settle_homes")
MOVES = [
    QUERIES.command("move_identities", planned_anew=True),
    QUERIES.command("move_past", planned_anew=True),
    QUERIES.command("move_links", planned_anew=True),
]


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
    """Read a page by name; with a text, of the schools that bear its words."""
    asked = {
        "la_code": filters.la_code,
        "phase": filters.phase,
        "status": filters.status,
        "district": filters.district,
        "grouping": filters.grouping,
        "after_name": after_name,
        "after_urn": after_urn,
        "page_size": page_size,
    }
    if filters.text is None:
        return await tx.all(LIST_SCHOOLS, asked)
    words = _words(filters.text)
    return await tx.all(SEARCH_SCHOOLS, {**asked, **words}) if words else []


async def find_schools(tx: Tx, text: str) -> list[FoundSchool]:
    words = _words(text)
    return await tx.all(FIND_SCHOOLS, words) if words else []


def _words(text: str) -> dict[str, object]:
    """Say the words asked for; the longest is the one that an index looks for."""
    words = sorted(set(search_words(text)), key=len, reverse=True)
    return {"longest": words[0], "others": words[1:]} if words else {}


async def list_found_schools(
    tx: Tx, text: str, found: Sequence[FoundSchool], page_size: int
) -> list[School]:
    asked = {
        "school_ids": [each.school_id for each in found],
        "written": text,
        "page_size": page_size,
    }
    return await tx.all(LIST_FOUND_SCHOOLS, asked)


async def find_schools_nearly(
    tx: Tx, patterns: Sequence[Pattern], asked: int
) -> list[FoundSchool]:
    """Find what fits a pattern for each of the words that were asked for."""
    return await tx.all(
        FIND_SCHOOLS_NEARLY,
        {
            "nths": [each.nth for each in patterns],
            "starts": [each.begins for each in patterns],
            "patterns": [each.pattern for each in patterns],
            "every_bit": (2 << asked) - 2,
        },
    )


async def list_schools_of_urns(tx: Tx, urns: Sequence[int]) -> list[School]:
    return await tx.all(LIST_SCHOOLS_OF_URNS, {"urns": list(urns)})


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


async def list_school_ids(tx: Tx) -> list[UUID]:
    return await tx.all(LIST_SCHOOL_IDS)


async def list_recorded_schools(tx: Tx, school_ids: Sequence[UUID]) -> list[School]:
    return await tx.all(LIST_RECORDED_SCHOOLS, {"school_ids": list(school_ids)})


async def list_earlier_urns(tx: Tx, school_ids: Sequence[UUID]) -> list[EarlierUrn]:
    return await tx.all(LIST_EARLIER_URNS, {"school_ids": list(school_ids)})


async def settle_homes(
    tx: Tx, school_ids: Sequence[UUID] = (), usernames: Sequence[str] = ()
) -> None:
    """Let people with roles in some schools, or of some names, be kept where due."""
    asked = {"school_ids": list(school_ids), "usernames": list(usernames)}
    await tx.run(SETTLE_HOMES, asked)


async def move_with_schools(tx: Tx, school_ids: Sequence[UUID]) -> None:
    """Let what belongs to schools that changed their LA follow them."""
    moved = {"school_ids": list(school_ids)}
    for query in MOVES:
        await tx.run(query, moved)
    await settle_homes(tx, school_ids)
