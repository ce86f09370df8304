"""A directory of its own, a worker over it, and a real post office."""

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, LiteralString
from uuid import UUID, uuid4

import psycopg
import pytest

from chassis import consumer
from chassis.db import Database
from chassis.embedded import child
from chassis.testing.databases import ServiceDatabase
from contracts import event
from contracts.event import Received
from contracts.servicedesk import TicketResolved
from gateway.directory import loading
from gateway.mail import post, service, writing
from gateway.work import SUBSCRIPTIONS
from local_stack.mail import folder, routes
from local_stack.mail.model import Message
from tests.gateway.conftest import serving
from tests.gateway.world import document_text

URL = "https://joinedup.example"


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Office:
    """The worker's database, the post office, and what people are called there."""

    worker: Database
    app: Database
    admin: str
    server: post.Server
    where: Path
    numbers: list[int] = field(default_factory=list)

    def asked(self, statement: LiteralString, *values: object) -> list[Any]:
        with psycopg.connect(self.admin, autocommit=True) as admin:
            found = admin.execute(statement, values)
            return found.fetchall() if found.description else []

    def worker_url(self, server: str) -> str:
        """The worker's database as it would be at another server."""
        return f"postgresql://worker:none@{server}/gateway"

    def person(self, name: str) -> UUID:
        person_id: UUID
        [(person_id,)] = self.asked(
            "SELECT person_id FROM person WHERE username = %s", name
        )
        return person_id

    def moved(self, name: str, address: str) -> None:
        self.asked("UPDATE person SET email = %s WHERE username = %s", address, name)

    def resolved(self, requester: UUID | None, at: datetime) -> Received:
        [(school_id,)] = self.asked("SELECT school_id FROM school WHERE urn = 140001")
        self.numbers.append(1001 + len(self.numbers))
        fact = TicketResolved(
            entity_id=uuid4(),
            entity_version=2,
            la_code="940",
            school_id=school_id,
            number=self.numbers[-1],
            kind="incident",
            status="resolved",
            priority=3,
            asset_id=None,
            opened_at=at,
            resolved_at=at,
            requester_id=requester,
        )
        return Received(uuid4(), event.name_of(TicketResolved), at, None, fact)

    async def hear(self, *received: Received) -> None:
        await consumer.apply(self.worker, "gateway", SUBSCRIPTIONS[0], received)

    async def deliver(self, at: datetime) -> None:
        """Write what is due and try each message once."""
        await self.deliver_with(
            lambda queued: post.send(self.server, queued, f"{URL}/stop"), at
        )

    async def deliver_with(self, send: service.Send, at: datetime) -> None:
        await service.write_due(
            self.worker, lambda due: writing.write(URL, self.stop, due), at
        )
        await service.send_due(self.worker, send, at)

    def stop(self, person_id: UUID, kind: str) -> str:
        return f"{URL}/stop/{person_id}/{kind}"

    def sent_to(self, address: str) -> list[Message]:
        return folder.newest(self.where, address)

    def states(self) -> list[tuple[str, int, str]]:
        return self.asked(
            "SELECT state, attempts, reply FROM mail_message ORDER BY message_id"
        )


@pytest.fixture(scope="module")
def mail_database(
    database_of: Callable[..., ServiceDatabase],
) -> ServiceDatabase:
    return database_of("gateway", copy="mail")


@pytest.fixture
async def office(
    mail_database: ServiceDatabase, tmp_path: Path
) -> AsyncGenerator[Office]:
    await loading.load_from_text(mail_database.app, document_text())
    worker = Database(mail_database.worker, 3, "gateway-worker")
    app = Database(mail_database.app, 2, "gateway")
    await worker.open()
    await app.open()
    smtp_port, page_port = child.free_port(), child.free_port()
    server = post.Server("127.0.0.1", smtp_port, "Joinedup <no-reply@joinedup.example>")
    made = Office(worker, app, mail_database.admin, server, tmp_path / "mail")
    async with serving(routes.create_app(made.where, smtp_port), page_port):
        yield made
    await worker.close()
    await app.close()
    made.asked("TRUNCATE mail_item, mail_message, mail_choice, inbox")
