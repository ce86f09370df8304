"""Files over HTTP: taken in within their limit, handed out so that nothing runs."""

from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import Response

from chassis import http, problems
from chassis.files import answers, uploads
from chassis.files.folder import Folder
from chassis.files.model import File
from chassis.http import BodyLimit
from tests.shared.files.conftest import Attic

LIMIT = 4000


@pytest.fixture
async def client(tmp_path: Path) -> AsyncGenerator[httpx.AsyncClient]:
    app = FastAPI()
    problems.install(app)
    depot = Folder(tmp_path / "files")

    @app.post("/files")
    async def take(request: Request) -> Response:
        found = await uploads.receive(request, depot, LIMIT, ("file", "more"), "bare")
        return http.reply({part: each.name for part, each in found.items()})

    @app.post("/other")
    async def other(request: Request) -> Response:
        return http.reply(len(await request.body()))

    app.add_middleware(BodyLimit, limit=100, uploads={"/files": LIMIT})
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as made:
        yield made


async def test_a_forms_files_are_taken_by_their_parts(
    client: httpx.AsyncClient,
) -> None:
    sent = {"file": ("register.csv", b"a,b"), "other": ("x", b"y")}

    answer = await client.post("/files", files=sent)

    assert answer.json() == {"file": "register.csv"}


async def test_a_body_that_is_no_form_is_the_file(client: httpx.AsyncClient) -> None:
    answer = await client.post("/files", content=b"a,b")

    assert answer.json() == {"file": "bare"}


async def test_a_form_without_a_file_brings_none(client: httpx.AsyncClient) -> None:
    answer = await client.post("/files", files={"file": ("", b"")})

    assert answer.json() == {}


@pytest.mark.parametrize("name", ["files", "streamed"])
async def test_more_than_the_limit_of_files_is_refused(
    client: httpx.AsyncClient, name: str
) -> None:
    async def endless() -> AsyncGenerator[bytes]:
        for _ in range(LIMIT):
            yield b"x" * 10

    if name == "files":
        answer = await client.post("/files", files={"file": ("a", b"x" * LIMIT)})
    else:
        answer = await client.post("/files", content=endless())

    assert answer.status_code == 413
    assert answer.json()["limit_bytes"] == LIMIT


async def test_only_what_takes_files_takes_so_much(client: httpx.AsyncClient) -> None:
    assert (await client.post("/files", content=b"x" * 200)).status_code == 200
    assert (await client.post("/other", content=b"x" * 200)).status_code == 413
    assert (await client.put("/files", content=b"x" * 200)).status_code == 413


async def test_a_broken_form_is_a_bad_request(client: httpx.AsyncClient) -> None:
    headers = {"content-type": "multipart/form-data; boundary=x"}

    answer = await client.post("/files", content=b"no form", headers=headers)

    assert answer.status_code == 400
    assert answer.json()["type"].endswith("#bad-request")


async def test_a_file_is_saved_and_never_shown(attic: Attic) -> None:
    file_id = await attic.keep(b"<script>", name='caf\u00e9 "1".html')
    file: File = await attic.get(file_id)

    answer = answers.download(file, attic.depot.pieces(file.sha256))

    plain, _, extended = answer.headers["content-disposition"].rpartition("; ")
    assert plain == 'attachment; filename="caf_ _1_.html"'
    assert extended == "filename*=UTF-8''caf%C3%A9%20%221%22.html"
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-length"] == "8"
