"""The county's kit and tickets go through the public API in bulk, each exactly once."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import uuid5

import httpx
import stamina

from local_stack import signins
from local_stack.county import bodies, generator
from local_stack.county.model import NAMESPACE, Asset
from local_stack.place import Place
from local_stack.refusal import StackRefused

ASSETS = "/api/inventory/v1/assets/bulk"
SOFTWARE = "/api/inventory/v1/software/bulk"
TICKETS = "/api/servicedesk/v1/tickets/bulk"
AT_ONCE = 2
ITEMS, BYTES = 500, 900_000
# Answers that say: later. 404 among them, until a new school reached the service.
LATER = frozenset({404, 425, 429, 500, 502, 503, 504})
PATIENCE_SECONDS = 180

Json = dict[str, Any]
Say = Callable[[str], None]


class NotYet(Exception):
    """The service cannot take it at this moment."""


@dataclass
class Loader:
    """One run of loading: a client, its token, and what was loaded before."""

    client: httpx.AsyncClient
    credentials: dict[str, str]
    journal: Path
    answers: dict[str, list[Json]]
    token: str = ""
    gate: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def post(self, path: str, items: Sequence[Json]) -> list[Json]:
        """Post items unless an earlier run did, waiting while it is too early."""
        body = json.dumps({"items": items}).encode()
        # The key follows from what is sent: a run after a kill sends the same again.
        key = str(uuid5(NAMESPACE, f"{path} {body.decode()}"))
        if key not in self.answers:
            async with self.gate:
                self.answers[key] = await self._patiently(path, key, body)
            with self.journal.open("a", encoding="utf-8") as file:
                file.write(json.dumps([key, self.answers[key]]) + "\n")
        return self.answers[key]

    async def _patiently(self, path: str, key: str, body: bytes) -> list[Json]:
        async for attempt in stamina.retry_context(
            on=(NotYet, httpx.TransportError),
            attempts=None,
            timeout=PATIENCE_SECONDS,
            wait_initial=0.3,
            wait_max=2,
        ):
            with attempt:
                return await self._once(path, key, body)
        raise NotYet(path)

    async def _once(self, path: str, key: str, body: bytes) -> list[Json]:
        headers = {"Idempotency-Key": key, "Content-Type": "application/json"}
        answer = await self.ask("POST", path, headers=headers, content=body)
        if answer.status_code in LATER or _is_early(answer):
            msg = f"{path}: {answer.status_code} {answer.text[:300]}"
            raise NotYet(msg)
        if answer.status_code != HTTPStatus.CREATED:
            msg = f"{path} was refused: {answer.status_code} {answer.text[:500]}"
            raise StackRefused(msg)
        found: list[Json] = answer.json().get("items", [])
        return found

    async def ask(
        self,
        method: str,
        path: str,
        *,
        headers: dict[str, str] | None = None,
        **rest: Any,
    ) -> httpx.Response:
        """Ask with a token, a fresh one where the old has run out."""
        sent = {"Authorization": f"Bearer {self.token}", **(headers or {})}
        answer = await self.client.request(method, path, headers=sent, **rest)
        if answer.status_code == HTTPStatus.UNAUTHORIZED:
            self.token = await fetch_token(self.client, self.credentials)
            raise NotYet(path)
        return answer


def _is_early(answer: httpx.Response) -> bool:
    """Kit has not reached the service desk yet."""
    problem = answer.headers.get("content-type", "").endswith("problem+json")
    return problem and answer.json()["type"].endswith("#asset-unknown")


async def fetch_token(client: httpx.AsyncClient, credentials: dict[str, str]) -> str:
    """Return a fresh token of the demonstration's API client."""
    answer = await client.post(
        credentials["token_url"],
        data={"grant_type": "client_credentials"},
        auth=(credentials["client_id"], credentials["client_secret"]),
    )
    answer.raise_for_status()
    return str(answer.json()["access_token"])


async def load(place: Place, say: Say) -> None:
    """Post kit, tickets and software; what is there already is passed over."""
    began = time.monotonic()
    county = generator.make_county(place.county)
    stock = generator.make_stock(county)
    assets = [asset for kit in stock.values() for asset in kit]
    tickets = generator.make_tickets(county, stock)
    say(f"county: made in {time.monotonic() - began:.1f} s")
    credentials = signins.read(place)["clients"][generator.RBC_CLIENT]
    journal = place.run_dir / "county.journal"
    async with httpx.AsyncClient(base_url=place.public_url, timeout=60) as client:
        token = await fetch_token(client, credentials)
        loader = Loader(client, credentials, journal, read_journal(journal), token)
        ids = await _assets(loader, assets, say)
        people = bodies.subjects(county)
        told = [bodies.ticket(ticket, ids, people) for ticket in tickets]
        await _all(loader, TICKETS, told, "tickets", say)
        told = [item for one in assets if (item := bodies.software(one, ids))]
        await _all(loader, SOFTWARE, told, "devices with their software", say)
        await _arrived(loader, bodies.expected(county, assets, tickets), say)
    say(f"county: loaded in {time.monotonic() - began:.1f} s")


def read_journal(journal: Path) -> dict[str, list[Json]]:
    """Return what earlier runs loaded; a line broken off by a kill does not count."""
    if not journal.exists():
        return {}
    lines = journal.read_text(encoding="utf-8").split("\n")
    return dict(json.loads(line) for line in lines[:-1] if line.endswith("]"))


async def _assets(
    loader: Loader, assets: Sequence[Asset], say: Say
) -> dict[tuple[int, str], str]:
    """Post kit; return the id of each by its school and tag."""
    items = [bodies.asset(asset) for asset in assets]
    # The first batch alone waits for the schools to arrive, not all in a crowd.
    await loader.post(ASSETS, next(batches(items)))
    made = await _all(loader, ASSETS, items, "assets", say)
    return {(one["school_urn"], one["tag"]): one["asset_id"] for one in made}


async def _all(
    loader: Loader, path: str, items: Sequence[Json], what: str, say: Say
) -> list[Json]:
    """Post all items in batches; return the answers in their order."""
    began, done = time.monotonic(), 0

    async def post(batch: Sequence[Json]) -> list[Json]:
        nonlocal done
        answers = await loader.post(path, batch)
        done += len(batch)
        say(f"county: {done:,} of {len(items):,} {what}")
        return answers

    answers = await asyncio.gather(*(post(batch) for batch in batches(items)))
    seconds = max(time.monotonic() - began, 0.001)
    say(f"county: {what} in {seconds:.1f} s, {len(items) / seconds:,.0f} a second")
    return [item for answer in answers for item in answer]


def batches(items: Sequence[Json]) -> Iterator[list[Json]]:
    """Cut items into requests that the services take."""
    batch: list[Json] = []
    size = 0
    for item in items:
        length = len(json.dumps(item)) + 2
        if batch and (len(batch) == ITEMS or size + length > BYTES):
            yield batch
            batch, size = [], 0
        batch.append(item)
        size += length
    if batch:
        yield batch


async def _arrived(
    loader: Loader, expected: dict[str, tuple[int, int]], say: Say
) -> None:
    """Wait until the comparison of each LA, which events feed, tells of everything."""
    say("county: on its way into the comparison")
    try:
        async for attempt in stamina.retry_context(
            on=(NotYet, httpx.TransportError),
            attempts=None,
            timeout=PATIENCE_SECONDS,
            wait_initial=0.5,
            wait_max=2,
        ):
            with attempt:
                for la_code, wanted in expected.items():
                    await _require_compared(loader, la_code, wanted)
    except NotYet as late:
        # Somebody may have changed something meanwhile: that is no fault of loading.
        say(f"county: the comparison differs from what was loaded: {late}")


async def _require_compared(
    loader: Loader, la_code: str, wanted: tuple[int, int]
) -> None:
    """See that an LA's comparison tells of so many devices and open tickets.

    Raises:
        NotYet: it does not.
    """
    path = "/api/strategy/v1/benchmarks"
    answer = await loader.ask("GET", path, params={"la_code": la_code})
    if answer.status_code != HTTPStatus.OK:
        raise NotYet(answer.text[:300])
    schools: list[Json] = answer.json()["schools"]
    found = tuple(
        sum(int(school[name]) for school in schools)
        for name in ("devices", "open_tickets")
    )
    if found != wanted:
        msg = f"LA {la_code} has {found} of {wanted} devices and open tickets"
        raise NotYet(msg)
