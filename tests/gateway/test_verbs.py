"""The gateway's own processes, started as the supervisor starts them."""

import os
import smtplib
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

from chassis.embedded import child
from tests.gateway.conftest import Stand
from tests.gateway.world import document_text

BROWSER = {"accept": "text/html,application/xhtml+xml"}


@pytest.fixture
def environment(stand: Stand) -> dict[str, str]:
    told = stand.settings
    return {
        **os.environ,
        "JOINEDUP_DATABASE_URL": told.database_url,
        "JOINEDUP_WORKER_DATABASE_URL": stand.database.worker,
        "JOINEDUP_OWNER_DATABASE_URL": stand.database.owner,
        "JOINEDUP_INTERNAL_JWKS_FILE": str(told.internal_jwks_file),
        "JOINEDUP_INTERNAL_KEY_FILE": str(told.internal_key_file),
        "JOINEDUP_SESSION_KEY_FILE": str(told.session_key_file),
        "JOINEDUP_PORTAL_CLIENT_SECRET_FILE": str(told.portal_client_secret_file),
        "JOINEDUP_KEYCLOAK_URL": told.keycloak_url,
        "JOINEDUP_INVENTORY_URL": told.inventory_url,
        "JOINEDUP_PORT": str(child.free_port()),
    }


@pytest.fixture
def url(environment: dict[str, str], tmp_path: Path) -> Iterator[str]:
    """A gateway in a process of its own."""
    log = tmp_path / "api.log"
    port = environment["JOINEDUP_PORT"]
    environment["JOINEDUP_PUBLIC_URL"] = f"http://127.0.0.1:{port}"
    process = child.start([sys.executable, "-m", "gateway", "api"], log, environment)
    try:
        child.await_ready(process, lambda: child.listens(int(port)), 30, log)
        yield environment["JOINEDUP_PUBLIC_URL"]
    finally:
        process.terminate()
        process.wait(15)


def run(
    environment: dict[str, str], *words: str, told: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "gateway", *words],
        env=environment,
        input=told,
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_load_reads_the_document_and_says_how_many_changed(
    environment: dict[str, str],
) -> None:
    done = run(environment, "load", told=document_text())

    assert done.returncode == 0, done.stderr
    assert b"0 schools recorded" in done.stdout


def test_load_says_in_one_sentence_what_is_wrong(environment: dict[str, str]) -> None:
    done = run(environment, "load", told=b"{}")

    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"regions" in done.stderr


def test_restate_says_every_school_of_an_authority_again(
    stand: Stand, environment: dict[str, str]
) -> None:
    def said() -> int:
        with psycopg.connect(stand.database.admin) as admin:
            found = admin.execute("SELECT count(*) FROM outbox").fetchone()
        return found[0] if found else 0

    with psycopg.connect(stand.database.admin) as admin:
        held = admin.execute("SELECT count(*) FROM school WHERE la_code = '940'")
        schools = (held.fetchone() or (0,))[0]
    before = said()
    done = run(environment, "restate", "940")

    assert done.returncode == 0, done.stderr
    assert said() == before + schools
    assert schools >= 2


async def test_it_serves_pages_and_problems(url: str, http: httpx.AsyncClient) -> None:
    ready = await http.get(f"{url}/health/ready")
    page = await http.get(f"{url}/nowhere", headers=BROWSER)
    problem = await http.get(f"{url}/nowhere")
    sent_on = await http.get(f"{url}/schools/140001", headers=BROWSER)
    refused = await http.get(f"{url}/schools/140001")

    assert ready.json() == {"status": "ready"}
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert problem.headers["content-type"] == "application/problem+json"
    assert int(problem.json()["trace_id"], 16) > 0
    assert sent_on.status_code == 303
    assert sent_on.headers["location"] == "/login?next=/schools/140001"
    assert refused.status_code == 401
    assert (await http.get(f"{url}/")).status_code == 200


def test_returned_mail_is_taken_in_till_it_is_told_to_stop(
    environment: dict[str, str], tmp_path: Path
) -> None:
    log, port = tmp_path / "returns.log", child.free_port()
    environment["JOINEDUP_SMTP_RETURN"] = "bounces@ict.example.org"
    environment["JOINEDUP_RETURNS_PORT"] = str(port)
    words = [sys.executable, "-m", "gateway", "returned-mail"]
    process = child.start(words, log, environment)
    try:
        child.await_ready(process, lambda: child.listens(port), 30, log)
        with smtplib.LMTP("127.0.0.1", port, timeout=30) as host:
            assert host.ehlo()[0] == 250
            assert host.mail("")[0] == 250
            assert host.rcpt("bounces+nothing@ict.example.org")[0] == 550
    finally:
        process.terminate()
    assert process.wait(15) == 0, log.read_text()


def test_without_an_address_nothing_can_come_back(environment: dict[str, str]) -> None:
    done = run(environment, "returned-mail")

    assert done.returncode == 1
    assert b"JOINEDUP_SMTP_RETURN" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_worker_whose_port_is_taken_ends_and_says_so(
    environment: dict[str, str],
) -> None:
    """It would answer for its health to nobody: the supervisor starts another."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run({**environment, "JOINEDUP_WORKER_PORT": port}, "worker")

    assert done.returncode == 1, done.stderr
    assert b"already in use" in done.stdout + done.stderr
