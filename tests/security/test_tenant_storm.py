"""Mixed tenants over few connections, with cancels and errors: nobody's rows leak."""

import asyncio
import os
import random
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest
from asgi_lifespan import LifespanManager

from chassis.auth import Actor
from chassis.settings import ServiceSettings
from chassis.testing.databases import ServiceDatabase
from chassis.testing.identities import Signing, at_la, at_school
from inventory.app import create_app

REQUESTS = int(os.environ.get("JOINEDUP_STORM_REQUESTS", "8000"))
AT_A_TIME = 24
CONNECTIONS = 4
ASSETS_EACH = 5


@dataclass(frozen=True, slots=True)
class Tenant:
    """A caller, the schools whose words they may read, and a school of their own."""

    actor: Actor
    may_see: frozenset[int]
    urn: int


@dataclass(slots=True)
class Tally:
    """What came of it all."""

    answered: int = 0
    cancelled: int = 0
    refused: int = 0
    leaks: list[str] = field(default_factory=list[str])


SCHOOLS = {900100 + n: (uuid4(), "940" if n < 6 else "941") for n in range(12)}


def tenants() -> list[Tenant]:
    technicians = [
        Tenant(at_school("school-technician", school_id), frozenset({urn}), urn)
        for urn, (school_id, _) in SCHOOLS.items()
    ]
    managers = [
        Tenant(at_la("la-manager", la), frozenset(urns), min(urns))
        for la in ("940", "941")
        if (urns := {u for u, (_, at) in SCHOOLS.items() if at == la})
    ]
    staff = Tenant(at_school("staff", SCHOOLS[900100][0]), frozenset(), 900100)
    return [
        *technicians,
        *managers,
        staff,
        Tenant(Actor("x", "person"), frozenset(), 900100),
    ]


def request(
    client: httpx.AsyncClient, rng: random.Random, asset_id: UUID, number: int
) -> httpx.Request:
    """Make one of the calls that a service meets, right or wrong."""
    where = "/api/inventory/v1/assets"
    sent = {"if-match": '"7777"'}
    target = rng.choice(list(SCHOOLS))
    match rng.randrange(8):
        case 0 | 1:
            return client.build_request("GET", f"{where}?limit=200", headers=sent)
        case 2:
            return client.build_request(
                "GET", f"{where}?school={target}&q=mark", headers=sent
            )
        case 3 | 4:
            return client.build_request("GET", f"{where}/{asset_id}", headers=sent)
        case 5:
            return client.build_request(
                "PATCH", f"{where}/{asset_id}", headers=sent, json={"tag": "T0"}
            )
        case 6:
            body = {
                "school_urn": target,
                "tag": rng.choice(["T0", f"N{number}"]),
                "category": "laptop",
                "manufacturer": "M",
                "model": f"mark-{target}",
            }
            return client.build_request("POST", where, headers=sent, json=body)
        case _:
            body = {"school_urn": rng.choice(list(SCHOOLS))}
            return client.build_request(
                "POST", f"{where}/{asset_id}/move", headers=sent, json=body
            )


def judge(
    tally: Tally, tenant: Tenant, asked: httpx.Request, answer: httpx.Response
) -> None:
    tally.answered += 1
    tally.refused += answer.status_code >= 400
    assert answer.status_code < 500 or answer.status_code == 503, answer.text
    foreign = [u for u in SCHOOLS if u not in tenant.may_see]
    tally.leaks += [
        f"{asked.method} {asked.url}: {urn}"
        for urn in foreign
        if f"mark-{urn}" in answer.text
    ]


@pytest.fixture
async def service(
    database_of: Callable[[str], ServiceDatabase], signing: Signing
) -> AsyncGenerator[tuple[httpx.AsyncClient, list[UUID]]]:
    """The service with every school's assets, each bearing its school's mark."""
    rows = database_of("inventory")
    rows.empty()
    with psycopg.connect(rows.admin, autocommit=True) as admin:
        for urn, (school_id, la) in SCHOOLS.items():
            admin.execute(
                "INSERT INTO school VALUES (%s, %s, %s, %s, 1)",
                [school_id, la, urn, f"mark-{urn}"],
            )
            for number in range(ASSETS_EACH):
                admin.execute(
                    "INSERT INTO asset (la_code, school_id, tag, category,"
                    " manufacturer, model) VALUES (%s, %s, %s, 'laptop', 'M', %s)",
                    [la, school_id, f"T{number}", f"mark-{urn}"],
                )
        found = admin.execute("SELECT asset_id FROM asset").fetchall()
    settings = ServiceSettings(
        database_url=rows.app,
        internal_jwks_file=signing.jwks_file,
        pool_size=CONNECTIONS,
    )
    app = create_app(settings)
    async with LifespanManager(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://inventory"
        ) as client:
            yield client, [row[0] for row in found]


@pytest.mark.timeout(900)
async def test_no_answer_holds_another_tenants_mark(
    service: tuple[httpx.AsyncClient, list[UUID]], signing: Signing
) -> None:
    client, assets = service
    rng = random.Random(3)
    everyone = tenants()
    headers = {
        id(tenant): signing.headers(tenant.actor, "inventory") for tenant in everyone
    }
    tally = Tally()

    async def one(number: int) -> None:
        tenant = rng.choice(everyone)
        asked = request(client, rng, rng.choice(assets), number)
        asked.headers.update(headers[id(tenant)])
        sending = asyncio.create_task(client.send(asked))
        if rng.random() < 0.05:
            await asyncio.wait([sending], timeout=rng.random() * 0.01)
            while not sending.done():
                sending.cancel()
                await asyncio.wait([sending], timeout=0.05)
            tally.cancelled += sending.cancelled()
            if sending.cancelled() or sending.exception() is not None:
                return
        judge(tally, tenant, asked, await sending)

    numbers = iter(range(REQUESTS))

    async def caller() -> None:
        for number in numbers:
            await one(number)

    await asyncio.gather(*(caller() for _ in range(AT_A_TIME)))

    assert tally.leaks == []
    assert tally.answered > REQUESTS * 0.9
    assert tally.cancelled > REQUESTS * 0.01
    assert tally.refused > REQUESTS * 0.1
