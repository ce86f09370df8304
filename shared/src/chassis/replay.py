"""Puts dead letters through their handlers again; what is applied already stays so."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from chassis import consumer, db, deadletter, errors
from chassis.consumer import Subscription
from contracts import event

_FIRST = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many dead letters of a consumer were settled, and how many still fail."""

    durable: str
    settled: int
    failing: int


async def run(
    database: db.Database, service: str, subscriptions: Sequence[Subscription]
) -> list[Replayed]:
    """Replay every dead letter, oldest first, each in a transaction of its own.

    Raises:
        errors.Unavailable: the database is down; what was settled stays settled.
    """
    return [await _replay(database, service, each) for each in subscriptions]


async def _replay(
    database: db.Database, service: str, subscription: Subscription
) -> Replayed:
    settled, failing, after = 0, 0, _FIRST
    while letter := await _next(database, subscription, after):
        after = letter.dead_letter_id
        if await _settled(database, service, subscription, letter):
            settled += 1
        else:
            failing += 1
    return Replayed(subscription.durable, settled, failing)


async def _next(
    database: db.Database, subscription: Subscription, after: UUID
) -> deadletter.Kept | None:
    async with database.system() as tx:
        return await deadletter.next_after(tx, subscription.durable, after)


async def _settled(
    database: db.Database,
    service: str,
    subscription: Subscription,
    letter: deadletter.Kept,
) -> bool:
    try:
        received = event.decode(letter.message, letter.subject)
        forget = partial(deadletter.delete, dead_letter_id=letter.dead_letter_id)
        await consumer.apply(database, service, subscription, [received], forget)
    except (errors.Unavailable, errors.TimedOut):
        raise
    except event.Rejected as rejected:
        reason, detail = rejected.reason, deadletter.storable(str(rejected))
    except Exception as error:  # noqa: BLE001 - one that fails must not keep the rest back
        reason, detail = deadletter.HANDLER_FAILED, deadletter.described(error)
    else:
        return True
    async with database.system() as tx:
        await deadletter.update(tx, letter.dead_letter_id, reason, detail)
    return False
