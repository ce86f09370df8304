"""The HTTP face that every service has: app factory, health, limits, answers."""

import time
from collections.abc import (
    AsyncGenerator,
    Awaitable,
    Callable,
    Iterable,
    Mapping,
    MutableMapping,
    Sequence,
)
from contextlib import AsyncExitStack, asynccontextmanager
from fnmatch import fnmatchcase
from typing import Any

import structlog
from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import Response
from opentelemetry import propagate, trace
from opentelemetry.context import Context
from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor

from chassis import auth, conditional, db, errors, json, origin, paging, problems
from chassis import description as openapi_document
from chassis.files import folder
from chassis.files.model import Depot
from chassis.settings import ServiceSettings

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]
Check = Callable[[], Awaitable[str | None]]
"""A readiness check: None when all is well, else the reason in one sentence."""

_LOG = structlog.get_logger("chassis.http")
_TRACER = trace.get_tracer("chassis.http")
JSON = "application/json"


def reply(
    value: object,
    status: int = 200,
    *,
    version: int | None = None,
    location: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Answer with a value's JSON; a versioned thing carries its entity tag."""
    sent = dict(headers or {})
    if version is not None:
        sent["etag"] = conditional.etag(version)
    if location is not None:
        sent["location"] = location
    return Response(json.encode(value), status, sent, JSON)


def reply_page(request: Request, page: paging.Page[Any]) -> Response:
    """Answer with one page of a listing and the link to the next."""
    return reply(
        {"items": page.items, "next": page.next},
        headers=paging.link_header(request, page),
    )


@asynccontextmanager
async def _database(app: FastAPI, settings: ServiceSettings) -> AsyncGenerator[None]:
    database = db.Database(
        settings.database_url, settings.pool_size, f"{app.state.service}-api"
    )
    await database.open()
    app.state.db = database
    try:
        yield
    finally:
        await database.close()


def create_app(
    service: str,
    settings: ServiceSettings,
    routers: Sequence[APIRouter],
    *,
    description: str,
    checks: Sequence[Check] = (),
    uploads: Mapping[str, int] | None = None,
) -> FastAPI:
    """Make a service's application from its features' routers.

    `checks` are asked for readiness beside the database. `uploads` are the addresses
    whose POST takes files, each with the most bytes that a body may have there; a part
    of an address that differs is written `*`.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(_database(app, settings))
            yield

    app = FastAPI(
        title=f"Joinedup {service}",
        version="1",
        description=description,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.state.service = service
    app.state.settings = settings
    app.state.depot = folder.Folder(settings.files_dir)
    app.state.verifier = auth.TokenVerifier(settings.internal_jwks_file, service)
    problems.install(app)
    for router in routers:
        app.include_router(router)
    _add_health(app, checks)
    _describe(app)
    app.add_middleware(BodyLimit, limit=settings.body_limit, uploads=uploads)
    app.add_middleware(origin.Origin)
    app.add_middleware(Edge)
    _trace(app, settings.otlp_endpoint)
    return app


def _trace(app: FastAPI, otlp_endpoint: str | None) -> None:
    """Describe each request to a collector; without one, only carry its trace on."""
    if otlp_endpoint is None:
        app.add_middleware(TraceOnly)
        return
    FastAPIInstrumentor.instrument_app(
        app,
        excluded_urls="health",
        exclude_spans=["receive", "send"],
        server_request_hook=_hide_query,
    )


def _hide_query(span: trace.Span, scope: Scope) -> None:
    """Describe the address without its query, which may hold a name."""
    for name in ("http.url", "http.target", "url.full"):
        span.set_attribute(name, scope["path"])
    span.set_attribute("url.query", "")


async def database(request: Request) -> db.Database:
    found: db.Database = request.app.state.db
    return found


async def depot(request: Request) -> Depot:
    found: Depot = request.app.state.depot
    return found


async def answers(database: db.Database) -> str | None:
    """Check that the database answers."""
    try:
        await database.ping()
    except errors.Unavailable as reason:
        return reason.detail
    return None


def _add_health(app: FastAPI, checks: Sequence[Check]) -> None:
    async def database_answers() -> str | None:
        return await answers(app.state.db)

    app.include_router(health_router([database_answers, *checks]))


def health_router(checks: Sequence[Check]) -> APIRouter:
    """Live: the process turns. Ready: it can serve, else 503 with the reasons."""
    router = APIRouter(prefix="/health", include_in_schema=False)

    async def live() -> Response:
        return reply({"status": "live"})

    async def ready() -> Response:
        reasons = [reason for check in checks if (reason := await check())]
        if reasons:
            return reply({"status": "not ready", "reasons": reasons}, 503)
        return reply({"status": "ready"})

    router.add_api_route("/live", live)
    router.add_api_route("/ready", ready)
    return router


def _describe(app: FastAPI) -> None:
    """Complete the OpenAPI document, once it is asked for."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = openapi_document.complete(
                get_openapi(
                    title=app.title,
                    version=app.version,
                    description=app.description,
                    routes=app.routes,
                )
            )
        return app.openapi_schema

    app.openapi = openapi


class BodyLimit:
    """Refuses a body that is too large, declared or streamed, before reading on.

    The addresses that take files have limits of their own.
    """

    def __init__(
        self, app: AsgiApp, limit: int, uploads: Mapping[str, int] | None = None
    ) -> None:
        self._app = app
        self._limit = limit
        self._uploads = uploads or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limit_of(scope)
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > limit:
            await self._refuse(scope, send, limit)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise errors.TooLarge(limit_bytes=limit)
            return message

        async def told(message: Message) -> None:
            # The framework takes our refusal for a body that it could not parse.
            if seen <= limit:
                await send(message)
            elif message["type"] == "http.response.start":
                await self._refuse(scope, send, limit)

        await self._app(scope, counted, told)

    def _limit_of(self, scope: Scope) -> int:
        if scope["method"] != "POST":
            return self._limit
        path = scope["path"]
        for address, limit in self._uploads.items():
            if path == address or ("*" in address and fnmatchcase(path, address)):
                return limit
        return self._limit

    async def _refuse(self, scope: Scope, send: Send, limit: int) -> None:
        refusal = errors.TooLarge(limit_bytes=limit)
        answer = Response(
            json.encode(problems.of_refusal(refusal, scope["path"])),
            413,
            media_type=problems.MEDIA_TYPE,
        )
        await send(
            {
                "type": "http.response.start",
                "status": 413,
                "headers": answer.raw_headers,
            }
        )
        await send({"type": "http.response.body", "body": answer.body})


class TraceOnly:
    """Gives each request its trace id, the caller's if it sent one; records nothing."""

    def __init__(self, app: AsgiApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        parent = trace_parent(scope["headers"])
        with _TRACER.start_as_current_span("request", parent, trace.SpanKind.SERVER):
            await self._app(scope, receive, send)


def trace_parent(headers: Iterable[tuple[bytes, bytes]]) -> Context | None:
    """Read the trace that a request goes on in, if its header names one."""
    sent = next((value for name, value in headers if name == b"traceparent"), None)
    if sent is None:
        return None
    return propagate.extract({"traceparent": sent.decode("latin-1")})


class Edge:
    """Answers what nothing else caught, and writes one line per request.

    The line never holds the query, which may hold a name.
    """

    def __init__(self, app: AsgiApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith("/health"):
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 0

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception:
            _LOG.exception("request.failed", path=scope["path"])
            if status:
                # Half an answer is out: only a broken connection can say so.
                raise
            answer = problems.failure(scope["path"])
            await answer(scope, receive, noted)
        finally:
            _LOG.info(
                "request",
                method=scope["method"],
                path=scope["path"],
                status=status,
                ms=round((time.perf_counter() - began) * 1000, 1),
            )
