"""A canary: what somebody is called and what is typed is in no span and no figure.

The gateway and the service desk as processes that tell a collector all they can.
"""

import os
import secrets
import sys
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from chassis.embedded import child
from chassis.testing.databases import ServiceDatabase
from gateway.sessions.model import hash_of
from tests.gateway.world import Browser
from tests.security.product import MINE, Product, Session
from tests.shared.collector import Collector, collecting
from tests.stack import eventually

PEOPLE = "/api/directory/v1/people"
TICKETS = "/api/servicedesk/v1/tickets"
HTML = {"accept": "text/html"}


@contextmanager
def running(
    service: str, port: int, folder: Path, more: dict[str, str]
) -> Generator[str]:
    """Run a service's interface as a process of its own."""
    env = os.environ | more
    env |= {"JOINEDUP_PORT": str(port), "OTEL_BSP_SCHEDULE_DELAY": "100"}
    env |= {"OTEL_METRIC_EXPORT_INTERVAL": "300"}
    log = folder / f"{service}.log"
    process = child.start([sys.executable, "-m", service, "api"], log, env)
    url = f"http://127.0.0.1:{port}"
    try:
        child.await_ready(process, lambda: _answers(url), 60, log)
        yield url
    finally:
        child.stop(process)


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health/live").status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


@pytest.fixture
def collector() -> Generator[Collector]:
    with collecting() as made:
        yield made


@pytest.fixture
async def manager(
    product: Product,
    collector: Collector,
    database_of: Callable[..., ServiceDatabase],
    tmp_path: Path,
) -> AsyncGenerator[Session]:
    """An LA's manager before processes that tell the collector everything."""
    known = product.edge._app.state.settings
    ports = child.free_port(), child.free_port()
    told = {
        "JOINEDUP_INTERNAL_JWKS_FILE": str(product.signing.jwks_file),
        "JOINEDUP_OTLP_ENDPOINT": collector.url,
    }
    desk = told | {"JOINEDUP_DATABASE_URL": database_of("servicedesk", "_product").app}
    gateway = told | {
        f"JOINEDUP_{name.upper()}": str(getattr(known, name))
        for name in (
            *("database_url", "internal_key_file", "session_key_file"),
            *("portal_client_secret_file", "keycloak_url", "files_dir"),
            *("inventory_url", "strategy_url"),
        )
    }
    gateway["JOINEDUP_SERVICEDESK_URL"] = f"http://127.0.0.1:{ports[0]}"
    gateway["JOINEDUP_PUBLIC_URL"] = f"http://127.0.0.1:{ports[1]}"
    with (
        running("servicedesk", ports[0], tmp_path, desk),
        running("gateway", ports[1], tmp_path, gateway) as url,
    ):
        browser = Browser(url, product.http)
        product.issuer.subject = "subject-la-manager-940"
        answer = await browser.sign_in()
        assert answer.status_code == httpx.codes.SEE_OTHER, answer.text
        token = product.seal.csrf_token(hash_of(browser.cookies["__Host-joinedup"]))
        yield Session(browser, {"origin": url, "x-csrf-token": token})


async def test_no_word_of_somebody_is_in_a_span_or_a_figure(
    manager: Session, collector: Collector
) -> None:
    word, trace_id = f"zq{uuid4().hex}", secrets.token_hex(16)
    person: dict[str, Any] = {
        "display_name": f"Quill {word}",
        "email": f"{word}@example.org",
        "assignments": [{"role": "staff", "school_urn": MINE}],
    }
    ticket = {"school_urn": MINE, "summary": word, "description": word}

    made = await manager.ask("POST", PEOPLE, json=person)
    taken = await manager.ask("POST", PEOPLE, json=person)
    wrong = await manager.ask("POST", PEOPLE, json=person | {"email": word})
    opened = await manager.ask("POST", TICKETS, json=ticket)
    refused = await manager.ask("POST", TICKETS, json=ticket | {"impact": word})
    for asked in (PEOPLE, TICKETS):
        assert (await manager.ask("GET", asked, params={"q": word})).is_success
    page = await manager.ask("GET", f"/search?q={word}", HTML)
    lost = await manager.ask("GET", f"/authorities/940/people?q={word}&size=25", HTML)
    copy = await manager.ask("GET", f"{PEOPLE}/{made.json()['person_id']}/data")
    answered = (made, taken, wrong, opened, refused, page, lost, copy)
    assert [each.status_code for each in answered] == [
        *(201, 409, 422, 201, 422, 200, 200, 200),
    ]
    last = {"traceparent": f"00-{trace_id}-{secrets.token_hex(8)}-01"}
    await manager.ask("GET", TICKETS, last)

    eventually(
        lambda: (
            {"gateway-api", "servicedesk-api"}
            <= {span.service for span in collector.of(trace_id)}
        )
    )
    eventually(lambda: any("http.server" in each for each in collector.figures))
    told = [span.text for span in collector.spans] + collector.figures
    assert len(collector.spans) > len(answered)
    assert [each for each in told if word in each] == []
