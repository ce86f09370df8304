"""The tables of post: one function per query."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from uuid import UUID

from chassis import json, sql
from chassis.db import Tx
from gateway.mail.model import (
    Bounced,
    Choice,
    Due,
    Happening,
    Hold,
    Letter,
    LinkUnknown,
    Outcome,
    Queued,
    Reader,
    Refusal,
)
from gateway.mail.report import Report

QUERIES = sql.load("gateway.mail")
INSERT_ITEMS = QUERIES.command("insert_items")
TAKE_DUE_ITEMS = QUERIES.rows("take_due_items", Due)
INSERT_MESSAGE = QUERIES.scalar("insert_message", UUID)
MARK_TOLD = QUERIES.command("mark_told")
DROP_UNWANTED_ITEMS = QUERIES.command("drop_unwanted_items")
DROP_UNWANTED_MESSAGES = QUERIES.command("drop_unwanted_messages")
TAKE_DUE_MESSAGE = QUERIES.rows("take_due_message", Queued)
END_ATTEMPT = QUERIES.command("end_attempt")
NOTE_BOUNCED = QUERIES.rows("note_bounced", Bounced)
NOTE_DELAYED = QUERIES.command("note_delayed")
HOLD = QUERIES.command("hold")
LIFT_HOLD = QUERIES.rows("lift_hold", Hold)
PRUNE_ITEMS = QUERIES.command("prune_items")
PRUNE_HELD = QUERIES.command("prune_held")
PRUNE_MESSAGES = QUERIES.command("prune_messages")
GET_REFUSAL = QUERIES.rows("get_refusal", Refusal)
LIST_CHOICES = QUERIES.rows("list_choices", Choice)
KEEP_CHOICE = QUERIES.command("keep_choice")
LIST_READERS = QUERIES.rows("list_readers", Reader)
NOTE_WEEK = QUERIES.command("note_week")
LIST_LA_CODES = QUERIES.scalar("list_la_codes", str)


async def insert_items(
    tx: Tx,
    kind: str,
    happenings: Sequence[Happening],
    at_once: datetime,
    digest_at: datetime,
) -> int:
    asked = {
        "kind": kind,
        "happenings": json.encode(happenings).decode(),
        "at_once": at_once,
        "digest_at": digest_at,
    }
    return await tx.run(INSERT_ITEMS, asked)


async def take_due_items(tx: Tx, present: datetime, page_size: int) -> list[Due]:
    return await tx.all(TAKE_DUE_ITEMS, {"present": present, "page_size": page_size})


async def insert_message(
    tx: Tx, to: Due | Reader, kind: str, letter: Letter, present: datetime
) -> UUID:
    whose = {"person_id": to.person_id, "kind": kind, "address": to.email}
    return await tx.one(INSERT_MESSAGE, {**asdict(letter), **whose, "present": present})


async def mark_told(tx: Tx, item_ids: Sequence[UUID], message_id: UUID) -> None:
    await tx.run(MARK_TOLD, {"item_ids": list(item_ids), "message_id": message_id})


async def drop_unwanted(tx: Tx) -> None:
    await tx.run(DROP_UNWANTED_ITEMS)
    await tx.run(DROP_UNWANTED_MESSAGES)


async def take_due_message(
    tx: Tx, present: datetime, lease: timedelta
) -> Queued | None:
    return await tx.maybe(TAKE_DUE_MESSAGE, {"present": present, "lease": lease})


async def end_attempt(tx: Tx, message_id: UUID, outcome: Outcome) -> None:
    await tx.run(END_ATTEMPT, {**asdict(outcome), "message_id": message_id})


async def note_bounced(
    tx: Tx, message_id: UUID, report: Report, present: datetime
) -> Bounced | None:
    """Note that a message came back for good; None: it did before, or is not there."""
    return await tx.maybe(NOTE_BOUNCED, _returned(message_id, report, present))


async def note_delayed(
    tx: Tx, message_id: UUID, report: Report, present: datetime
) -> None:
    await tx.run(NOTE_DELAYED, _returned(message_id, report, present))


async def hold(tx: Tx, message_id: UUID, report: Report, present: datetime) -> bool:
    """Send nothing more to whose message came back; say whether that is new."""
    return await tx.run(HOLD, _returned(message_id, report, present)) > 0


def _returned(message_id: UUID, report: Report, present: datetime) -> dict[str, object]:
    said = {"status": report.status, "reply": report.reply}
    return {"message_id": message_id, "present": present, **said}


async def lift_hold(tx: Tx, person_id: UUID, present: datetime) -> Hold | None:
    return await tx.maybe(LIFT_HOLD, {"person_id": person_id, "present": present})


async def prune(tx: Tx, ended_before: datetime, due_before: datetime) -> int:
    """Forget what is over, and what was never to be sent; count the messages."""
    await tx.run(PRUNE_ITEMS, {"due_before": due_before})
    held = await tx.run(PRUNE_HELD, {"due_before": due_before})
    return held + await tx.run(PRUNE_MESSAGES, {"ended_before": ended_before})


async def get_refusal(tx: Tx, person_id: UUID) -> Refusal | None:
    return await tx.maybe(GET_REFUSAL, {"person_id": person_id})


async def list_choices(tx: Tx, person_id: UUID) -> list[Choice]:
    return await tx.all(LIST_CHOICES, {"person_id": person_id})


async def list_readers(tx: Tx, kind: str, week: date) -> list[Reader]:
    return await tx.all(LIST_READERS, {"kind": kind, "week": week})


async def note_week(tx: Tx, person_id: UUID, kind: str, week: date) -> bool:
    """Note that somebody is told of a week; say whether they were not before."""
    asked = {"person_id": person_id, "kind": kind, "week": week}
    return await tx.run(NOTE_WEEK, asked) > 0


async def keep_choice(
    tx: Tx, person_id: UUID, kind: str, frequency: str, today: date
) -> None:
    """Keep how somebody wants to be told.

    Raises:
        LinkUnknown: they are no longer in the directory.
    """
    asked = {
        "person_id": person_id,
        "kind": kind,
        "frequency": frequency,
        "today": today,
    }
    gone = {"mail_choice_person_fkey": LinkUnknown()}
    await tx.run(KEEP_CHOICE, asked, refusals=gone)


async def list_la_codes(tx: Tx) -> list[str]:
    return await tx.all(LIST_LA_CODES)
