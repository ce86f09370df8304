"""The table of who is to be brought to the sign-on: one function per query."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from chassis import sql
from chassis.db import Tx
from gateway.provisioning.model import CannotProvision, Due, Invitation

QUERIES = sql.load("gateway.provisioning")
LIST_AUTHORITIES = QUERIES.scalar("list_authorities", str)
IS_ANYBODY_DUE = QUERIES.scalar("is_anybody_due", bool)
TURN_DAYS = QUERIES.command("turn_days")
CLAIM_DUE = QUERIES.scalar("claim_due", UUID)
LIST_PEOPLE = QUERIES.scalar("list_people", UUID)
LIST_DUE = QUERIES.rows("list_due", Due)
GET_INVITATION = QUERIES.rows("get_invitation", Invitation)
KEEP_SUBJECT = QUERIES.command("keep_subject")
HOLD_INVITATION = QUERIES.scalar("hold_invitation", datetime)
SETTLE = QUERIES.command("settle")
KEEP_PROBLEM = QUERIES.command("keep_problem")
_TAKEN = CannotProvision("Another person of the directory has that account.")


async def list_authorities(tx: Tx) -> list[str]:
    return await tx.all(LIST_AUTHORITIES)


async def is_anybody_due(tx: Tx) -> bool:
    return await tx.one(IS_ANYBODY_DUE)


async def turn_days(tx: Tx, today: date) -> None:
    await tx.run(TURN_DAYS, {"today": today})


async def claim_due(tx: Tx, batch: int) -> list[UUID]:
    """Take up some of those who are due; nobody else takes them up for a while."""
    return await tx.all(CLAIM_DUE, {"batch": batch})


async def list_people(tx: Tx, after: UUID | None, page_size: int) -> list[UUID]:
    return await tx.all(LIST_PEOPLE, {"after": after, "page_size": page_size})


async def list_due(tx: Tx, people: Sequence[UUID], today: date) -> list[Due]:
    return await tx.all(LIST_DUE, {"people": list(people), "today": today})


async def get_invitation(tx: Tx, person_id: UUID) -> Invitation | None:
    return await tx.maybe(GET_INVITATION, {"person_id": person_id})


async def keep_subject(tx: Tx, person_id: UUID, subject: str) -> None:
    """Keep as whom the sign-on knows somebody.

    Raises:
        CannotProvision: it knows another person as that.
    """
    said = {"person_id": person_id, "subject": subject}
    await tx.run(KEEP_SUBJECT, said, {"person_subject_unique": _TAKEN})


async def settle(tx: Tx, due: Due, today: date, *, is_invited: bool) -> None:
    """Note that somebody was brought; a mail counts for no later invitation."""
    if is_invited:
        said = {"person_id": due.person_id}
        is_invited = await tx.maybe(HOLD_INVITATION, said) == due.invited_at
    of_this_time = {"today": today, "is_invited": is_invited}
    await tx.run(SETTLE, _versions(due) | of_this_time)


async def keep_problem(tx: Tx, due: Due, problem: str) -> None:
    await tx.run(KEEP_PROBLEM, _versions(due) | {"problem": problem})


def _versions(due: Due) -> dict[str, object]:
    return {
        "person_id": due.person_id,
        "version": due.wanted_version,
        "done_before": due.done_version,
    }
