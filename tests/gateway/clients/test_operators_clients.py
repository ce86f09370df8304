"""The operator's clients: made by the document, bounded as those of LAs are."""

import json
import re
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest
from pydantic import ValidationError

from chassis.embedded import child
from gateway.app import create_app
from gateway.directory import loading
from tests.gateway.clients.conftest import KIT, SCHOOLS, Call, token_of
from tests.gateway.conftest import Stand, serving
from tests.gateway.world import document_text

Load = Callable[..., Awaitable[str]]


@pytest.fixture
async def load(stand: Stand) -> AsyncGenerator[Load]:
    """Load a client of the operator's, another each time: rights are kept a while."""
    client_id = f"rbc-{uuid4()}"
    held = {"client_id": client_id, "role": "rbc-system", "region_code": "E12000004"}

    async def loaded(**told: Any) -> str:
        document = document_text(
            clients=[{"client_id": client_id, "name": "The region's system", **told}],
            assignments=[held | {"from": "2024-09-01"}],
        )
        await loading.load_from_text(stand.database.app, document)
        return client_id

    yield loaded
    with psycopg.connect(stand.database.admin, autocommit=True) as admin:
        principal = [f"client:{client_id}"]
        admin.execute("DELETE FROM assignment WHERE principal = %s", principal)
        admin.execute("DELETE FROM client WHERE client_id = %s", [client_id])


async def test_it_has_the_usual_limit_and_is_told_so(load: Load, call: Call) -> None:
    answer = await call(await load(), SCHOOLS)

    assert answer.status_code == 200
    assert answer.headers["ratelimit-policy"] == '"minute";q=600;w=60'
    assert re.fullmatch(r'"minute";r=59\d;t=\d+', answer.headers["ratelimit"])
    # Where it works its assignment says: in the whole region.
    assert {each["la_code"] for each in answer.json()["items"]} == {"940", "941"}


async def test_all_processes_give_out_one_quota(
    stand: Stand, load: Load, http: httpx.AsyncClient
) -> None:
    client_id = await load(requests_per_minute=5)
    port = child.free_port()
    second = create_app(stand.settings.model_copy(update={"port": port}))
    held = {"authorization": f"Bearer {token_of(stand, client_id)}"}
    async with serving(second, port):
        urls = [stand.url, f"http://127.0.0.1:{port}"] * 12
        answers = [await http.get(url + SCHOOLS, headers=held) for url in urls]

    statuses = [each.status_code for each in answers]
    # Two minutes at most were begun meanwhile.
    assert 5 <= statuses.count(200) <= 10
    assert statuses.count(200) + statuses.count(429) == len(statuses)
    refused = next(each for each in answers if each.status_code == 429)
    assert refused.json()["quota"] == 5
    assert int(refused.headers["retry-after"]) <= 60


@pytest.mark.parametrize(
    ("told", "slug"),
    [
        # It comes as far as the file, of which there is none.
        ({}, "file-empty"),
        ({"scopes": ["directory:write"]}, "file-empty"),
        ({"scopes": ["directory:read"]}, "scope-missing"),
    ],
    ids=json.dumps,
)
async def test_it_sends_the_register_unless_the_document_says_otherwise(
    load: Load, call: Call, told: dict[str, Any], slug: str
) -> None:
    where = "/api/directory/v1/schools/imports?name=x.csv"

    answer = await call(await load(**told), where, "POST")

    assert answer.json()["type"].endswith(f"#{slug}"), answer.text


async def test_it_does_what_its_scopes_hold(load: Load, call: Call) -> None:
    client_id = await load(scopes=["directory:read"])

    reads, refused = await call(client_id, SCHOOLS), await call(client_id, KIT)

    assert reads.status_code == 200
    assert refused.status_code == 403
    assert refused.json()["scope"] == "inventory:read"


@pytest.mark.parametrize(
    "told",
    [
        {"scopes": []},
        {"scopes": ["everything"]},
        {"requests_per_minute": 0},
        {"requests_per_minute": 6001},
        {"requests_per_minute": None},
    ],
    ids=json.dumps,
)
async def test_a_document_gives_it_no_more_than_an_la_might(
    load: Load, told: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        await load(**told)
