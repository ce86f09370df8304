"""One trace from the request through SQL and the outbox to another service's consumer.

Real processes, a real broker, and a collector that takes OTLP over HTTP; and one that
is not there, or never answers.
"""

import json
import os
import secrets
import signal
import socket
import sys
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest

from chassis.embedded import child, nats
from chassis.testing.databases import ServiceDatabase
from chassis.testing.identities import Signing, at_school
from tests.shared.collector import Collector, collecting
from tests.stack import eventually

SCHOOL = uuid4()
URN = 900777
INSERT = "inventory.assets.insert_assets"
WHERE = "/api/inventory/v1/assets"
MANY, PATIENCE = 150, 5.0
TECHNICIAN = at_school("school-technician", SCHOOL)


@dataclass(frozen=True, slots=True)
class Process:
    """A running verb of a service."""

    process: Popen[bytes]
    url: str
    log: Path

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]

    def said_after(self, count: int) -> list[dict[str, Any]]:
        """Await what is said next: the line follows the answer."""
        return eventually(lambda: self.lines()[count:])


@dataclass(frozen=True, slots=True)
class Parts:
    """What every process is started with."""

    database_of: Callable[..., ServiceDatabase]
    signing: Signing
    folder: Path
    broker: nats.Broker

    @contextmanager
    def running(
        self, service: str, verb: str, endpoint: str | None
    ) -> Generator[Process]:
        database = self.database_of(service, "_telemetry")
        port, log = child.free_port(), self.folder / f"{uuid4().hex}.log"
        env = os.environ | {
            "JOINEDUP_DATABASE_URL": database.app,
            "JOINEDUP_WORKER_DATABASE_URL": database.worker,
            "JOINEDUP_NATS_URL": self.broker.url(),
            "JOINEDUP_INTERNAL_JWKS_FILE": str(self.signing.jwks_file),
            "JOINEDUP_PORT": str(port),
            "JOINEDUP_WORKER_PORT": str(port),
            "OTEL_BSP_SCHEDULE_DELAY": "100",
            "OTEL_METRIC_EXPORT_INTERVAL": "300",
        }
        if endpoint is not None:
            env["JOINEDUP_OTLP_ENDPOINT"] = endpoint
        process = child.start([sys.executable, "-m", service, verb], log, env)
        url = f"http://127.0.0.1:{port}"
        try:
            # A worker is ready once every stream is there: the directory's never is.
            health = "ready" if verb == "api" else "live"
            child.await_ready(
                process, lambda: _answers(f"{url}/health/{health}"), 60, log
            )
            yield Process(process, url, log)
        finally:
            child.stop(process)


def _answers(url: str) -> bool:
    try:
        return httpx.get(url).status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture(scope="module")
def parts(
    database_of: Callable[..., ServiceDatabase],
    signing: Signing,
    tmp_path_factory: pytest.TempPathFactory,
) -> Generator[Parts]:
    folder = tmp_path_factory.mktemp("telemetry")
    broker = nats.Broker(folder / "store", child.free_port(), child.free_port())
    with (
        nats.running(broker, folder / "nats.log"),
        psycopg.connect(
            database_of("inventory", "_telemetry").admin, autocommit=True
        ) as admin,
    ):
        admin.execute(
            "INSERT INTO school (school_id, la_code, urn, name, version)"
            " VALUES (%s, '940', %s, 'A school', 1)",
            [SCHOOL, URN],
        )
        yield Parts(database_of, signing, folder, broker)


@pytest.fixture(scope="module")
def collector() -> Generator[Collector]:
    with collecting() as made:
        yield made


@pytest.fixture(scope="module")
def api(parts: Parts, collector: Collector) -> Generator[Process]:
    with ExitStack() as stack:
        for service in ("inventory", "servicedesk"):
            stack.enter_context(parts.running(service, "worker", collector.url))
        yield stack.enter_context(parts.running("inventory", "api", collector.url))


def register(
    api: Process, signing: Signing, trace_id: str, **changes: Any
) -> httpx.Response:
    return httpx.post(
        f"{api.url}{WHERE}?hidden=hunter2",
        json={
            "school_urn": URN,
            "tag": uuid4().hex[:12],
            "category": "laptop",
            "manufacturer": "M",
            "model": "hunter2",
        }
        | changes,
        headers={
            **signing.headers(TECHNICIAN, "inventory"),
            "traceparent": f"00-{trace_id}-{secrets.token_hex(8)}-01",
        },
    )


def test_one_trace_leads_from_the_request_to_the_consumer(
    api: Process, collector: Collector, signing: Signing
) -> None:
    trace_id = secrets.token_hex(16)

    assert register(api, signing, trace_id).status_code == 201
    consumed = eventually(
        lambda: [s for s in collector.of(trace_id) if s.service == "servicedesk-worker"]
    )
    spans = eventually(
        lambda: [s for s in collector.of(trace_id) if s.service == "inventory-api"]
    )

    names = {span.name for span in spans}
    assert {INSERT, "chassis.enqueue_events"} <= names, names
    served = {s.span_id for s in spans if "POST" in s.name or s.name == "request"}
    assert {s.parent_id for s in spans if s.name == INSERT} <= served
    assert any(span.name.startswith("consume ") for span in consumed)


def test_no_span_holds_a_value_or_a_secret(
    api: Process, collector: Collector, signing: Signing
) -> None:
    trace_id = secrets.token_hex(16)
    tag = f"hunter2{uuid4().hex[:8]}"
    answer = register(api, signing, trace_id, tag=tag)
    taken = secrets.token_hex(16)
    assert register(api, signing, taken, tag=tag).status_code == 409
    eventually(lambda: collector.of(trace_id))
    eventually(lambda: [s for s in collector.of(taken) if s.name == INSERT])

    token = answer.request.headers["authorization"].partition(" ")[2]
    held = "".join(span.text for span in collector.spans)
    assert token not in held
    assert "hunter2" not in held


def test_figures_of_http_are_exported(
    api: Process, collector: Collector, signing: Signing
) -> None:
    register(api, signing, secrets.token_hex(16))

    eventually(
        lambda: any(
            service == "inventory-api" and name.startswith("http.server")
            for service, name in collector.metrics
        )
    )


def test_a_problem_the_log_and_the_trace_say_one_id(
    api: Process, signing: Signing
) -> None:
    trace_id = secrets.token_hex(16)

    answer = register(api, signing, trace_id, school_urn=999999)

    assert answer.status_code == 404
    assert answer.json()["trace_id"] == trace_id
    said = eventually(
        lambda: [each for each in api.lines() if each.get("trace_id") == trace_id]
    )
    assert [(each["event"], each["status"]) for each in said] == [("request", 404)]


def test_a_request_is_one_json_line_without_query_or_secret(
    api: Process, signing: Signing
) -> None:
    before = len(api.lines())
    answer = register(api, signing, secrets.token_hex(16))

    (line,) = api.said_after(before)
    assert line["method"] == "POST"
    assert line["path"] == WHERE
    assert line["service"] == "inventory-api"
    text = api.log.read_text("utf-8")
    assert "hunter2" not in text
    assert answer.request.headers["authorization"] not in text


def test_no_path_can_break_a_line(api: Process) -> None:
    before = len(api.lines())
    httpx.get(api.url + "/a%0d%0a%7b%22event%22:%22forged%22%7d%1b[31m")

    (line,) = api.said_after(before)
    assert line["event"] == "request"
    assert line["status"] == 404


@pytest.mark.parametrize("kind", ["away", "silent"])
def test_a_collector_that_does_not_answer_costs_requests_nothing(
    parts: Parts, signing: Signing, kind: str
) -> None:
    with socket.socket() as hole:
        hole.bind(("127.0.0.1", 0))
        if kind == "silent":
            hole.listen(1)
        endpoint = f"http://127.0.0.1:{hole.getsockname()[1]}"
        with parts.running("inventory", "api", endpoint) as api:
            began = time.perf_counter()
            for _ in range(MANY):
                answer = httpx.get(
                    api.url + WHERE,
                    headers=signing.headers(TECHNICIAN, "inventory"),
                    timeout=60,
                )
                assert answer.status_code == 200
            # Each would take the exporter's patience, were it to wait for it.
            assert time.perf_counter() - began < MANY * PATIENCE / 2
            began = time.perf_counter()

        # It ends by the signal that it was sent, within the supervisor's grace.
        assert api.process.returncode in {0, -signal.SIGTERM}
        assert time.perf_counter() - began < 15
