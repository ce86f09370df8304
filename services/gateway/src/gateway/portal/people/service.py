"""Reads people for their table: a page of it, or all of it for a file."""

from collections.abc import AsyncGenerator, Sequence
from datetime import date

from chassis.auth import Actor
from chassis.db import Database
from chassis.paging import Page, PageRequest
from gateway.people import service as people
from gateway.people.model import Known, PeopleFilters

PAGE = 200


async def read_page(
    db: Database, actor: Actor, filters: PeopleFilters, page: PageRequest, today: date
) -> tuple[Page[Known], int]:
    """Read one page, and how many there are in all."""
    found = await people.list_people(db, actor, filters, page, today)
    if page.after is None and found.next is None:
        return found, len(found.items)
    return found, await people.count_people(db, actor, filters, today)


async def walk(
    db: Database, actor: Actor, filters: PeopleFilters, today: date
) -> AsyncGenerator[Sequence[Known]]:
    """Read the whole of a list, page by page."""
    after: str | None = None
    while True:
        page = PageRequest(PAGE, after)
        found = await people.list_people(db, actor, filters, page, today)
        yield found.items
        if found.next is None:
            return
        after = found.next
