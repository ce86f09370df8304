"""Forwards a request to its service: a new request, made of allow-listed parts only.

Raw ASGI on a pooled client: PERFORMANCE-critical, every API call passes here. The
figures that chose this form are in the decision record on the proxy.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
from multidict import CIMultiDict
from opentelemetry import propagate
from yarl import URL

from chassis import errors
from chassis.http import Receive, Scope, Send
from gateway.proxy import model
from gateway.proxy.capacity import Capacity


class ServiceDown(errors.Unavailable):
    """The service behind the address does not answer."""

    slug = "service-down"
    title = "This part of Joinedup does not answer just now"


class ServiceSlow(errors.TimedOut):
    """The service took the request and did not answer in time."""

    slug = "service-slow"
    title = "This part of Joinedup took too long to answer"


class BodySlow(errors.Refusal):
    """The client sends its body too slowly."""

    slug = "body-slow"
    title = "The request came too slowly"


class CutOff(Exception):
    """The answer broke off after it had begun; the connection must end with it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much one forwarded request may take."""

    connect_seconds: float = 2.0
    total_seconds: float = 10.0
    body_seconds: float = 20.0
    upload_seconds: float = 300.0
    idle_seconds: float = 10.0
    connections: int = 128


class Body:
    """A request's body as it comes in: counted, bounded and timed."""

    def __init__(self, receive: Receive, limit: int, seconds: float) -> None:
        self._receive = receive
        self._limit = limit
        self._ends = asyncio.get_running_loop().time() + seconds
        self._seen = 0
        self.complete = False
        self.refusal: errors.Refusal | None = None

    async def chunk(self) -> bytes:
        """Read the next piece.

        Raises:
            errors.TooLarge: more came than is accepted.
            BodySlow: it did not all come in time.
            CutOff: the client went away.
        """
        try:
            async with asyncio.timeout_at(self._ends):
                message = await self._receive()
        except TimeoutError:
            raise self._refused(BodySlow()) from None
        if message["type"] == "http.disconnect":
            raise CutOff
        piece: bytes = message.get("body", b"")
        self._seen += len(piece)
        if self._seen > self._limit:
            raise self._refused(errors.TooLarge(limit_bytes=self._limit))
        self.complete = not message.get("more_body", False)
        return piece

    async def rest(self, first: bytes) -> AsyncIterator[bytes]:
        yield first
        while not self.complete:
            yield await self.chunk()

    def _refused(self, refusal: errors.Refusal) -> errors.Refusal:
        """Keep the reason: the client library wraps what its body source raises."""
        self.refusal = refusal
        return refusal


class Hop:
    """The pooled way to the services, one bound of capacity for each."""

    def __init__(self, limits: Limits, capacities: dict[str, Capacity]) -> None:
        self._limits = limits
        self._capacities = capacities
        self._client: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        self._client = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=self._limits.connections, keepalive_timeout=3, ttl_dns_cache=10
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(
                total=None, sock_connect=self._limits.connect_seconds
            ),
            auto_decompress=False,
            skip_auto_headers=(
                "User-Agent",
                "Accept",
                "Accept-Encoding",
                "Content-Type",
            ),
            requote_redirect_url=False,
            trust_env=False,
        )

    async def close(self) -> None:
        if self._client is not None:
            await self._client.close()

    async def forward(
        self,
        route: model.Route,
        authorization: str,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        """Ask the service, with these credentials, and pass its answer on.

        Raises:
            errors.Refusal: nothing was sent to the client yet, and this is why.
            CutOff: the answer had begun; the connection cannot be used further.
        """
        declared = model.declared_length(scope["headers"])
        limit = route.limit_of(scope["method"], scope["raw_path"])
        if declared is not None and declared > limit:
            raise errors.TooLarge(limit_bytes=limit)
        async with self._capacities[route.service].slot():
            answer = await self._ask(route, authorization, scope, receive)
            async with answer:
                await self._pass_on(answer, send)

    async def _ask(
        self, route: model.Route, authorization: str, scope: Scope, receive: Receive
    ) -> aiohttp.ClientResponse:
        limit = route.limit_of(scope["method"], scope["raw_path"])
        taking, total = self._limits.body_seconds, self._limits.total_seconds
        if limit > route.body_limit:
            taking, total = self._limits.upload_seconds, self._limits.upload_seconds
        body = Body(receive, limit, taking)
        try:
            async with asyncio.timeout(total):
                return await self._request(route, authorization, scope, body)
        except TimeoutError:
            raise body.refusal or self._too_slow(body) from None
        except aiohttp.ClientConnectorError as error:
            raise ServiceDown from error
        except aiohttp.ClientError as error:
            raise body.refusal or ServiceDown() from error

    def _too_slow(self, body: Body) -> errors.Refusal:
        return ServiceSlow() if body.complete else BodySlow()

    async def _request(
        self, route: model.Route, authorization: str, scope: Scope, body: Body
    ) -> aiohttp.ClientResponse:
        if self._client is None:
            raise ServiceDown("The gateway is only starting")
        data: bytes | AsyncIterator[bytes] | None = None
        headers = onward_headers(scope["headers"], authorization)
        if model.carries_body(scope["headers"]):
            first = await body.chunk()
            data = first if body.complete else body.rest(first)
            declared = model.declared_length(scope["headers"])
            if declared is not None:
                headers["Content-Length"] = str(declared)
        else:
            body.complete = True
        return await self._client.request(
            scope["method"],
            target(route, scope["raw_path"], scope["query_string"]),
            headers=headers,
            data=data,
            allow_redirects=False,
        )

    async def _pass_on(self, answer: aiohttp.ClientResponse, send: Send) -> None:
        await send(
            {
                "type": "http.response.start",
                "status": answer.status,
                "headers": model.back(answer.raw_headers),
            }
        )
        try:
            while True:
                async with asyncio.timeout(self._limits.idle_seconds):
                    piece = await answer.content.readany()
                    more = not answer.content.at_eof()
                    await send(
                        {"type": "http.response.body", "body": piece, "more_body": more}
                    )
                if not more:
                    return
        except (TimeoutError, aiohttp.ClientError) as error:
            raise CutOff from error


def onward_headers(headers: model.RawHeaders, authorization: str) -> CIMultiDict[str]:
    """The new request's headers: the allow-listed ones, the credentials, the trace."""
    found = CIMultiDict(model.onward(headers))
    found["Authorization"] = authorization
    trace: dict[str, str] = {}
    propagate.inject(trace)
    found.extend(trace)
    return found


def target(route: model.Route, raw_path: bytes, query: bytes) -> URL:
    """The service's address for a path that was found to be in its plain form."""
    text = route.origin + raw_path.decode("ascii")
    if query:
        text += "?" + query.decode("ascii")
    return URL(text, encoded=True)
