"""One function per statement on principals."""

from uuid import UUID

from chassis import sql
from chassis.db import Tx
from gateway.principals.model import ClientSystem, HeldGrant, Person

QUERIES = sql.load("gateway.principals")
LIST_HELD_GRANTS = QUERIES.rows("list_held_grants", HeldGrant)
GET_PERSON_BY_SUBJECT = QUERIES.rows("get_person_by_subject", Person)
NOTE_JOINED = QUERIES.command("note_joined")
GET_CLIENT = QUERIES.rows("get_client", ClientSystem)


async def list_held_grants(tx: Tx, principal: str) -> list[HeldGrant]:
    return await tx.all(LIST_HELD_GRANTS, {"principal": principal})


async def get_person_by_subject(tx: Tx, subject: str) -> Person | None:
    return await tx.maybe(GET_PERSON_BY_SUBJECT, {"subject": subject})


async def get_client(tx: Tx, client_id: str) -> ClientSystem | None:
    return await tx.maybe(GET_CLIENT, {"client_id": client_id})


async def note_joined(tx: Tx, person_id: UUID) -> None:
    await tx.run(NOTE_JOINED, {"person_id": person_id})
