"""Two thousand people from a file to their accounts and mails; then all compared.

The limit is what Keycloak does by itself: accounts made one request each, as many at a
time, in turns with ours. Ours finds out that there is none, makes it, gives roles and
memberships, and has the invitation sent, each a request of its own.
"""

import asyncio
import re
import time
from collections.abc import Callable
from contextlib import closing
from uuid import uuid4

import httpx
import psycopg

from gateway.provisioning import accounts
from local_stack import keycloak_server, services
from local_stack.place import REALM
from tests import stack as stacks
from tests.bench import figures
from tests.bench.figures import Figure, Limit

ROUNDS, IN_ROUND, SYNCS = 4, 500, 3
PEOPLE = "/api/directory/v1/people"
_WAIT_SECONDS = 900.0
_DONE = """
SELECT count(*) = %s FROM person AS p JOIN person_provisioning AS d USING (person_id)
WHERE p.email LIKE %s AND d.done_version = d.wanted_version
    AND d.invitation_sent_at IS NOT NULL AND p.subject IS NOT NULL
"""


def measure(stack: stacks.Stack, say: Callable[[str], None]) -> list[Figure]:
    """Make bare accounts and bring people in, in turns; then compare all of them."""
    bare: list[float] = []
    ours: list[float] = []
    with closing(_manager(stack)) as manager:
        urns = _urns(stack, manager)
        for number in range(ROUNDS):
            bare.append(asyncio.run(_bare(stack)))
            ours.append(_brought(stack, manager, urns))
            say(f"people: round {number + 1} of {ROUNDS}, load {figures.load()}")
    syncs = [_synced(stack) for _ in range(SYNCS)]
    count = ROUNDS * IN_ROUND
    limit = Limit("bare accounts made at Keycloak", "accounts/s", bare)
    took = sum(IN_ROUND / rate for rate in ours)
    return [
        figures.ratio("people brought to Keycloak", ours, limit),
        figures.of_rounds("people brought to Keycloak", ours, "people/s"),
        figures.of_rounds(f"{count:,} people brought to Keycloak", [took], "s"),
        figures.of_rounds("people sync, where nothing differs", syncs, "s"),
    ]


def _manager(stack: stacks.Stack) -> httpx.Client:
    client = stack.signed_in("la-manager")
    shown = client.get("/people/new").text
    [token] = set(re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', shown))
    client.headers["x-csrf-token"] = token
    return client


def _urns(stack: stacks.Stack, manager: httpx.Client) -> list[int]:
    asked = {"la_code": stack.signins["la-manager"]["la_code"], "limit": 100}
    listed = manager.get("/api/directory/v1/schools", params=asked).json()
    return [school["urn"] for school in listed["items"]]


def _brought(stack: stacks.Stack, manager: httpx.Client, urns: list[int]) -> float:
    """Bring people in by a file, and await the last mail; say how many a second."""
    domain = f"{uuid4().hex[:8]}.joinedup.example"
    lines = ["Name,E-mail,Role,URN"]
    lines += [
        f"Person Number{n},p{n}@{domain},staff,{urns[n % len(urns)]}"
        for n in range(IN_ROUND)
    ]
    manager.post(
        f"{PEOPLE}/imports",
        params={"dry_run": "false"},
        content="\r\n".join(lines),
        headers={"content-type": "text/csv"},
    ).raise_for_status()
    began = time.perf_counter()
    dsn = services.cluster(stack.place).dsn("gateway")
    with psycopg.connect(dsn, autocommit=True) as admin:

        def is_done() -> bool:
            found = admin.execute(_DONE, [IN_ROUND, f"%@{domain}"])
            return found.fetchone() == (True,)

        stacks.eventually(is_done, _WAIT_SECONDS)
    return IN_ROUND / (time.perf_counter() - began)


async def _bare(stack: stacks.Stack) -> float:
    """Make accounts, as many at a time as ours; say how many a second, delete them."""
    where = f"{stack.place.keycloak_url}/admin/realms/{REALM}/users"
    gate = asyncio.Semaphore(accounts.AT_ONCE)
    async with httpx.AsyncClient(timeout=60) as client:

        async def make(number: int) -> str:
            name = f"bare{number}-{uuid4().hex[:8]}"
            user = {
                "username": name,
                "email": f"{name}@joinedup.example",
                "firstName": "Bare",
                "lastName": f"Number{number}",
                "enabled": True,
            }
            async with gate:
                answer = await client.post(where, json=user)
            return answer.raise_for_status().headers["location"]

        async def delete(made: str) -> None:
            async with gate:
                (await client.delete(made)).raise_for_status()

        await _let_in(stack, client)
        began = time.perf_counter()
        made = await asyncio.gather(*map(make, range(IN_ROUND)))
        rate = IN_ROUND / (time.perf_counter() - began)
        await _let_in(stack, client)
        await asyncio.gather(*map(delete, made))
        return rate


async def _let_in(stack: stacks.Stack, client: httpx.AsyncClient) -> None:
    answer = await client.post(
        f"{stack.place.keycloak_url}/realms/master/protocol/openid-connect/token",
        data={
            "grant_type": "client_credentials",
            "client_id": keycloak_server.ADMIN_CLIENT,
            "client_secret": keycloak_server.admin_secret(stack.place),
        },
    )
    token = answer.raise_for_status().json()["access_token"]
    client.headers["authorization"] = f"Bearer {token}"


def _synced(stack: stacks.Stack) -> float:
    began = time.perf_counter()
    said = stack.run("people", "sync").stdout
    took = time.perf_counter() - began
    assert "Nothing differs." in said, said
    return took
