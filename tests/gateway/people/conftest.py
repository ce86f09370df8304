"""People who come and go: whatever a test does to them, the next finds the document."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any, LiteralString

import httpx
import psycopg
import pytest

from gateway.directory import loading
from tests.gateway.conftest import Stand
from tests.gateway.world import document_text

BASE = "/api/directory/v1/people"
Ask = Callable[..., Awaitable[httpx.Response]]
Joined = Callable[..., Awaitable[Ask]]
Asked = Callable[..., list[tuple[Any, ...]]]

CLEAN: tuple[LiteralString, ...] = (
    "DELETE FROM assignment",
    "DELETE FROM session",
    "DELETE FROM idempotency_key",
    "DELETE FROM person_provisioning",
    "DELETE FROM person",
)


@pytest.fixture(autouse=True)
async def as_before(stand: Stand) -> AsyncGenerator[None]:
    """Everybody is as the document has them, before the test and after it."""
    await _reload(stand)
    yield
    await _reload(stand)


async def _reload(stand: Stand) -> None:
    with psycopg.connect(stand.database.admin, autocommit=True) as admin:
        for statement in CLEAN:
            admin.execute(statement)
    await loading.load_from_text(stand.database.app, document_text())


@pytest.fixture
def asked(stand: Stand) -> Asked:
    """Ask the database as a superuser."""

    def ask(statement: LiteralString, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(stand.database.admin, autocommit=True) as admin:
            found = admin.execute(statement, values)
            return found.fetchall() if found.description else []

    return ask


@pytest.fixture
async def manager(as_someone: Any) -> Ask:
    ask: Ask = await as_someone("manager")
    return ask


def at(place: int | str, role: str, **days: Any) -> dict[str, Any]:
    """A role at a school or LA, as it is posted."""
    where = {"school_urn": place} if isinstance(place, int) else {"la_code": place}
    return {"role": role, **where, **days}


def body(name: str, *roles: dict[str, Any]) -> dict[str, Any]:
    return {
        "display_name": name.title(),
        "email": f"{name}@example.org",
        "assignments": list(roles),
    }


async def invited(ask: Ask, name: str, *roles: dict[str, Any]) -> dict[str, Any]:
    answer = await ask("POST", BASE, json=body(name, *roles))
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


@pytest.fixture
def joined(manager: Ask, as_someone: Any, asked: Asked) -> Joined:
    """Invite somebody into LA 940 and sign them in."""

    async def join(name: str, *roles: dict[str, Any]) -> Ask:
        made = await invited(manager, name, *roles)
        asked(
            "UPDATE person SET subject = %s WHERE person_id = %s",
            f"subject-{name}",
            made["person_id"],
        )
        ask: Ask = await as_someone(name)
        return ask

    return join


async def person_of(ask: Ask, name: str) -> dict[str, Any]:
    """Read somebody by name as another sees them."""
    found = (await ask("GET", BASE, params={"q": name})).json()["items"]
    assert len(found) == 1, found
    one: dict[str, Any] = found[0]
    return one


def standing(person: dict[str, Any]) -> set[tuple[str, Any]]:
    """The roles that somebody holds, with their places."""
    return {
        (each["role"], each["school_urn"] or each["la_code"])
        for each in person["assignments"]
        if each["standing"] != "past"
    }


def slug(answer: httpx.Response) -> str:
    return str(answer.json()["type"]).rpartition("#")[2]
