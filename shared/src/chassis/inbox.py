"""Facts come in by the inbox: whichever way they arrive, each is applied once."""

from collections.abc import Collection, Sequence
from uuid import UUID

from chassis import db, sql

_QUERIES = sql.load("chassis")
_CLAIM = _QUERIES.scalar("claim_events", UUID)
_PRUNE = _QUERIES.command("prune_inbox")


async def claim(
    tx: db.Tx, consumer: str, event_ids: Collection[UUID]
) -> frozenset[UUID]:
    """Take events in this transaction; return those that were never applied before."""
    wanted: Sequence[UUID] = list(event_ids)
    return frozenset(await tx.all(_CLAIM, {"consumer": consumer, "event_ids": wanted}))


async def prune(tx: db.Tx, consumer: str) -> int:
    """Forget what no outbox can send again."""
    return await tx.run(_PRUNE, {"consumer": consumer})
