"""One function per statement on people."""

from chassis import sql
from chassis.db import Tx
from gateway.principals.model import Person

QUERIES = sql.load("gateway.people")
LIST_PEOPLE = QUERIES.rows("list_people", Person)


async def list_people(
    tx: Tx,
    name_part: str | None,
    after_name: str | None,
    after_id: str | None,
    page_size: int,
) -> list[Person]:
    return await tx.all(
        LIST_PEOPLE,
        {
            "name_part": name_part,
            "after_name": after_name,
            "after_id": after_id,
            "page_size": page_size,
        },
    )
