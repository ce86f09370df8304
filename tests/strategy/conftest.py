"""The strategy service on real PostgreSQL, told of two LAs by facts alone."""

from collections.abc import AsyncGenerator, Callable

import httpx
import pytest
from asgi_lifespan import LifespanManager
from fastapi import FastAPI

from chassis import auth, db
from chassis.settings import ServiceSettings
from chassis.testing.databases import ServiceDatabase
from chassis.testing.identities import Signing
from contracts.event import Event
from strategy.app import create_app
from tests.strategy import world
from tests.strategy.world import Call, Tell


@pytest.fixture(scope="session")
def strategy_database(
    database_of: Callable[[str], ServiceDatabase],
) -> ServiceDatabase:
    return database_of("strategy")


@pytest.fixture(scope="session")
async def worker(strategy_database: ServiceDatabase) -> AsyncGenerator[db.Database]:
    """Reach the database as the consumers do."""
    made = db.Database(strategy_database.worker, 4, "strategy-worker")
    await made.open()
    yield made
    await made.close()


@pytest.fixture(scope="session")
async def app(
    strategy_database: ServiceDatabase, signing: Signing
) -> AsyncGenerator[FastAPI]:
    settings = ServiceSettings(
        database_url=strategy_database.app, internal_jwks_file=signing.jwks_file
    )
    made = create_app(settings)
    async with LifespanManager(made):
        yield made


@pytest.fixture
def rows(strategy_database: ServiceDatabase) -> ServiceDatabase:
    strategy_database.empty()
    return strategy_database


@pytest.fixture
def tell(rows: ServiceDatabase, worker: db.Database) -> Tell:
    """Apply facts to an emptied database, each as an event of its own."""
    del rows

    async def apply(*facts: Event) -> int:
        return await world.apply(worker, [world.arrived(fact) for fact in facts])

    return apply


@pytest.fixture
async def by(
    app: FastAPI, signing: Signing, rows: ServiceDatabase
) -> AsyncGenerator[Call]:
    """Call the service as somebody: `by(MANAGER).get(...)`."""
    del rows
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    made: list[httpx.AsyncClient] = []

    def client(actor: auth.Actor) -> httpx.AsyncClient:
        made.append(
            httpx.AsyncClient(
                transport=transport,
                base_url="http://strategy/api/strategy/v1",
                headers=signing.headers(actor, "strategy"),
            )
        )
        return made[-1]

    yield client
    for each in made:
        await each.aclose()
