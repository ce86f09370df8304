"""The worker's composition root: what it does by the clock, and what it hears.

The service itself is named here, and `app` by its name alone: no worker, and nothing
that loads or migrates, waits until every route is made.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from uuid import UUID

import httpx

from chassis import consumer, process
from chassis.auth import Actor, sign_internal_token
from chassis.db import Database
from chassis.files import service as files
from chassis.files.folder import Folder
from chassis.jobs.model import Chore, Kind
from contracts.servicedesk import TICKET_FACTS, TicketDeparted
from gateway import days
from gateway.callers.service import load_signing_key
from gateway.callers.upstream import Upstream
from gateway.clients import keeping
from gateway.clients.registration import Registry
from gateway.directory import loading
from gateway.failed_sign_ins import service as failed_sign_ins
from gateway.mail import consumer as mail_consumer
from gateway.mail import post, verp, writing
from gateway.mail import routes as mail
from gateway.mail import service as mail_service
from gateway.mail.listening import Place, Returns, listening
from gateway.portal.digests import service as digests
from gateway.privacy import erasing
from gateway.privacy import keeping as tidying
from gateway.privacy.holders import Holders
from gateway.provisioning import desk
from gateway.provisioning import service as provisioning
from gateway.proxy import guard
from gateway.register import working
from gateway.second_steps import noticing as second_steps
from gateway.sessions.seal import Seal
from gateway.settings import GatewaySettings

_PATIENCE = 240.0
"""Seconds that a service may take over an LA: nobody waits for the answer."""

SUBSCRIPTIONS = (
    consumer.Subscription(
        durable="gateway-mail",
        facts=(*TICKET_FACTS, TicketDeparted),
        handle=mail_consumer.note_tickets,
    ),
)


def jobs(settings: GatewaySettings) -> Sequence[Kind | Chore]:
    depot = Folder(settings.files_dir)
    sweep = Chore(
        "sweep-files", "37 * * * *", lambda db: files.sweep(db, "gateway", depot)
    )
    return [
        *working.kinds(depot),
        sweep,
        *_keeping(settings),
        *_provisioning(settings),
        *_post(settings),
        *_privacy(settings),
    ]


def _keeping(settings: GatewaySettings) -> Sequence[Chore]:
    """What keeps API clients at Keycloak, where there is the right to do it."""
    secret_file = settings.clients_client_secret_file
    if secret_file is None:
        return []
    registry = Registry(
        settings.keycloak_url,
        settings.keycloak_realm,
        settings.clients_client_id,
        secret_file.read_text("utf-8").strip(),
        settings.api_audience,
    )
    seal = Seal.from_file(settings.session_key_file)
    return [
        Chore(
            "keep-clients",
            "* * * * * */5",
            lambda db: keeping.keep_due(db, registry, seal),
        )
    ]


def _provisioning(settings: GatewaySettings) -> Sequence[Chore]:
    """What brings people to Keycloak, where there is the right to do it."""
    door = desk.door_of(settings)
    if door is None:
        return []
    provision = Chore(
        "provision-people",
        "* * * * * */5",
        lambda db: provisioning.provision_due(db, door, _today),
    )
    turn = Chore(
        "turn-of-the-day",
        "*/10 * * * *",
        lambda db: provisioning.turn_days(db, _today()),
    )
    noticing = Chore(
        "notice-second-steps",
        "* * * * * */5",
        lambda db: second_steps.notice(db, door, _now()),
    )
    failures = Chore(
        "notice-failed-sign-ins",
        # A minute is read when its last event is certainly written.
        "* * * * * 20",
        lambda db: failed_sign_ins.notice(db, door, _now()),
    )
    return [provision, turn, noticing, failures]


def _today() -> date:
    return days.day_in_england(_now())


def _post(settings: GatewaySettings) -> Sequence[Chore]:
    """What is written and sent every few seconds, and forgotten every night."""
    seal = Seal.from_file(settings.session_key_file)
    secret = settings.smtp_password_file
    server = post.Server(
        settings.smtp_host,
        settings.smtp_port,
        settings.smtp_from,
        settings.smtp_user,
        secret.read_text("utf-8").strip() if secret else None,
        # Whoever stands between could take the offer away, and read the password.
        settings.smtp_security or ("starttls" if secret else "offered"),
    )

    def link(person_id: UUID, kind: str) -> str:
        token = mail_service.unsubscribe_token(seal, person_id, kind)
        return f"{settings.origin}{mail.STOP}?token={token}"

    def one_click(person_id: UUID, kind: str) -> str:
        return link(person_id, kind).replace(mail.STOP, f"{mail.STOP}/one-click")

    def return_to(message_id: UUID) -> str | None:
        base = settings.smtp_return
        signed = seal.signature(message_id.bytes)
        return verp.address(base, message_id, signed) if base else None

    async def write_and_send(database: Database) -> None:
        await mail_service.write_due(
            database, lambda due: writing.write(settings.origin, link, due), _now()
        )
        await mail_service.send_due(
            database,
            lambda message: post.send(
                server,
                message,
                one_click(message.person_id, message.kind),
                return_to(message.message_id),
            ),
            _now(),
        )

    key = load_signing_key(settings.internal_key_file)

    async def write_week(database: Database) -> None:
        async with httpx.AsyncClient(timeout=settings.forward_seconds) as http:

            def ask(actor: Actor) -> Upstream:
                return Upstream(
                    http,
                    settings.service_urls,
                    lambda service: sign_internal_token(
                        key, actor, service, time.time()
                    ),
                )

            await digests.write_due(database, ask, settings.origin, link, _now())

    return [
        Chore("post", "* * * * * */3", write_and_send),
        # Due on Mondays at seven; whoever was not told then is told later in the week.
        Chore("week-of-kit", "*/5 * * * *", write_week),
        Chore("old-post", "23 2 * * *", lambda db: mail_service.forget_old(db, _now())),
    ]


def _privacy(settings: GatewaySettings) -> Sequence[Chore]:
    """What lets go of people and of what was about them."""
    key = load_signing_key(settings.internal_key_file)

    @asynccontextmanager
    async def holders() -> AsyncGenerator[Holders]:
        async with httpx.AsyncClient(timeout=_PATIENCE) as http:
            yield Holders(
                http,
                settings.service_urls,
                lambda actor, service: sign_internal_token(
                    key, actor, service, time.time()
                ),
            )

    async def erase(db: Database) -> None:
        if not await erasing.is_anybody_due(db):
            return
        async with holders() as asked:
            way = erasing.Way(db, asked, desk.door_of(settings), _today)
            await erasing.erase_due(way)

    async def tidy(db: Database) -> None:
        async with holders() as asked:
            await tidying.tidy_all(db, asked, _now)

    return [
        Chore("erase-people", "* * * * * */5", erase),
        # In the small hours; every hour of them, should a service be away.
        Chore("keep-no-longer", "17 1-5 * * *", tidy),
    ]


async def take_returned_mail(settings: GatewaySettings, stop: asyncio.Event) -> None:
    """Take in what comes back, till `stop` is set.

    Raises:
        ValueError: no address is set at which it comes back, or it cannot be one.
    """
    address = settings.smtp_return or ""
    verp.address(address, UUID(int=0), b"")
    seal = Seal.from_file(settings.session_key_file)
    database = Database(settings.worker_database_url, 2, "gateway-returns")
    await database.open()
    place = Place(
        settings.returns_host,
        settings.returns_port,
        settings.returns_protocol,
        address,
    )
    returns = Returns(
        database,
        address,
        lambda said: seal.is_signature(said.message_id.bytes, said.signature),
    )
    try:
        async with listening(place, returns):
            await stop.wait()
    finally:
        await database.close()


def _now() -> datetime:
    return datetime.now(UTC)


SERVICE = process.Service(
    name="gateway",
    settings=GatewaySettings,
    app="gateway.app:create_app",
    subscriptions=SUBSCRIPTIONS,
    jobs=jobs,
    restate=loading.restate_schools,
    http_protocol=guard.guarded(guard.HEADER_SECONDS, guard.PER_ADDRESS),
)
