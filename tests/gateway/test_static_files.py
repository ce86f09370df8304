"""Styles and scripts: by name from a list, long kept where the name holds a hash."""

from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from chassis import problems
from gateway import static


@pytest.fixture
def app(tmp_path: Path) -> FastAPI:
    folder = tmp_path / "built"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    (folder / "portal.0123456789ab.css").write_text("a{}", "utf-8")
    (folder / "icon.svg").write_text("<svg/>", "utf-8")
    (folder / "notes.py").write_text("", "utf-8")
    made = FastAPI()
    made.include_router(static.router(folder))
    problems.install(made)
    return made


@pytest.mark.parametrize(
    ("name", "status", "rule"),
    [
        ("portal.0123456789ab.css", 200, "public, max-age=31536000, immutable"),
        ("icon.svg", 200, "public, max-age=3600"),
        ("notes.py", 404, None),
        ("../secret.txt", 404, None),
        ("..%2fsecret.txt", 404, None),
        ("%2e%2e/secret.txt", 404, None),
    ],
)
async def test_only_listed_files_are_served(
    app: FastAPI, name: str, status: int, rule: str | None
) -> None:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        answer = await client.get(f"/assets/{name}")

    assert answer.status_code == status
    assert answer.headers.get("cache-control") == rule
