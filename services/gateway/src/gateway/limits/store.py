"""One function per statement on quotas."""

from chassis import sql
from chassis.db import Tx
from gateway.limits.model import Taken

QUERIES = sql.load("gateway.limits")
TAKE_QUOTA = QUERIES.rows("take_quota", Taken)
NOTE_USED = QUERIES.command("note_used")


async def take_quota(
    tx: Tx, principal: str, minute: int, quota: int, wanted: int
) -> Taken:
    """Take a part of a minute's quota: `wanted` or what is left, which may be none."""
    asked = {
        "principal": principal,
        "minute": minute,
        "quota": quota,
        "wanted": wanted,
    }
    return await tx.one(TAKE_QUOTA, asked)


async def note_used(tx: Tx, client_id: str) -> None:
    await tx.run(NOTE_USED, {"client_id": client_id})
