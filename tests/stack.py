"""Fixture `stack`: the whole product, started once a worker on ports of its own.

The tests of a worker run one after another, so that a test which kills processes meets
no other. `make up` is what starts it, as it would for a person.
"""

import html
import json
import os
import random
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
import psycopg
import pytest
import stamina

from chassis.embedded import child
from local_stack import place as places
from local_stack import services
from local_stack import state as states
from tests import authenticator
from tests.whole_product import WHOLE_PRODUCT

PATIENCE = 60.0
# Asking again is what waiting is: not worth a line each time.
stamina.instrumentation.set_on_retry_hooks([])


@dataclass(frozen=True, slots=True)
class Stack:
    """The running product: where it is, and who may sign in."""

    place: places.Place
    environment: dict[str, str]

    @property
    def url(self) -> str:
        return self.place.public_url

    @property
    def signins(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.place.signins_file.read_text("utf-8"))
        return found

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the operator's command against this stack."""
        done = subprocess.run(
            [sys.executable, "-m", "local_stack", *words],
            env=os.environ | self.environment,
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            # Its own text says little more than the status.
            sys.stderr.write(f"{done.stdout}\n{done.stderr}\n")
        done.check_returncode()
        return done

    def state(self) -> states.State:
        found = states.running(self.place)
        assert found is not None
        return found

    def pid(self, name: str) -> int:
        """Say which process a part is now."""
        process = self.state().parts[name].process
        assert process is not None
        return process.pid

    def client(self, **options: Any) -> httpx.Client:
        """A client of the API: `rbc-demo` with its client credentials."""
        told = self.signins["clients"]["rbc-demo"]
        answer = httpx.post(
            told["token_url"],
            data={
                "grant_type": "client_credentials",
                "client_id": told["client_id"],
                "client_secret": told["client_secret"],
            },
        )
        token: str = answer.raise_for_status().json()["access_token"]
        headers = {"authorization": f"Bearer {token}"}
        return httpx.Client(base_url=self.url, headers=headers, timeout=30, **options)

    def lift_limit(self) -> None:
        """Let `rbc-demo` ask without end: what a load or a measurement does."""
        self.limit_client(None)

    def limit_client(self, per_minute: int | None) -> None:
        """Set how often `rbc-demo` may ask in a minute; it holds within seconds."""
        url = services.cluster(self.place).dsn("gateway")
        with psycopg.connect(url, autocommit=True) as gateway:
            gateway.execute(
                "UPDATE client SET requests_per_minute = %s"
                " WHERE client_id = 'rbc-demo'",
                [per_minute],
            )

    def signed_in(self, who: str) -> httpx.Client:
        """Sign somebody in at Keycloak's form, as a browser without scripts would."""
        told = self.signins[who]
        browser = Browser(self.url)
        landed = browser.follow("GET", "/login")
        credentials = {"username": told["username"], "password": told["password"]}
        # Who it is, the password, a code: Keycloak asks each on a form of its own.
        while not str(landed.url).startswith(self.url):
            action = re.search(r'<form[^>]*action="([^"]+)"', landed.text)
            assert action is not None, landed.text
            assert 'aria-invalid="true"' not in landed.text, landed.text
            where = html.unescape(action[1])
            if 'name="otp"' in landed.text:
                credentials["otp"] = authenticator.unused_code(told["totp_secret"])
            landed = browser.follow("POST", where, data=credentials)
        assert landed.status_code == 200, landed.text
        return browser.client()


class Browser:
    """Keeps cookies as Chromium does on the loopback: Secure ones over http too."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._http = httpx.Client(base_url=url, timeout=30)
        self._cookies: dict[tuple[str, str], str] = {}

    def follow(self, method: str, where: str, **options: Any) -> httpx.Response:
        """Request and follow redirects, till a page comes."""
        where = urljoin(self._url, where)
        while True:
            host = httpx.URL(where).netloc.decode()
            self._http.cookies.clear()
            answer = self._http.request(
                method,
                where,
                headers={"cookie": self._sent(host), "accept": "text/html"},
                **options,
            )
            self._keep(host, answer)
            if not answer.is_redirect:
                return answer
            where = urljoin(where, answer.headers["location"])
            method, options = "GET", {}

    def client(self) -> httpx.Client:
        """Give a client that sends this browser's cookies to the gateway."""
        cookie = self._sent(httpx.URL(self._url).netloc.decode())
        self._http.cookies.clear()
        self._http.headers["cookie"] = cookie
        self._http.headers["origin"] = self._url
        return self._http

    def _sent(self, host: str) -> str:
        held = ((n, v) for (at, n), v in self._cookies.items() if at == host)
        return "; ".join(f"{name}={value}" for name, value in held)

    def _keep(self, host: str, answer: httpx.Response) -> None:
        for line in answer.headers.get_list("set-cookie"):
            name, _, rest = line.partition("=")
            value, _, attributes = rest.partition(";")
            if "max-age=0" in attributes.lower().replace(" ", "") or not value:
                self._cookies.pop((host, name), None)
            else:
                self._cookies[host, name] = value


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Generator[Stack]:
    """Start the product, and delete it at the end of the run.

    With JOINEDUP_ADOPT_STACK set, the stack that JOINEDUP_* speak of is used as it
    runs, and left running: quicker while one writes a test.
    """
    if "JOINEDUP_ADOPT_STACK" in os.environ:
        yield Stack(places.find(), {})
        return
    made = in_folder(tmp_path_factory.mktemp("stack"), JOINEDUP_COUNTY="small")
    _RUNNING.append(made)
    try:
        up = made.run("up")
        assert made.url in up.stdout
        yield made
    finally:
        put_away()


_RUNNING: list[Stack] = []


def put_away() -> None:
    """Delete the product that this worker started, unless that is done."""
    while _RUNNING:
        _RUNNING.pop().run("reset", "--yes")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Put the product away once a worker is past its tests: idle, it costs others time.

    What needs it begins each worker's queue, so none of it comes after.
    """
    of_many = "PYTEST_XDIST_WORKER" in os.environ
    if of_many and not item.nodeid.startswith(WHOLE_PRODUCT):
        put_away()


def in_folder(folder: Path, **told: str) -> Stack:
    """A stack that is yet to be started, with a folder and ports of its own."""
    environment = {
        "JOINEDUP_RUN_DIR": str(folder / "run"),
        "JOINEDUP_PORT_BASE": str(_free_base()),
        "JOINEDUP_PORT": str(child.free_port()),
        **told,
    }
    return Stack(places.find(os.environ | environment), environment)


def eventually(check: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """Await a condition: return the first truthy answer of a check.

    Raises:
        AssertionError: it never held within the time.
    """
    for attempt in stamina.retry_context(
        on=AssertionError,
        attempts=None,
        timeout=seconds,
        wait_initial=0.05,
        wait_max=0.5,
    ):
        with attempt:
            found = check()
            assert found, f"never within {seconds} s: {found!r}"
            return found
    return None


def _free_base() -> int:
    """Find a hundred-aligned base whose every port of the plan is free.

    Each worker has bases of its own, in no fixed order: two runs that start at once
    seldom look at the same one.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    bases = range(21000, 29000, 200)[worker::workers]
    for base in random.sample(bases, len(bases)):
        ports = places.find({"JOINEDUP_PORT_BASE": str(base)}).ports
        if all(_is_free(port) for name, port in ports.items() if name != "gateway"):
            return base
    raise AssertionError("no block of free ports")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
