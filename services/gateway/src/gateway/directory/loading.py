"""Brings the directory to what a document says, and says which schools changed."""

from collections.abc import Sequence

from pydantic import BaseModel

from chassis import auth
from chassis.audit import service as audit
from chassis.audit.model import Entry, Target
from chassis.auth import Actor
from chassis.db import Database
from gateway.directory import loading_store as store
from gateway.directory import publishing
from gateway.directory.document import DirectoryDocument

ACCESS = auth.SERVICE_ACCESS


async def load_from_text(database_url: str, text: bytes) -> int:
    """Load a document through a connection of its own."""
    document = DirectoryDocument.model_validate_json(text)
    database = Database(database_url, 1, "gateway-load")
    await database.open()
    try:
        return await load_directory(database, document)
    finally:
        await database.close()


async def load_directory(db: Database, document: DirectoryDocument) -> int:
    """Upsert everything in one transaction; return how many schools changed.

    A school's id is made at the first sight of its URN. Nothing is deleted: an
    assignment ends by its `to`.
    """
    las = [authority.la_code for authority in document.authorities]
    async with db.begin(auth.service_actor("gateway", las), ACCESS) as tx:
        await store.upsert_regions(tx, _rows(document.regions))
        await store.upsert_authorities(tx, _rows(document.authorities))
        changed = await store.upsert_schools(tx, _rows(document.schools))
        await store.insert_identities(tx)
        await store.upsert_people(tx, _rows(document.people))
        await store.upsert_clients(tx, _rows(document.clients))
        await store.upsert_assignments(tx, _rows(document.assignments))
        usernames = [person.username for person in document.people]
        await store.settle_homes(tx, usernames)
        await store.await_changes(tx, usernames)
        await publishing.say_recorded(tx, changed)
        await audit.record_many(tx, _loaded(document))
    return len(changed)


async def restate_schools(db: Database, actor: Actor) -> int:
    """Say every school's present state again."""
    async with db.begin(actor, ACCESS) as tx:
        return await publishing.restate_all(tx)


def _loaded(document: DirectoryDocument) -> list[Entry]:
    """Say in each LA's record that its directory was loaded, and how much of it."""
    told = {
        "people": len(document.people),
        "clients": len(document.clients),
        "assignments": len(document.assignments),
    }
    return [
        Entry(
            "directory.loaded",
            Target("authority", each.la_code, each.la_code),
            after=told,
        )
        for each in document.authorities
    ]


def _rows(entries: Sequence[BaseModel]) -> str:
    """Write entries as one JSON array: a whole table travels in one statement."""
    return "[" + ",".join(entry.model_dump_json() for entry in entries) + "]"
