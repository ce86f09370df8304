"""A manager who looks as others, and people who are as before in every test."""

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Awaitable, Callable
from typing import Any, LiteralString
from uuid import UUID

import httpx
import psycopg
import pytest

from gateway.callers.model import signed
from gateway.sessions.model import hash_of
from tests.gateway.conftest import Stand
from tests.gateway.people.conftest import as_before, asked
from tests.gateway.world import Browser

__all__ = ["as_before", "asked"]

ME = "/api/directory/v1/me"
HTML = {"accept": "text/html"}
Asked = Callable[..., list[tuple[Any, ...]]]
IdOf = Callable[[str], UUID]


class Looker:
    """A browser whose forms carry the token that its pages would hold."""

    def __init__(self, browser: Browser, stand: Stand) -> None:
        self.browser = browser
        self._seal = stand.seal
        self.is_looking = False

    @property
    def cookie(self) -> str:
        return self.browser.cookies["__Host-joinedup"]

    def token(self, *, of_looking: bool) -> str:
        return self._seal.csrf_token(signed(hash_of(self.cookie), of_looking))

    async def ask(
        self, method: str, path: str, headers: dict[str, str] | None = None, **rest: Any
    ) -> httpx.Response:
        sent = {
            "sec-fetch-site": "same-origin",
            "x-csrf-token": self.token(of_looking=self.is_looking),
            **(headers or {}),
        }
        return await self.browser.send(method, path, sent, **rest)

    async def page(self, path: str) -> httpx.Response:
        return await self.ask("GET", path, HTML)

    async def me(self) -> dict[str, Any]:
        answer = await self.ask("GET", ME)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def look_as(self, person_id: UUID) -> httpx.Response:
        answer = await self.ask("POST", f"/people/{person_id}/view", HTML)
        self.is_looking = self.is_looking or answer.status_code == 303
        return answer

    async def stop(self) -> httpx.Response:
        answer = await self.ask("POST", "/viewing/stop", HTML)
        self.is_looking = False
        return answer


SignIn = Callable[[str], Awaitable[Looker]]


@pytest.fixture
def signed_in(stand: Stand, http: httpx.AsyncClient) -> SignIn:
    async def sign_in(name: str) -> Looker:
        browser = Browser(stand.url, http)
        stand.issuer.subject = f"subject-{name}"
        answer = await browser.sign_in()
        assert answer.status_code == 303, answer.text
        return Looker(browser, stand)

    return sign_in


@pytest.fixture
async def manager(signed_in: SignIn) -> Looker:
    return await signed_in("manager")


@pytest.fixture
def id_of(stand: Stand) -> IdOf:
    def find(username: str) -> UUID:
        with psycopg.connect(stand.database.admin) as admin:
            found = admin.execute(
                "SELECT person_id FROM person WHERE username = %s", [username]
            ).fetchone()
        assert found is not None, username
        return UUID(str(found[0]))

    return find


@pytest.fixture
def everything(asked: Asked) -> Callable[[], list[tuple[Any, ...]]]:
    """Read what came into the audit since: who, what, on what, whose, and how."""
    [(last,)] = asked("SELECT max(entry_id::text) FROM audit_entry")
    since: LiteralString = (
        "SELECT p.username, e.action, e.target_id, e.la_code, e.outcome,"
        " e.details::jsonb -> 'after' FROM audit_entry AS e"
        " LEFT JOIN person AS p ON p.person_id::text = e.principal"
        " WHERE e.entry_id::text > %s ORDER BY e.entry_id"
    )
    return lambda: asked(since, last or "")


@pytest.fixture
def records(
    everything: Callable[[], list[tuple[Any, ...]]],
) -> Callable[[], list[tuple[Any, ...]]]:
    """Read what this test left there, but for what is counted and written later.

    Of that, other tests' may come now as well.
    """
    later = ("access.", "sign-in.")
    return lambda: [entry for entry in everything() if not entry[1].startswith(later)]


def token_of(sent: dict[str, Any]) -> dict[str, Any]:
    """Read the claims of the internal token that a service was sent."""
    [bearer] = [value for name, value in sent["headers"] if name == "authorization"]
    body = bearer.split(" ")[1].split(".")[1]
    found: dict[str, Any] = json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return found


def slug(answer: httpx.Response) -> str:
    return str(answer.json()["type"]).rpartition("#")[2]


def main_of(page: str) -> str:
    """The page within its frame, without the tokens of its forms."""
    main = page.partition("<main")[2].partition("</main>")[0]
    return re.sub(r'name="csrf_token" value="[^"]*"', "", main)
