"""The outermost layer: what is let in, where it goes, and what every answer carries."""

from collections.abc import Iterable, Sequence

import structlog
from fastapi import FastAPI
from opentelemetry import trace

from chassis import errors, http, json, problems
from chassis.auth import Actor
from chassis.files.answers import SANDBOX
from chassis.http import AsgiApp, Message, Receive, Scope, Send
from gateway.callers.model import LIMIT, VIEWING, WHO, header_of
from gateway.callers.service import Callers
from gateway.description import model as description
from gateway.description.service import Descriptions
from gateway.proxy import model
from gateway.proxy.service import BodySlow, CutOff, Hop
from gateway.trail import model as trail_model
from gateway.trail import service as trail
from gateway.trail.model import Asked
from gateway.trail.service import Refusals

_LOG = structlog.get_logger("gateway.edge")
_TRACER = trace.get_tracer("gateway.edge")
_OK = 200
_CLOSE = (b"connection", b"close")
_CSP = b"content-security-policy"
_NOTED = trail_model.REFUSED | {trail_model.NOT_FOUND}
_ASKED = "joinedup.agent-asked"
"""Under this name a request's scope keeps that an agent asks for the realm."""
_SANDBOX = SANDBOX.encode()
"""What is saved and not shown gets this policy, whichever service it comes from."""


class BadRequest(errors.Refusal):
    """The request has not the one form that is read alike everywhere."""

    slug = "bad-request"
    title = "The request could not be read"


class AgentUnknown(errors.Unauthenticated):
    """An inventory agent did not say whose it is."""

    slug = "agent-unknown"
    title = "Send the school's URN and its enrolment key by HTTP Basic"
    # The agents find the realm by a greedy pattern: nothing may follow it.
    challenge = 'Basic realm="Joinedup agents"'


class NoSuchMethod(errors.Refusal):
    """No address here takes the method; this one takes those that are `allowed`."""

    slug = "method-not-allowed"
    title = "This address does not take that method"

    def __init__(self, allowed: Sequence[str]) -> None:
        super().__init__()
        self.allowed = allowed


_STATUS: tuple[tuple[type[errors.Refusal], int], ...] = (
    (BadRequest, 400),
    (NoSuchMethod, 405),
    (BodySlow, 408),
)


def security_headers(origin: str, issuer_origin: str) -> list[tuple[bytes, bytes]]:
    """The headers of every answer; a form may lead on to Keycloak, at signing out."""
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
        " font-src 'self'; connect-src 'self'; manifest-src 'self';"
        f" form-action 'self' {issuer_origin}; base-uri 'none'; frame-ancestors 'none'"
    )
    headers = {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
    }
    if origin.startswith("https://"):
        headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"
    return [(name.encode(), value.encode()) for name, value in headers.items()]


class Edge:
    """Checks a request's form, then hands it to a service or to our own app."""

    def __init__(
        self,
        app: FastAPI,
        hop: Hop,
        callers: Callers,
        routes: Iterable[model.Route],
        agents: model.Route,
        headers: list[tuple[bytes, bytes]],
    ) -> None:
        self._app = app
        self._inner: AsgiApp = app
        self._hop = hop
        self._callers = callers
        self._routes = {route.service: route for route in routes}
        self._agents = agents
        self._headers = headers
        self._names = frozenset(name for name, _ in headers)
        self._saved = [(n, v if n != _CSP else _SANDBOX) for n, v in headers]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._inner(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1000})
            return
        with _TRACER.start_as_current_span(
            "request", http.trace_parent(scope["headers"]), trace.SpanKind.SERVER
        ):
            client = scope["client"][0] if scope["client"] else ""
            trusted = self._app.state.settings.trusted_proxies
            address = model.address_of(client, scope["headers"], trusted)
            scope["headers"] = model.from_address(scope["headers"], address)
            await self._answer(scope, receive, self._secured(scope, address, send))

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            _require_form(scope)
            if scope["method"] not in model.METHODS:
                raise NoSuchMethod(await self._methods_of(scope["path"]))
            self._callers.require_own_site(scope["method"], scope["headers"])
            route = self._route_of(scope["path"])
            if scope["path"] == model.AGENT and scope["method"] == "POST":
                await self._forward_agent(scope, receive, send)
            elif route is None:
                await self._inner(scope, receive, send)
            else:
                await self._forward(route, scope, receive, send)
        except errors.Refusal as refusal:
            await _refuse(refusal, scope, send)
        except CutOff:
            # Returning with the answer unfinished makes the server close.
            return

    async def _forward(
        self, route: model.Route, scope: Scope, receive: Receive, send: Send
    ) -> None:
        actor = await self._callers.caller(self._app.state.db, scope)
        token = self._callers.internal_token(actor, route.service)
        await self._hop.forward(route, f"Bearer {token}", scope, receive, send)

    async def _forward_agent(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass an agent's message on with its own credentials, and nothing of ours.

        Raises:
            AgentUnknown: it brought none. Agents ask once without, each time.
        """
        sent = header_of(scope["headers"], b"authorization") or ""
        if not sent.lower().startswith("basic "):
            scope[_ASKED] = True
            raise AgentUnknown
        await self._hop.forward(self._agents, sent, scope, receive, send)

    async def _methods_of(self, path: str) -> Sequence[str]:
        descriptions: Descriptions = self._app.state.descriptions
        return description.methods_of(await descriptions.merged(), path) or ("GET",)

    def _route_of(self, path: str) -> model.Route | None:
        if not path.startswith("/api/"):
            return None
        route = self._routes.get(path.split("/", 3)[2])
        return route if route and path.startswith(route.prefix) else None

    async def _noted(
        self, scope: Scope, address: str, status: int, *, is_saved: bool
    ) -> None:
        """Record what is refused, and what leaves as a file before it leaves."""
        who: Actor | None = scope.get(WHO)
        if scope.get(_ASKED):
            return
        query = scope["query_string"].decode("latin-1")
        asked = Asked(scope["method"], scope["path"], query)
        if refused := trail.refused(who, status, asked, address):
            refusals: Refusals = self._app.state.refusals
            refusals.note(refused)
        elif is_saved and who is not None and status == _OK:
            await trail.record_export(self._app.state.db, who, scope["path"])

    def _secured(self, scope: Scope, address: str, send: Send) -> Send:
        is_kept_back = False

        async def secured(message: Message) -> None:
            nonlocal is_kept_back
            if is_kept_back:
                return
            if message["type"] == "http.response.start":
                sent = [h for h in message["headers"] if h[0] not in self._names]
                sent += scope.get(LIMIT, ())
                if not any(name == b"cache-control" for name, _ in sent):
                    sent.append(_cache_rule(sent))
                is_saved = any(name == b"content-disposition" for name, _ in sent)
                status = message["status"]
                if is_saved and scope.get(VIEWING):
                    # Nothing is taken away by who looks as somebody else.
                    is_kept_back = True
                    only = self._secured(scope, address, send)
                    await _refuse(errors.ViewingOnly(), scope, only)
                    return
                if is_saved or status in _NOTED:
                    await self._noted(scope, address, status, is_saved=is_saved)
                message["headers"] = sent + (self._saved if is_saved else self._headers)
            await send(message)

        return secured


def _cache_rule(headers: Iterable[tuple[bytes, bytes]]) -> tuple[bytes, bytes]:
    """What is someone's own is kept nowhere, unless it can be asked for by its tag."""
    tagged = any(name == b"etag" for name, _ in headers)
    return (b"cache-control", b"private, no-cache" if tagged else b"no-store")


def _require_form(scope: Scope) -> None:
    """Refuse what two readers could read in two ways.

    Raises:
        BadRequest: with what is wrong.
    """
    fault = (
        model.fault_of_headers(scope["headers"], scope["http_version"])
        or model.fault_of_path(scope["raw_path"])
        or model.fault_of_query(scope["query_string"], scope["path"])
    )
    if fault is not None:
        raise BadRequest(fault)
    if scope["method"] in model.SAFE_METHODS and model.carries_body(scope["headers"]):
        raise BadRequest("GET and HEAD carry no body here")


async def _refuse(refusal: errors.Refusal, scope: Scope, send: Send) -> None:
    status = next(
        (code for kind, code in _STATUS if isinstance(refusal, kind)), None
    ) or problems.status_of(refusal)
    problem = problems.body(
        refusal.slug,
        refusal.title,
        status,
        refusal.detail,
        scope["path"],
        **refusal.members,
    )
    _LOG.info(
        "refused",
        status=status,
        slug=refusal.slug,
        method=scope["method"],
        path=scope["path"],
    )
    body = json.encode(problem)
    headers = [
        (b"content-type", problems.MEDIA_TYPE.encode()),
        (b"content-length", b"%d" % len(body)),
        *((k.encode(), v.encode()) for k, v in problems.headers_of(refusal).items()),
    ]
    if isinstance(refusal, NoSuchMethod):
        headers.append((b"allow", ", ".join(refusal.allowed).encode()))
    if status in {400, 408, 413}:
        # What is left of the request is not read.
        headers.append(_CLOSE)
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
