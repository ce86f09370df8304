"""What the hop costs: direct, ours, and FastAPI with httpx, in one run.

`uv run python tests/gateway/proxy/measure_hop.py` needs `wrk` on the path. The figures
of the decision record on the proxy come from here.
"""

# ruff: noqa: ARG001, ARG002, S607, T201 - a tool that runs wrk and prints
import contextlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Generator
from typing import Any

import httpx
import psutil
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import Response

from chassis import http
from chassis.auth import Actor, Grant
from chassis.embedded import child
from gateway import edge
from gateway.proxy import guard, model
from gateway.proxy.capacity import Capacity
from gateway.proxy.service import Hop, Limits

BODY = b"x" * 12_500
SECONDS = int(os.environ.get("MEASURE_SECONDS", "5"))
PATH = "/api/inventory/v1/assets"


async def upstream(scope: http.Scope, receive: http.Receive, send: http.Send) -> None:
    """Answer as the smallest service would."""
    if scope["type"] != "http":
        return
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"12500")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": BODY})


class Anyone:
    """A caller who is known already: the hop alone is measured."""

    actor = Actor("someone", "person", (Grant("la-manager", ("940",)),))

    def require_own_site(self, method: str, headers: object) -> None:
        """Let everything in."""

    async def caller(self, db: object, method: str, headers: object) -> Actor:
        return self.actor

    def internal_token(self, actor: Actor, service: str) -> str:
        return "t" * 400


def ours(port: int) -> Any:
    app = FastAPI()
    app.state.db = None
    service = ("inventory", f"http://127.0.0.1:{port}")
    routes = model.routes([service], 1 << 20, 1 << 20)
    hop = Hop(Limits(), {"inventory": Capacity(64, 64, 0.15)})
    found = edge.Edge(
        app,
        hop,
        Anyone(),  # pyright: ignore[reportArgumentType] - all that the edge asks of it
        routes,
        model.agent_route(dict([service])),
        edge.security_headers("http://x", "http://y"),
    )

    @contextlib.asynccontextmanager
    async def life(_app: FastAPI):  # noqa: ANN202
        await hop.open()
        yield
        await hop.close()

    app.router.lifespan_context = life
    return found


def with_httpx(port: int) -> FastAPI:
    client = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}")
    app = FastAPI()

    @app.get("/{path:path}")
    async def forward(path: str, request: Request) -> Response:
        found = await client.get(f"/{path}", headers={"authorization": "t" * 400})
        return Response(found.content, found.status_code, media_type="text/plain")

    return app


def serve(kind: str, port: int, behind: int) -> None:
    apps = {
        "upstream": lambda: upstream,
        "ours": lambda: ours(behind),
        "httpx": lambda: with_httpx(behind),
    }
    protocol: Any = guard.guarded(10, 500) if kind == "ours" else "httptools"
    uvicorn.run(
        apps[kind](),
        port=port,
        http=protocol,
        loop="uvloop",
        log_level="error",
        access_log=False,
        proxy_headers=False,
    )


@contextlib.contextmanager
def running(kind: str, behind: int = 0) -> Generator[tuple[int, psutil.Process]]:
    port = child.free_port()
    command = [sys.executable, __file__, kind, str(port), str(behind)]
    process = subprocess.Popen(command)
    while not child.listens(port):
        time.sleep(0.05)
    try:
        yield port, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(10)


def _word(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found is not None, text
    return found[1]


def measure(name: str, port: int, process: psutil.Process, at_once: int) -> None:
    before = process.cpu_times()
    found = subprocess.run(
        [
            "wrk",
            "-t1",
            f"-c{at_once}",
            f"-d{SECONDS}s",
            "--latency",
            f"http://127.0.0.1:{port}{PATH}",
        ],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    after = process.cpu_times()
    count = int(_word(r"(\d+) requests in", found))
    p50, p99 = (_word(rf"{q}%\s+(\S+)", found) for q in (50, 99))
    spent = (after.user + after.system - before.user - before.system) / count * 1e6
    bad = "" if "Non-2xx" not in found else " NOT ALL 200"
    rate = f"{count / SECONDS:8.0f}/s p50 {p50} p99 {p99} cpu {spent:5.0f} us"
    print(f"{name:8} {at_once:3} at once: {rate}{bad}")


def main() -> None:
    with running("upstream") as (upstream_port, upstream_process):
        for _ in range(2):
            with (
                running("ours", upstream_port) as hop,
                running("httpx", upstream_port) as slow,
            ):
                for at_once in (1, 16):
                    measure("direct", upstream_port, upstream_process, at_once)
                    measure("ours", *hop, at_once)
                    measure("httpx", *slow, at_once)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        serve(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
