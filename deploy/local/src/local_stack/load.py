"""The county's kit and tickets are posted through the public API, each exactly once."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

import httpx
import stamina

from local_stack import signins
from local_stack.county import generator
from local_stack.county.model import Asset, Ticket
from local_stack.place import Place
from local_stack.refusal import StackRefused

AT_ONCE = 6
# Answers that say: later. 404 among them, until a new school reached the service.
LATER = frozenset({404, 425, 429, 500, 502, 503, 504})
PATIENCE_SECONDS = 120
PROGRESS_STEP = 50


class NotYet(Exception):
    """The service cannot take it at this moment."""


@dataclass
class Loader:
    """One run of loading: a client, its token, and what was loaded before."""

    client: httpx.AsyncClient
    credentials: dict[str, str]
    journal: Path
    ids: dict[str, str]
    token: str = ""
    gate: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def post(self, path: str, key: str, body: dict[str, Any]) -> None:
        """Post one thing unless an earlier run did, waiting while it is too early."""
        if key in self.ids:
            return
        async with self.gate:
            self.ids[key] = await self._patiently(path, key, body)
        with self.journal.open("a", encoding="utf-8") as file:
            file.write(json.dumps([key, self.ids[key]]) + "\n")

    async def _patiently(self, path: str, key: str, body: dict[str, Any]) -> str:
        async for attempt in stamina.retry_context(
            on=(NotYet, httpx.TransportError),
            attempts=None,
            timeout=PATIENCE_SECONDS,
            wait_initial=0.2,
            wait_max=3,
        ):
            with attempt:
                return await self._once(path, key, body)
        raise NotYet(path)

    async def _once(self, path: str, key: str, body: dict[str, Any]) -> str:
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": key}
        answer = await self.client.post(path, json=body, headers=headers)
        if answer.status_code == HTTPStatus.UNAUTHORIZED:
            self.token = await fetch_token(self.client, self.credentials)
            raise NotYet(path)
        if answer.status_code in LATER:
            msg = f"{path}: {answer.status_code} {answer.text[:300]}"
            raise NotYet(msg)
        if answer.status_code != HTTPStatus.CREATED:
            msg = f"{path} refused {body}: {answer.status_code} {answer.text[:500]}"
            raise StackRefused(msg)
        return answer.headers["Location"].rsplit("/", 1)[-1]


async def fetch_token(client: httpx.AsyncClient, credentials: dict[str, str]) -> str:
    """Return a fresh token of the demonstration's API client."""
    answer = await client.post(
        credentials["token_url"],
        data={"grant_type": "client_credentials"},
        auth=(credentials["client_id"], credentials["client_secret"]),
    )
    answer.raise_for_status()
    return str(answer.json()["access_token"])


async def load(place: Place, say: Callable[[str], None]) -> None:
    """Post every asset, then every ticket; what is there already is passed over."""
    county = generator.make_county()
    credentials = signins.read(place)["clients"][generator.RBC_CLIENT]
    journal = place.run_dir / "county.journal"
    limits = httpx.Limits(max_connections=AT_ONCE + 2)
    async with httpx.AsyncClient(
        base_url=place.public_url, limits=limits, timeout=30
    ) as client:
        token = await fetch_token(client, credentials)
        loader = Loader(client, credentials, journal, read_journal(journal), token)
        # The first asset alone waits for the schools to arrive, not all in a crowd.
        await _asset(loader, county.assets[0])
        await _all((_asset(loader, one) for one in county.assets), "assets", say)
        keys = {(one.school_urn, one.tag): one.key for one in county.assets}
        posts = (_ticket(loader, one, keys) for one in county.tickets)
        await _all(posts, "tickets", say)


def read_journal(journal: Path) -> dict[str, str]:
    """Return what earlier runs loaded; a line broken off by a kill does not count."""
    if not journal.exists():
        return {}
    lines = journal.read_text(encoding="utf-8").split("\n")
    return dict(json.loads(line) for line in lines[:-1] if line.endswith("]"))


async def _all(
    posts: Iterable[Awaitable[None]], what: str, say: Callable[[str], None]
) -> None:
    waiting = list(posts)
    for number, post in enumerate(asyncio.as_completed(waiting), start=1):
        await post
        if number % PROGRESS_STEP == 0 or number == len(waiting):
            say(f"county: {number} of {len(waiting)} {what}")


async def _asset(loader: Loader, asset: Asset) -> None:
    await loader.post("/api/inventory/v1/assets", asset.key, asdict(asset))


async def _ticket(
    loader: Loader, ticket: Ticket, keys: dict[tuple[int, str], str]
) -> None:
    body = asdict(ticket)
    tag = body.pop("asset_tag")
    del body["number"]
    body["asset_id"] = None if tag is None else loader.ids[keys[ticket.school_urn, tag]]
    await loader.post("/api/servicedesk/v1/tickets", ticket.key, body)
