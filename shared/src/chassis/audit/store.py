"""One function per statement on the audit trail within a use case's transaction."""

from collections.abc import Sequence
from secrets import token_bytes

from chassis import sql
from chassis.audit import model
from chassis.audit.model import Entry
from chassis.db import Tx

_QUERIES = sql.load("chassis.audit")
_INSERT = _QUERIES.command("insert_entries")


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
    await tx.run(_INSERT, told)
