"""Whatever goes wrong is answered with a problem that tells what helps, and no more."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator

import httpx
import pytest
from fastapi import APIRouter
from structlog.testing import capture_logs

from chassis import errors, http, problems
from chassis.conditional import ExpectedVersion
from chassis.settings import ServiceSettings
from chassis.testing.identities import Signing
from chassis.wire import Body, Line

LIMIT = 1000
SECRET = "postgresql://app:hunter2@inside/db"


class Note(Body):
    """What is posted."""

    text: Line


class Gone(errors.NotFound):
    """A refusal of this feature's own."""

    slug = "note-gone"
    title = "There is no such note"


def router() -> APIRouter:
    made = APIRouter(prefix="/notes")

    @made.get("")
    async def list_notes() -> list[str]:
        return []

    @made.get("/{number}")
    async def get_note(number: int) -> None:
        raise Gone(number=number)

    @made.post("")
    async def add_note(note: Note) -> str:
        return note.text

    @made.patch("/{number}")
    async def change_note(number: int, version: ExpectedVersion, note: Note) -> int:
        return number + version + len(note.text)

    @made.put("/{number}")
    async def fail(number: int) -> None:
        raise RuntimeError(f"{SECRET} {number}")

    @made.delete("/{number}")
    async def be_away(number: int) -> None:
        raise errors.Unavailable(f"Note {number} is away")

    return made


@pytest.fixture
async def client(signing: Signing) -> AsyncGenerator[httpx.AsyncClient]:
    settings = ServiceSettings(
        database_url="", internal_jwks_file=signing.jwks_file, body_limit=LIMIT
    )
    app = http.create_app("notes", settings, [router()], description="Notes.")
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://n") as made:
        yield made


def problem_of(answer: httpx.Response, status: int, slug: str) -> dict[str, object]:
    """Read a problem that has every member, and is the one expected."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == problems.MEDIA_TYPE
    said: dict[str, object] = answer.json()
    assert said["type"] == problems.DOCS + slug
    assert said["status"] == status
    assert said["title"]
    assert said["detail"]
    assert said["instance"] == answer.request.url.path
    assert len(str(said["trace_id"])) == 32
    return said


async def test_a_refusal_is_told_with_its_own_words(client: httpx.AsyncClient) -> None:
    said = problem_of(await client.get("/notes/7"), 404, "note-gone")

    assert (said["title"], said["number"]) == (Gone.title, 7)


async def test_an_address_that_is_not_there(client: httpx.AsyncClient) -> None:
    problem_of(await client.get("/nowhere"), 404, "not-found")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/notes", "GET, POST"),
        ("OPTIONS", "/notes", "GET, POST"),
        ("POST", "/notes/1", "DELETE, GET, PATCH, PUT"),
        ("TRACE", "/notes/1", "DELETE, GET, PATCH, PUT"),
        ("POST", "/health/live", "GET"),
    ],
)
async def test_a_method_that_is_not_taken_is_told_those_that_are(
    client: httpx.AsyncClient, method: str, path: str, allowed: str
) -> None:
    answer = await client.request(method, path)

    problem_of(answer, 405, "method-not-allowed")
    assert answer.headers["allow"] == allowed


async def test_a_failure_of_ours_says_nothing_of_its_cause(
    client: httpx.AsyncClient,
) -> None:
    with capture_logs() as lines:
        answer = await client.put("/notes/1")

    said = problem_of(answer, 500, "internal-error")
    assert set(said) == {"type", "title", "status", "detail", "instance", "trace_id"}
    assert "hunter2" not in answer.text
    assert "RuntimeError" not in answer.text
    assert "Traceback" not in answer.text
    assert [line["event"] for line in lines] == ["request.failed", "request"]
    assert lines[0]["exc_info"]
    assert lines[1]["status"] == 500


async def test_what_is_away_says_when_to_come_back(client: httpx.AsyncClient) -> None:
    answer = await client.delete("/notes/1")

    problem_of(answer, 503, "unavailable")
    assert int(answer.headers["retry-after"]) >= 1


@pytest.mark.parametrize(
    ("content", "pointer"),
    [
        (b'{"text": 1}', "/text"),
        (b'{"text": "a", "is/it~so": 1}', "/is~1it~0so"),
        (b"{}", "/text"),
        (b'{"text": "a\\u0000b"}', "/text"),
        (b"[]", ""),
        (b"null", ""),
    ],
)
async def test_each_wrong_value_is_pointed_at(
    client: httpx.AsyncClient, content: bytes, pointer: str
) -> None:
    headers = {"content-type": "application/json"}
    answer = await client.post("/notes", content=content, headers=headers)

    said = problem_of(answer, 422, "invalid")
    assert isinstance(said["errors"], list)
    assert [fault["pointer"] for fault in said["errors"]] == [pointer]


@pytest.mark.parametrize(
    "content",
    [b"{", b"\xff", b'{"text": "\xff"}', b"[" * 900, b'{"text": 1e999}', b"NaN", b""],
)
async def test_what_is_no_json_is_a_problem(
    client: httpx.AsyncClient, content: bytes
) -> None:
    headers = {"content-type": "application/json"}
    answer = await client.post("/notes", content=content, headers=headers)

    assert answer.status_code in {400, 422}, answer.text
    assert answer.headers["content-type"] == problems.MEDIA_TYPE


async def test_a_wrong_value_is_not_said_back(client: httpx.AsyncClient) -> None:
    answer = await client.post("/notes", json={"text": ["hunter2"]})

    assert answer.status_code == 422
    assert "hunter2" not in answer.text


@pytest.mark.parametrize(
    ("tag", "status"),
    [(None, 428), ("", 422), ("3", 422), ('"3', 422), ('"3"', 200), ('W/"3"', 200)],
)
async def test_a_change_names_a_version(
    client: httpx.AsyncClient, tag: str | None, status: int
) -> None:
    headers = {} if tag is None else {"if-match": tag}
    answer = await client.patch("/notes/1", json={"text": "a"}, headers=headers)

    assert answer.status_code == status, answer.text
    if status == 422:
        said = problem_of(answer, 422, "invalid")
        assert isinstance(said["errors"], list)
        assert said["errors"][0]["pointer"] == "/header/if-match"


async def test_a_body_that_says_it_is_too_large_is_not_read(
    client: httpx.AsyncClient,
) -> None:
    said = problem_of(
        await client.post("/notes", json={"text": "x" * LIMIT}), 413, "too-large"
    )

    assert said["limit_bytes"] == LIMIT


async def test_a_body_in_pieces_is_cut_off_at_the_limit(
    client: httpx.AsyncClient,
) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'{"text": "'
        while sent < 100 * LIMIT:
            sent += 100
            yield b"x" * 100
            await asyncio.sleep(0)

    answer = await client.post(
        "/notes", content=endless(), headers={"content-type": "application/json"}
    )

    problem_of(answer, 413, "too-large")
    assert sent <= LIMIT + 200


async def test_a_request_is_one_line_without_its_query(
    client: httpx.AsyncClient,
) -> None:
    with capture_logs() as lines:
        await client.get(
            "/notes?q=hunter2",
            headers={"authorization": "Bearer hunter2", "cookie": "s=hunter2"},
        )

    assert len(lines) == 1
    assert "hunter2" not in str(lines)
    assert lines[0]["path"] == "/notes"
    assert lines[0]["status"] == 200
