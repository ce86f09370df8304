"""Use cases of the directory: list and read what is in scope."""

from collections.abc import Sequence

from chassis.auth import Access, Actor
from chassis.db import Database
from chassis.paging import Page, PageRequest
from contracts import roles
from gateway.directory import model, store
from gateway.directory.model import (
    Authority,
    FoundSchools,
    Grouping,
    Region,
    School,
    SchoolFilters,
    SchoolHistory,
)

SORT = "name"
MOST_SCHOOLS = 2000
_NO_ACCESS = Access(read=frozenset())


async def list_regions(db: Database, actor: Actor) -> Sequence[Region]:
    async with db.read(actor, _NO_ACCESS) as tx:
        return await store.list_regions(tx)


async def list_authorities(db: Database, actor: Actor) -> Sequence[Authority]:
    async with db.read(actor, _NO_ACCESS) as tx:
        return await store.list_authorities(tx)


async def my_authorities(db: Database, actor: Actor) -> list[Authority]:
    """List the LAs in which the actor holds a role for the whole of it."""
    async with db.read(actor, _NO_ACCESS) as tx:
        return await store.list_named_authorities(tx, actor.las(roles.LA_WIDE))


async def list_schools(
    db: Database, actor: Actor, filters: SchoolFilters, page: PageRequest
) -> Page[School]:
    name, urn = page.key(SORT, (str, int))
    async with db.read(actor, model.SCHOOL_ACCESS) as tx:
        found = await store.list_schools(
            tx,
            filters,
            None if name is None else str(name),
            None if urn is None else int(urn),
            page.page_size,
        )
    return page.page(found, SORT, lambda school: (school.name, school.urn))


async def my_schools(
    db: Database, actor: Actor, filters: SchoolFilters | None = None
) -> list[School]:
    """List every school of the actor's scope, by name, for choosing among them."""
    async with db.read(actor, model.SCHOOL_ACCESS) as tx:
        return await store.list_schools(
            tx, filters or SchoolFilters(), None, None, MOST_SCHOOLS
        )


async def find_schools(
    db: Database, actor: Actor, text: str, page_size: int
) -> FoundSchools:
    """Find schools by words of their name, town, postcode, LAESTAB or URN.

    Where none bears every word, one letter of each may be wrong.
    """
    async with db.read(actor, model.SCHOOL_ACCESS) as tx:
        found = await store.find_schools(tx, text)
        guessed = not found
        if guessed:
            patterns, asked = model.near_patterns(text)
            found = await store.find_schools_nearly(tx, patterns, asked)
        if not found:
            return FoundSchools([], 0)
        schools = await store.list_found_schools(tx, text, found, page_size)
    return FoundSchools(schools, found[0].total, guessed)


async def schools_of_urns(
    db: Database, actor: Actor, urns: Sequence[int]
) -> list[School]:
    """Read schools in the order of their URNs; those out of scope are left out."""
    if not urns:
        return []
    async with db.read(actor, model.SCHOOL_ACCESS) as tx:
        found = await store.list_schools_of_urns(tx, urns)
    return sorted(
        found, key=lambda s: urns.index(s.urn) if s.urn in urns else len(urns)
    )


async def every_school(
    db: Database, actor: Actor, filters: SchoolFilters
) -> list[School]:
    """List every school of the actor's scope that the filters take, by name."""
    async with db.read(actor, model.SCHOOL_ACCESS) as tx:
        return await store.list_schools(tx, filters, None, None, MOST_SCHOOLS)


async def get_school(db: Database, actor: Actor, urn: int) -> School:
    """Read a school.

    Raises:
        model.SchoolNotFound: there is none within the actor's scope.
    """
    async with db.read(actor, model.SCHOOL_ACCESS) as tx:
        school = await store.get_school(tx, urn)
    if school is None:
        raise model.SchoolNotFound
    return school


async def get_history(db: Database, actor: Actor, urn: int) -> SchoolHistory:
    """Read what a school was: its URNs, its earlier names, and its relations.

    Raises:
        model.SchoolNotFound: there is none within the actor's scope.
    """
    async with db.read(actor, model.SCHOOL_ACCESS) as tx:
        school = await store.get_school(tx, urn)
        if school is None:
            raise model.SchoolNotFound
        return SchoolHistory(
            await store.list_school_urns(tx, school.school_id),
            await store.list_school_past(tx, school.school_id),
            await store.list_school_links(tx, school.school_id),
        )


async def list_groupings(
    db: Database, actor: Actor, kind: str | None, page: PageRequest
) -> Page[Grouping]:
    name, after_kind = page.key(SORT, (str, str))
    async with db.read(actor, model.SCHOOL_ACCESS) as tx:
        found = await store.list_groupings(
            tx,
            kind,
            None if name is None else str(name),
            None if after_kind is None else str(after_kind),
            page.page_size,
        )
    return page.page(found, SORT, lambda each: (each.name, each.kind))
