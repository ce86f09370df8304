"""One quota for all the processes of the gateway; who is at it holds up nobody."""

import asyncio
import re
from collections.abc import AsyncGenerator
from typing import Any

import httpx
import pytest

from chassis.db import Database
from chassis.embedded import child
from gateway.app import create_app
from gateway.limits.model import QuotaExceeded
from gateway.limits.service import Limits
from gateway.proxy import guard
from tests.gateway.clients.conftest import (
    BASE,
    KIT,
    SCHOOLS,
    Ask,
    Call,
    made,
    slug,
    token_of,
)
from tests.gateway.conftest import Stand, serving

NOW = 1_790_000_040.0


@pytest.fixture
async def database(stand: Stand) -> AsyncGenerator[Database]:
    found = Database(stand.database.app, 4, "limits")
    await found.open()
    yield found
    await found.close()


async def used(
    limits: Limits, db: Database, times: int, quota: int, who: str = "client:one"
) -> int:
    """Ask many times at once; say how often it was allowed."""

    async def once() -> bool:
        try:
            await limits.use(db, who, "api-none", quota)
        except QuotaExceeded:
            return False
        return True

    return sum(await asyncio.gather(*(once() for _ in range(times))))


@pytest.mark.parametrize("quota", [1, 7, 60, 600])
async def test_two_processes_give_out_one_quota(database: Database, quota: int) -> None:
    one, other = Limits(lambda: NOW), Limits(lambda: NOW)

    allowed = await asyncio.gather(
        used(one, database, quota, quota), used(other, database, quota, quota)
    )

    # What one has taken and not used at the end is a twentieth at most.
    assert quota - quota // 20 <= sum(allowed) <= quota
    rest = await used(one, database, quota, quota)
    rest += await used(other, database, quota, quota)
    assert sum(allowed) + rest == quota


async def test_a_busy_client_asks_the_database_seldom(
    database: Database, asked: Any
) -> None:
    limits = Limits(lambda: NOW)
    before = _written(asked)

    assert await used(limits, database, 600, 600) == 600

    assert _written(asked) - before < 40


def _written(asked: Any) -> int:
    """How often the row of a quota was written: its every write is a new version."""
    rows = asked(
        "SELECT pg_stat_force_next_flush(),"
        " (SELECT coalesce(sum(n_tup_ins + n_tup_upd), 0)::int"
        " FROM pg_stat_user_tables WHERE relname = 'api_quota')"
    )
    count: int = rows[0][1]
    return count


async def test_the_next_minute_begins_anew(database: Database) -> None:
    now = [NOW]
    limits = Limits(lambda: now[0])
    assert await used(limits, database, 9, 5) == 5

    now[0] += 60

    assert await used(limits, database, 9, 5) == 5


async def test_a_clock_that_is_behind_gives_no_minute_twice(database: Database) -> None:
    ahead, behind = Limits(lambda: NOW + 60), Limits(lambda: NOW)

    allowed = await used(ahead, database, 5, 5)
    allowed += await used(behind, database, 5, 5)

    assert allowed == 5


async def test_a_quota_that_is_raised_or_lowered_holds_at_once(
    database: Database,
) -> None:
    limits = Limits(lambda: NOW)
    assert await used(limits, database, 9, 5) == 5
    assert await used(limits, database, 9, 8) == 3

    assert await used(limits, database, 9, 4) == 0


async def test_every_answer_says_what_is_left(manager: Ask, call: Call) -> None:
    client = (await made(manager, requests_per_minute=60))["fresh"]["client_id"]

    for path, status in ((SCHOOLS, 200), (KIT, 200), (f"{SCHOOLS}/150001", 404)):
        answer = await call(client, path)
        assert answer.status_code == status
        assert answer.headers["ratelimit-policy"] == '"minute";q=60;w=60'
        told = re.fullmatch(r'"minute";r=(\d+);t=(\d+)', answer.headers["ratelimit"])
        assert told is not None
        assert 57 <= int(told[1]) <= 59
        assert 1 <= int(told[2]) <= 60


async def test_people_are_told_of_no_limit(manager: Ask) -> None:
    answer = await manager("GET", SCHOOLS)

    assert answer.status_code == 200
    assert "ratelimit" not in answer.headers


async def test_a_client_at_its_limit_is_told_when_and_holds_up_nobody(
    stand: Stand, manager: Ask, call: Call, http: httpx.AsyncClient
) -> None:
    port = child.free_port()
    second = create_app(stand.settings.model_copy(update={"port": port}))
    protocol = guard.guarded(guard.HEADER_SECONDS, guard.PER_ADDRESS)
    client = (await made(manager, requests_per_minute=5))["fresh"]["client_id"]
    other = (await made(manager, name="Other"))["fresh"]["client_id"]
    held = {"authorization": f"Bearer {token_of(stand, client)}"}
    async with serving(second, port, protocol):
        urls = [stand.url, f"http://127.0.0.1:{port}"] * 12
        answers = [await http.get(url + SCHOOLS, headers=held) for url in urls]

    # Two minutes at most were begun meanwhile.
    allowed = [each for each in answers if each.status_code == 200]
    refused = [each for each in answers if each.status_code == 429]
    assert len(allowed) + len(refused) == len(answers)
    assert 5 <= len(allowed) <= 10
    for each in refused:
        assert slug(each) == "quota-exceeded"
        assert each.json()["quota"] == 5
        assert 1 <= int(each.headers["retry-after"]) <= 60
        assert each.headers["ratelimit"].startswith('"minute";r=0;t=')
    assert (await call(other, SCHOOLS)).status_code == 200


async def test_use_is_noted(manager: Ask, call: Call) -> None:
    client = await made(manager)
    assert client["last_used_at"] is None

    await call(client["fresh"]["client_id"], SCHOOLS)

    found = (await manager("GET", f"{BASE}/{client['api_client_id']}")).json()
    assert found["last_used_at"] is not None
    assert found["credentials"][0]["last_used_at"] == found["last_used_at"]


async def test_the_document_tells_of_the_limit(
    stand: Stand, http: httpx.AsyncClient
) -> None:
    document = (await http.get(f"{stand.url}/openapi.json")).json()

    for item in document["paths"].values():
        for operation in item.values():
            assert operation["responses"]["429"] == {
                "$ref": "#/components/responses/QuotaExceeded"
            }
    assert document["components"]["headers"].keys() >= {"RateLimit", "RateLimit-Policy"}
