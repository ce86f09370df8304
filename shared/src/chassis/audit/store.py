"""One function per statement on the audit trail within a use case's transaction."""

from collections.abc import Sequence
from secrets import token_bytes
from uuid import UUID

from chassis import sql
from chassis.audit import model
from chassis.audit.model import Entry, Recorded, Wanted
from chassis.auth import Access, Actor
from chassis.db import Database, Tx

_QUERIES = sql.load("chassis.audit")
_INSERT = _QUERIES.command("insert_entries")
_LIST = _QUERIES.rows("list_entries", Recorded, planned_anew=True)


async def insert_entries(
    tx: Tx, entries: Sequence[Entry], source: str | None, trace_id: str | None
) -> None:
    """Keep what happened, with one statement."""
    details = [model.details_of(entry, source) for entry in entries]
    salts = [token_bytes(model.SALT_BYTES) for _ in entries]
    seals = [model.seal_of(s, text) for s, text in zip(salts, details, strict=True)]
    told = {
        "la_codes": [entry.target.la_code for entry in entries],
        "school_ids": [entry.target.school_id for entry in entries],
        "principals": [entry.principal for entry in entries],
        "actions": [entry.action for entry in entries],
        "target_kinds": [entry.target.kind for entry in entries],
        "target_ids": [str(entry.target.id) for entry in entries],
        "outcomes": [entry.outcome for entry in entries],
        "seals": seals,
        "salts": salts,
        "details": details,
        "trace_ids": [entry.trace_id or trace_id for entry in entries],
    }
    tx.at_end(_INSERT, told)


async def list_entries(
    database: Database,
    actor: Actor,
    access: Access,
    wanted: Wanted,
    place: tuple[UUID | None, int],
) -> list[Recorded]:
    """Read entries within the actor's scope, in one round trip.

    `place` is the id after which the page begins, and how many rows are asked for.
    What the scope holds is said in the query, too, where one value can say it.
    """
    las, schools = actor.las(access.read), actor.schools(access.read)
    first_id, end_id = model.ids_of_days(wanted)
    own = schools if not las else None
    asked = {
        "after": place[0],
        "page_size": place[1],
        "first_id": first_id,
        "end_id": end_id,
        "la_code": wanted.la_code
        or (las[0] if len(las) == 1 and not schools else None),
        "school_ids": own if wanted.school_id is None else [wanted.school_id],
        "principal": wanted.principal,
        "action": wanted.action,
        "target_id": wanted.target_id,
        "outcome": wanted.outcome,
    }
    return await database.read_all(actor, access, _LIST, asked)
