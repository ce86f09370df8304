"""What is noted of who was brought to the sign-on: never more than is so."""

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, LiteralString
from uuid import UUID

import psycopg
import pytest
from psycopg import sql

from chassis import auth
from chassis.auth import Actor
from chassis.db import Database
from chassis.testing.databases import ServiceDatabase
from gateway.directory import loading
from gateway.provisioning import service, store
from gateway.provisioning.model import Due
from tests.gateway.world import document_text

TODAY = datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who is to be brought to the sign-on, and who does it."""

    db: Database
    actor: Actor
    admin: str
    person_id: UUID

    def asked(self, statement: LiteralString, *values: object) -> list[Any]:
        with psycopg.connect(self.admin, autocommit=True) as admin:
            found = admin.execute(statement, values)
            return found.fetchall() if found.description else []

    def column(self, expression: LiteralString) -> Any:
        row = "SELECT {} FROM person_provisioning WHERE person_id = %s"
        with psycopg.connect(self.admin, autocommit=True) as admin:
            asked = sql.SQL(row).format(sql.SQL(expression))
            [(value,)] = admin.execute(asked, [self.person_id]).fetchall()
        return value

    def changes(self, email: str) -> None:
        self.asked(
            "UPDATE person SET email = %s, invited_at = clock_timestamp()"
            " WHERE person_id = %s",
            email,
            self.person_id,
        )

    def is_due(self) -> bool:
        return bool(
            self.column("done_version < wanted_version AND next_attempt_at <= now()")
        )

    async def read(self) -> Due:
        async with self.db.read(self.actor, auth.SERVICE_ACCESS) as tx:
            [due] = await store.list_due(tx, [self.person_id], TODAY)
        return due

    async def claim(self) -> list[UUID]:
        async with self.db.begin(self.actor, auth.SERVICE_ACCESS) as tx:
            return await store.claim_due(tx, 40)

    async def settle(self, due: Due, *, is_invited: bool = False) -> None:
        async with self.db.begin(self.actor, auth.SERVICE_ACCESS) as tx:
            await store.settle(tx, due, TODAY, is_invited=is_invited)

    async def fail(self, due: Due) -> None:
        async with self.db.begin(self.actor, auth.SERVICE_ACCESS) as tx:
            await store.keep_problem(tx, due, "The sign-on was away.")


@pytest.fixture(scope="module")
def provisioning_database(
    database_of: Callable[..., ServiceDatabase],
) -> ServiceDatabase:
    return database_of("gateway", copy="provisioning")


@pytest.fixture
async def nora(provisioning_database: ServiceDatabase) -> AsyncGenerator[Waiting]:
    """Somebody invited, whom nobody has brought there yet."""
    await loading.load_from_text(provisioning_database.app, document_text())
    db = Database(provisioning_database.worker, 3, "gateway-worker")
    await db.open()
    actor = await service.everywhere(db)
    with psycopg.connect(provisioning_database.admin, autocommit=True) as admin:
        admin.execute("UPDATE person_provisioning SET next_attempt_at = 'infinity'")
        made = admin.execute(
            "INSERT INTO person (username, display_name, email, invited_at,"
            " home_la_code) VALUES ('nora', 'Nora Ng', 'nora@example.org',"
            " clock_timestamp(), '940') RETURNING person_id"
        ).fetchone()
    assert made is not None
    waiting = Waiting(db, actor, provisioning_database.admin, made[0])
    yield waiting
    await db.close()
    waiting.asked("DELETE FROM person WHERE person_id = %s", waiting.person_id)


async def test_who_was_brought_is_due_no_more(nora: Waiting) -> None:
    assert await nora.claim() == [nora.person_id]

    await nora.settle(await nora.read())

    assert nora.column("done_version = wanted_version AND problem IS NULL")
    assert await nora.claim() == []


async def test_nobody_else_takes_up_who_was_taken_up(nora: Waiting) -> None:
    await nora.claim()

    assert nora.column("next_attempt_at > now() + interval '1 minute'")
    assert await nora.claim() == []


@pytest.mark.parametrize("ends", [Waiting.settle, Waiting.fail])
async def test_an_older_reading_that_ends_last_is_mended(
    nora: Waiting, ends: Callable[..., Any]
) -> None:
    stale = await nora.read()
    nora.changes("nora.ng@example.org")
    await nora.settle(await nora.read())
    assert not nora.is_due()

    await ends(nora, stale)

    assert nora.column("done_version < wanted_version")
    assert nora.column("next_attempt_at < now() + interval '6 seconds'")


async def test_an_older_reading_that_ends_amid_a_newer_is_mended(
    nora: Waiting,
) -> None:
    stale = await nora.read()
    nora.changes("nora.ng@example.org")
    newer = await nora.read()
    await nora.settle(stale)

    await nora.settle(newer)

    assert nora.is_due()


async def test_two_who_bring_the_same_leave_nothing_due(nora: Waiting) -> None:
    first, second = await nora.read(), await nora.read()
    await nora.settle(first)

    await nora.settle(second)

    assert nora.column("done_version = wanted_version")


async def test_who_fails_is_tried_again_soon_and_then_later(nora: Waiting) -> None:
    await nora.claim()
    await nora.fail(await nora.read())
    assert nora.column("next_attempt_at < now() + interval '6 seconds'")
    nora.asked("UPDATE person_provisioning SET next_attempt_at = now()")
    await nora.claim()

    await nora.fail(await nora.read())

    assert nora.column("next_attempt_at > now() + interval '8 seconds'")
    assert nora.column("problem") == "The sign-on was away."


async def test_a_mail_to_an_older_address_is_no_invitation_to_the_new(
    nora: Waiting,
) -> None:
    due = await nora.read()
    nora.changes("nora.ng@example.org")

    await nora.settle(due, is_invited=True)

    assert nora.column("invitation_sent_at IS NULL")


async def test_a_mail_counts_from_when_it_was_sent(nora: Waiting) -> None:
    due = await nora.read()
    made_at = datetime.now(UTC)

    await nora.settle(due, is_invited=True)

    sent_at = nora.column("invitation_sent_at")
    assert sent_at >= made_at, "the account was made before it, after the reading"
