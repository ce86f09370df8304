"""One function per statement of the gateway's own trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from chassis import sql
from chassis.db import Tx

QUERIES = sql.load("gateway.trail")


@dataclass(frozen=True, slots=True)
class SchoolOf:
    """A school and its LA."""

    la_code: str
    school_id: UUID


@dataclass(frozen=True, slots=True)
class Named:
    """What a principal is called."""

    principal: str
    name: str


LIST_NAMES = QUERIES.rows("list_names", Named)
LIST_SCHOOLS_OF = QUERIES.rows("list_schools_of", SchoolOf)


async def list_schools_of(tx: Tx, school_ids: Sequence[UUID]) -> list[SchoolOf]:
    return await tx.all(LIST_SCHOOLS_OF, {"school_ids": list(school_ids)})


async def list_names(
    tx: Tx,
    person_ids: Sequence[UUID],
    client_ids: Sequence[str],
    api_client_ids: Sequence[UUID],
) -> list[Named]:
    asked = {
        "person_ids": list(person_ids),
        "client_ids": list(client_ids),
        "api_client_ids": list(api_client_ids),
    }
    return await tx.all(LIST_NAMES, asked)
