"""Use cases on people: list those in scope."""

from chassis.auth import Actor
from chassis.db import Database
from chassis.paging import Page, PageRequest
from gateway.people import model, store
from gateway.principals.model import Person

SORT = "display_name"


async def list_people(
    db: Database, actor: Actor, name_part: str | None, page: PageRequest
) -> Page[Person]:
    name, person_id = page.key(SORT, (str, str))
    async with db.read(actor, model.PEOPLE_ACCESS) as tx:
        found = await store.list_people(
            tx,
            actor.scope(model.PEOPLE_ACCESS),
            name_part,
            None if name is None else str(name),
            None if person_id is None else str(person_id),
            page.page_size,
        )
    return page.page(found, SORT, lambda p: (p.display_name, str(p.person_id)))
