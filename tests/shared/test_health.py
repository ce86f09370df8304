"""Live says that the process turns; ready says whether it can serve, and if not why."""

from collections.abc import AsyncGenerator, Callable

import httpx
import psycopg
import pytest
import stamina
from asgi_lifespan import LifespanManager
from psycopg import sql
from psycopg.conninfo import make_conninfo

from chassis.settings import ServiceSettings
from chassis.testing.databases import ServiceDatabase
from chassis.testing.identities import Signing, at_la
from inventory.app import create_app


@pytest.fixture
async def database(
    database_of: Callable[..., ServiceDatabase], cluster: object
) -> AsyncGenerator[ServiceDatabase]:
    del cluster
    made = database_of("inventory", "_health")
    yield made
    allow(made, True)


@pytest.fixture
async def client(
    database: ServiceDatabase, signing: Signing
) -> AsyncGenerator[httpx.AsyncClient]:
    settings = ServiceSettings(
        database_url=database.app, internal_jwks_file=signing.jwks_file, pool_size=2
    )
    app = create_app(settings)
    async with LifespanManager(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://i") as made:
            yield made


def allow(database: ServiceDatabase, yes: bool) -> None:
    """Let connections in again, or throw them all out."""
    # From another database: one does not close the door of the room one is in.
    elsewhere = make_conninfo(database.admin, dbname="postgres")
    with psycopg.connect(elsewhere, autocommit=True) as admin:
        name = sql.Identifier(database.name)
        admin.execute(
            sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}").format(
                name, sql.Literal(yes)
            )
        )
        if not yes:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = %s",
                [database.name],
            )


async def becomes_ready(client: httpx.AsyncClient) -> httpx.Response:
    async for attempt in stamina.retry_context(
        on=AssertionError, attempts=None, timeout=30, wait_initial=0.1, wait_max=0.5
    ):
        with attempt:
            answer = await client.get("/health/ready")
            assert answer.status_code == 200, answer.text
            return answer
    raise AssertionError


async def test_it_is_live_and_ready(client: httpx.AsyncClient) -> None:
    assert (await client.get("/health/live")).json() == {"status": "live"}
    assert (await client.get("/health/ready")).json() == {"status": "ready"}


async def test_without_its_database_it_lives_on_and_says_why_it_is_not_ready(
    client: httpx.AsyncClient, database: ServiceDatabase, signing: Signing
) -> None:
    assert (await client.get("/health/ready")).status_code == 200

    allow(database, False)
    live, ready = await client.get("/health/live"), await client.get("/health/ready")
    asked = await client.get(
        "/api/inventory/v1/assets",
        headers=signing.headers(at_la("la-manager", "940"), "inventory"),
    )

    assert live.status_code == 200
    assert ready.status_code == 503
    assert ready.json() == {
        "status": "not ready",
        "reasons": ["The database does not answer just now"],
    }
    assert asked.status_code == 503
    assert asked.headers["retry-after"]
    assert database.name not in ready.text + asked.text

    allow(database, True)
    assert (await becomes_ready(client)).json() == {"status": "ready"}


async def test_health_asks_nobody_who_they_are(client: httpx.AsyncClient) -> None:
    for path in ("/health/live", "/health/ready"):
        answer = await client.get(path, headers={"authorization": "Bearer nonsense"})
        assert answer.status_code == 200
