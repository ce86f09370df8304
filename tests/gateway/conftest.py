"""The gateway on real sockets and PostgreSQL, between a local issuer and an echo."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
import uvicorn
from cryptography.fernet import Fernet
from joserfc.jwk import KeySet

from chassis.db import Database
from chassis.embedded import child
from chassis.embedded.nats import Broker
from chassis.files.folder import Folder
from chassis.jobs import worker
from chassis.testing.databases import ServiceDatabase
from chassis.testing.identities import Signing
from gateway.app import create_app
from gateway.directory import loading
from gateway.proxy import guard
from gateway.register import working
from gateway.sessions.model import hash_of
from gateway.sessions.seal import Seal
from gateway.settings import GatewaySettings
from tests.gateway.echo_service import EchoService
from tests.gateway.local_issuer import SECRET, LocalIssuer
from tests.gateway.world import Browser, document_text

PER_ADDRESS = 300


@asynccontextmanager
async def serving(
    app: Any, port: int, protocol: Any = "httptools"
) -> AsyncGenerator[None]:
    """Serve an app on a real socket of this loop."""
    config = uvicorn.Config(
        app,
        port=port,
        http=protocol,
        ws="none",
        log_level="error",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    task = asyncio.create_task(server._serve())
    while not server.started:
        assert not task.done(), task
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        await task


@dataclass(frozen=True, slots=True)
class Stand:
    """A running gateway and what is around it."""

    url: str
    port: int
    settings: GatewaySettings
    issuer: LocalIssuer
    echo: EchoService
    seal: Seal
    database: ServiceDatabase


@pytest.fixture(scope="session")
async def echo() -> AsyncGenerator[EchoService]:
    service = EchoService(child.free_port())
    async with serving(service, service.port):
        yield service


@pytest.fixture(scope="session")
async def local_issuer() -> AsyncGenerator[LocalIssuer]:
    issuer = LocalIssuer(child.free_port())
    async with serving(issuer, issuer.port):
        yield issuer


@pytest.fixture(scope="session")
def gateway_database(
    database_of: Callable[[str], ServiceDatabase],
) -> ServiceDatabase:
    return database_of("gateway")


@pytest.fixture(scope="session")
def gateway_settings(
    tmp_path_factory: pytest.TempPathFactory,
    gateway_database: ServiceDatabase,
    signing: Signing,
    local_issuer: LocalIssuer,
    echo: EchoService,
    broker: Broker,
) -> GatewaySettings:
    folder = tmp_path_factory.mktemp("gateway")
    port = child.free_port()
    return GatewaySettings(
        database_url=gateway_database.app,
        internal_jwks_file=signing.jwks_file,
        internal_key_file=_written(
            folder / "internal", KeySet([signing.key]).as_dict(private=True)
        ),
        session_key_file=_text(folder / "session", Fernet.generate_key().decode()),
        portal_client_secret_file=_text(folder / "secret", SECRET),
        port=port,
        public_url=f"http://127.0.0.1:{port}",
        keycloak_url=local_issuer.url,
        inventory_url=echo.url,
        servicedesk_url=f"http://127.0.0.1:{child.free_port()}",
        strategy_url=echo.url,
        nats_url=broker.url(),
        forward_seconds=4,
        files_dir=folder / "files",
    )


@pytest.fixture(scope="session")
async def running_gateway(
    gateway_settings: GatewaySettings,
    local_issuer: LocalIssuer,
    echo: EchoService,
    gateway_database: ServiceDatabase,
) -> AsyncGenerator[Stand]:
    app = create_app(gateway_settings)
    protocol = guard.guarded(guard.HEADER_SECONDS, PER_ADDRESS)
    async with serving(app, gateway_settings.port, protocol):
        yield Stand(
            gateway_settings.public_url,
            gateway_settings.port,
            gateway_settings,
            local_issuer,
            echo,
            Seal.from_file(gateway_settings.session_key_file),
            gateway_database,
        )


@pytest.fixture(scope="session")
async def loaded(gateway_database: ServiceDatabase, running_gateway: Stand) -> None:
    """The directory, loaded once: nobody's rights change from test to test."""
    del running_gateway
    await loading.load_from_text(gateway_database.app, document_text())


@pytest.fixture
def stand(running_gateway: Stand, loaded: None) -> Stand:
    del loaded
    running_gateway.issuer.calm()
    running_gateway.echo.seen.clear()
    running_gateway.echo.gate.clear()
    return running_gateway


@pytest.fixture
async def http() -> AsyncGenerator[httpx.AsyncClient]:
    async with httpx.AsyncClient(timeout=60) as client:
        yield client


@pytest.fixture
def browser(stand: Stand, http: httpx.AsyncClient) -> Browser:
    return Browser(stand.url, http)


@pytest.fixture
async def technician(stand: Stand, browser: Browser) -> Browser:
    """A school technician, signed in."""
    stand.issuer.subject = "subject-technician"
    answer = await browser.sign_in()
    assert answer.status_code == 303, answer.text
    return browser


@pytest.fixture
def csrf(stand: Stand) -> Callable[[Browser], str]:
    return lambda browser: stand.seal.csrf_token(
        hash_of(browser.cookies["__Host-joinedup"])
    )


def _text(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def _written(path: Path, keys: Any) -> Path:
    return _text(path, httpx.Response(200, json=keys).text)


@pytest.fixture
async def as_someone(stand: Stand, http: httpx.AsyncClient) -> Any:
    """Sign somebody in and return how they ask."""

    async def signed_in(name: str) -> Callable[..., Any]:
        browser = Browser(stand.url, http)
        stand.issuer.subject = f"subject-{name}"
        await browser.sign_in()
        token = stand.seal.csrf_token(hash_of(browser.cookies["__Host-joinedup"]))
        own = {"sec-fetch-site": "same-origin", "x-csrf-token": token}

        async def ask(
            method: str, path: str, version: int | None = None, **rest: Any
        ) -> httpx.Response:
            sent = own | rest.pop("headers", {})
            if version is not None:
                sent["if-match"] = f'"{version}"'
            return await browser.send(method, path, sent, **rest)

        return ask

    return signed_in


@pytest.fixture
def no_imports(stand: Stand) -> None:
    """Of the register there is no import yet, nor a job of one."""
    with psycopg.connect(stand.database.admin, autocommit=True) as admin:
        admin.execute(
            "TRUNCATE school_import_change, school_import_fault, school_import, job,"
            " procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers"
        )


@pytest.fixture
async def at_work(stand: Stand) -> AsyncGenerator[None]:
    """The gateway's worker of jobs, in this process."""
    stored = stand.database
    database = Database(stored.worker, 6, "imports-worker")
    await database.open()
    stop = asyncio.Event()
    kinds = working.kinds(Folder(stand.settings.files_dir))
    run = worker.run(stored.worker, database, "gateway", kinds, stop, worker.State())
    task = asyncio.ensure_future(run)
    yield
    stop.set()
    await task
    await database.close()
