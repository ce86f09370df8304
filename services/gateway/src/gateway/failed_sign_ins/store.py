"""One function per statement on how far Keycloak's log was read."""

from datetime import datetime

from chassis import sql
from chassis.db import Tx

QUERIES = sql.load("gateway.failed_sign_ins")
BEGIN_READING = QUERIES.command("begin_reading")
GET_READ_UNTIL = QUERIES.scalar("get_read_until", datetime)
READ_ON = QUERIES.command("read_on")


async def read_until(tx: Tx, begin_at: datetime) -> datetime:
    """Say up to when the log was read; the first time nothing before is asked for."""
    await tx.run(BEGIN_READING, {"begin_at": begin_at})
    return await tx.one(GET_READ_UNTIL)


async def read_on(tx: Tx, since: datetime, until: datetime) -> bool:
    """Note how far it is read now; say whether nobody did so before."""
    return await tx.run(READ_ON, {"since": since, "until": until}) > 0
