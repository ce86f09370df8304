"""The inventory service on real PostgreSQL, with two LAs and three schools known."""

from collections.abc import AsyncGenerator, Callable

import httpx
import psycopg
import pytest
from asgi_lifespan import LifespanManager
from fastapi import FastAPI

from chassis import auth
from chassis.settings import ServiceSettings
from chassis.testing.databases import ServiceDatabase
from chassis.testing.identities import Signing
from inventory.app import create_app
from tests.inventory.world import SCHOOLS, Call


@pytest.fixture(scope="session")
def inventory_database(
    database_of: Callable[[str], ServiceDatabase],
) -> ServiceDatabase:
    return database_of("inventory")


@pytest.fixture(scope="session")
async def app(
    inventory_database: ServiceDatabase, signing: Signing
) -> AsyncGenerator[FastAPI]:
    settings = ServiceSettings(
        database_url=inventory_database.app, internal_jwks_file=signing.jwks_file
    )
    made = create_app(settings)
    async with LifespanManager(made):
        yield made


@pytest.fixture
def rows(inventory_database: ServiceDatabase) -> ServiceDatabase:
    """An emptied database in which the three schools are known."""
    inventory_database.empty()
    with psycopg.connect(inventory_database.admin, autocommit=True) as admin:
        for school in SCHOOLS:
            admin.execute(
                "INSERT INTO school (school_id, la_code, urn, name, version)"
                " VALUES (%s, %s, %s, %s, 1)",
                [school.school_id, school.la_code, school.urn, f"School {school.urn}"],
            )
    return inventory_database


@pytest.fixture
async def by(
    app: FastAPI, signing: Signing, rows: ServiceDatabase
) -> AsyncGenerator[Call]:
    """Call the service as somebody: `by(TECHNICIAN).get(...)`."""
    del rows
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    made: list[httpx.AsyncClient] = []

    def client(actor: auth.Actor) -> httpx.AsyncClient:
        made.append(
            httpx.AsyncClient(
                transport=transport,
                base_url="http://inventory/api/inventory/v1",
                headers=signing.headers(actor, "inventory"),
            )
        )
        return made[-1]

    yield client
    for each in made:
        await each.aclose()
