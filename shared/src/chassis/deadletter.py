"""Messages that could not be applied: kept as they came, until they can be."""

from dataclasses import dataclass
from uuid import UUID

from chassis import db, sql

HANDLER_FAILED = "handler-failed"
_LONGEST_DETAIL = 1000


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that could not be applied, with where it came from."""

    consumer: str
    message_id: str
    stream: str
    stream_seq: int
    subject: str
    message: bytes
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A dead letter as it waits to be replayed."""

    dead_letter_id: UUID
    subject: str
    message: bytes


_QUERIES = sql.load("chassis")
_KEEP = _QUERIES.command("keep_dead_letter")
_NEXT = _QUERIES.rows("get_next_dead_letter", Kept)
_UPDATE = _QUERIES.command("update_dead_letter")
_DELETE = _QUERIES.command("delete_dead_letter")
_COUNT = _QUERIES.scalar("count_dead_letters", int)


async def keep(tx: db.Tx, letter: Letter) -> None:
    await tx.run(_KEEP, letter)


async def next_after(tx: db.Tx, consumer: str, after: UUID) -> Kept | None:
    return await tx.maybe(_NEXT, {"consumer": consumer, "after": after})


async def update(tx: db.Tx, dead_letter_id: UUID, reason: str, detail: str) -> None:
    told = {"dead_letter_id": dead_letter_id, "reason": reason, "detail": detail}
    await tx.run(_UPDATE, told)


async def delete(tx: db.Tx, dead_letter_id: UUID) -> None:
    await tx.run(_DELETE, {"dead_letter_id": dead_letter_id})


async def count(tx: db.Tx, consumer: str) -> int:
    return await tx.one(_COUNT, {"consumer": consumer})


def described(error: BaseException) -> str:
    """Say what went wrong in storable words of bounded length."""
    return storable(f"{type(error).__name__}: {error}")


def storable(text: str) -> str:
    """Bound what came from outside, without what PostgreSQL cannot store."""
    return text[:_LONGEST_DETAIL].replace("\x00", "\ufffd")
