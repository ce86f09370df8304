"""One function per statement on events of Keycloak's that are recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis import sql
from chassis.db import Tx


@dataclass(frozen=True, slots=True)
class Known:
    """An event that was recorded."""

    event_id: str


QUERIES = sql.load("gateway.second_steps")
LIST_KNOWN = QUERIES.rows("list_known", Known)
KEEP = QUERIES.command("keep")
FORGET = QUERIES.command("forget")


async def list_known(tx: Tx, event_ids: Sequence[str]) -> list[str]:
    found = await tx.all(LIST_KNOWN, {"event_ids": list(event_ids)})
    return [each.event_id for each in found]


async def keep(tx: Tx, event_id: str, happened_at: datetime) -> bool:
    """Note that an event is recorded; say whether nobody did so before."""
    asked = {"event_id": event_id, "happened_at": happened_at}
    return await tx.run(KEEP, asked) > 0


async def forget(tx: Tx, before: datetime) -> None:
    await tx.run(FORGET, {"before": before})
