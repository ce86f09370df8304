"""API clients that are made and called: what one test makes, the next does not find."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any, LiteralString

import httpx
import psycopg
import pytest

from gateway.directory import loading
from tests.gateway.conftest import Stand
from tests.gateway.world import document_text

BASE = "/api/directory/v1/clients"
SCHOOLS = "/api/directory/v1/schools"
KIT = "/api/inventory/v1/assets"
Ask = Callable[..., Awaitable[httpx.Response]]
Call = Callable[..., Awaitable[httpx.Response]]
CLEAN: tuple[LiteralString, ...] = (
    "DELETE FROM api_credential",
    "DELETE FROM api_client_school",
    "DELETE FROM api_client",
    "DELETE FROM api_quota",
    "DELETE FROM idempotency_key",
    "DELETE FROM school_word WHERE la_code = '999'",
    "DELETE FROM school_identity WHERE la_code = '999'",
    "DELETE FROM school WHERE la_code = '999'",
    "DELETE FROM local_authority WHERE la_code = '999'",
    "DELETE FROM region WHERE region_code = 'SANDBOX'",
)


@pytest.fixture(autouse=True)
async def as_before(stand: Stand) -> AsyncGenerator[None]:
    """There is no API client of an LA, before the test and after it."""
    await loading.load_from_text(stand.database.app, document_text())
    _clean(stand)
    yield
    _clean(stand)


def _clean(stand: Stand) -> None:
    with psycopg.connect(stand.database.admin, autocommit=True) as admin:
        for statement in CLEAN:
            admin.execute(statement)


@pytest.fixture
async def manager(as_someone: Any) -> Ask:
    ask: Ask = await as_someone("manager")
    return ask


@pytest.fixture
def asked(stand: Stand) -> Callable[..., list[tuple[Any, ...]]]:
    """Ask the database as a superuser."""

    def ask(statement: LiteralString, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(stand.database.admin, autocommit=True) as admin:
            found = admin.execute(statement, values)
            return found.fetchall() if found.description else []

    return ask


def body(name: str = "The portal", **changes: Any) -> dict[str, Any]:
    return {
        "la_code": "940",
        "name": name,
        "contact": "ICT team, ict@example.org",
        "scopes": ["directory:read", "inventory:write"],
        **changes,
    }


async def made(ask: Ask, **changes: Any) -> dict[str, Any]:
    answer = await ask("POST", BASE, json=body(**changes))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def token_of(stand: Stand, client_id: str) -> str:
    """A token as Keycloak gives it to a client that knows its secret."""
    return stand.issuer.sign(
        stand.issuer.access_claims(azp=client_id, client_id=client_id)
    )


@pytest.fixture
def call(stand: Stand, http: httpx.AsyncClient) -> Call:
    """Ask as a client of an id."""

    async def asks(
        client_id: str, path: str, method: str = "GET", **rest: Any
    ) -> httpx.Response:
        held = {"authorization": f"Bearer {token_of(stand, client_id)}"}
        return await http.request(method, stand.url + path, headers=held, **rest)

    return asks


def slug(answer: httpx.Response) -> str:
    return str(answer.json()["type"]).rpartition("#")[2]
