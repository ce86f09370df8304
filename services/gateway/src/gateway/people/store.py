"""One function per statement on people."""

from chassis import sql
from chassis.auth import Scope
from chassis.db import Tx
from gateway.principals.model import Person

QUERIES = sql.load("gateway.people")
LIST_PEOPLE = QUERIES.rows("list_people", Person, planned_anew=True)


async def list_people(
    tx: Tx,
    scope: Scope,
    name_part: str | None,
    after_name: str | None,
    after_id: str | None,
    page_size: int,
) -> list[Person]:
    return await tx.all(
        LIST_PEOPLE,
        {
            # Row-level security decides, but would look at every assignment there is;
            # where the scope holds a good part of them, that is the quicker way.
            "is_wide": len(scope.read_las) > 1,
            "la_codes": scope.read_las,
            "school_ids": scope.read_schools,
            "principal": scope.principal,
            "name_part": name_part,
            "after_name": after_name,
            "after_id": after_id,
            "page_size": page_size,
        },
    )
