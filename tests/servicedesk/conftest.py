"""The service desk on real PostgreSQL, with some schools and kit known."""

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
from servicedesk.app import create_app
from tests.servicedesk.world import ASSETS, SCHOOLS, Call


@pytest.fixture(scope="session")
def servicedesk_database(
    database_of: Callable[[str], ServiceDatabase],
) -> ServiceDatabase:
    return database_of("servicedesk")


@pytest.fixture(scope="session")
async def app(
    servicedesk_database: ServiceDatabase, signing: Signing
) -> AsyncGenerator[FastAPI]:
    settings = ServiceSettings(
        database_url=servicedesk_database.app, internal_jwks_file=signing.jwks_file
    )
    made = create_app(settings)
    async with LifespanManager(made):
        yield made


@pytest.fixture
def rows(servicedesk_database: ServiceDatabase) -> ServiceDatabase:
    """An emptied database in which the schools and their kit are known."""
    servicedesk_database.empty()
    with psycopg.connect(servicedesk_database.admin, autocommit=True) as admin:
        for school in SCHOOLS:
            admin.execute(
                "INSERT INTO school (school_id, la_code, urn, version)"
                " VALUES (%s, %s, %s, 1)",
                [school.school_id, school.la_code, school.urn],
            )
        for kit in ASSETS:
            place = [kit.asset_id, kit.school.la_code, kit.school.school_id, kit.tag]
            admin.execute(
                "INSERT INTO asset"
                " (asset_id, la_code, school_id, tag, category, status, version)"
                " VALUES (%s, %s, %s, %s, 'laptop', 'in-use', 1)",
                place,
            )
    return servicedesk_database


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
                base_url="http://servicedesk/api/servicedesk/v1",
                headers=signing.headers(actor, "servicedesk"),
            )
        )
        return made[-1]

    yield client
    for each in made:
        await each.aclose()
