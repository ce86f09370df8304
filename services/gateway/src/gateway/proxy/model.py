"""What a request must look like to be let in, and what of it goes on: pure rules."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, urlsplit

from chassis import origin

RawHeaders = Sequence[tuple[bytes, bytes]]

METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
SAFE_METHODS = frozenset({"GET", "HEAD"})
AGENT = "/agent"
"""Where the programs on the kit report: they prove themselves to the service."""
AGENT_SERVICE = "inventory"
AGENT_BODY = 4 << 20
"""Bytes of an inventory, packed or plain; the service refuses what it unpacks to."""
MOST_HEADERS = 64
MOST_HEADER_BYTES = 16 << 10
LONGEST_PATH = 1024
LONGEST_QUERY = 4096

SOURCE = origin.HEADER.encode()
"""Only we write it: what a client sends under its name is dropped."""
REQUEST_HEADERS = frozenset(
    {
        *(b"accept", b"content-type", b"if-match", b"if-none-match"),
        *(b"idempotency-key", SOURCE),
    }
)
RESPONSE_HEADERS = frozenset(
    {
        b"allow",
        b"cache-control",
        b"content-disposition",
        b"content-language",
        b"content-length",
        b"content-type",
        b"deprecation",
        b"etag",
        b"last-modified",
        b"link",
        b"location",
        b"ratelimit",
        b"ratelimit-policy",
        b"retry-after",
        b"sunset",
        b"www-authenticate",
    }
)
# More than one of these makes a message mean two things to two readers.
_SINGLE = frozenset(
    {
        b"host",
        b"authorization",
        b"content-length",
        b"content-type",
        b"transfer-encoding",
        b"if-match",
        b"if-none-match",
        b"idempotency-key",
        b"origin",
        b"sec-fetch-site",
        b"traceparent",
        b"x-csrf-token",
    }
)
# A path that decoding and normalising leave as it is: no escape, no empty or dotted
# segment, nothing that one server takes for a separator and the next does not.
_SEGMENT = r"[A-Za-z0-9_~-](?:[A-Za-z0-9._~-]*[A-Za-z0-9_~-])?"
_PATH = re.compile(rf"(?:/{_SEGMENT})+|/")
_PAGE_PATH = re.compile(rf"(?:/{_SEGMENT})+/?|/")
_QUERY = re.compile(rb"[!$&'()*+,./0-9:;=?@A-Z_a-z~%|{}\[\]-]*")
_HEADER_NAME = re.compile(rb"[a-z0-9!#$%&'*+.^`|~-]+")
_HEADER_VALUE = re.compile(rb"[\t\x20-\x7e\x80-\xff]*")
_LENGTH = re.compile(rb"[0-9]{1,18}")
_HOST = re.compile(rb"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class Route:
    """A public prefix and the service behind it."""

    prefix: str
    service: str
    origin: str
    body_limit: int
    upload_limit: int

    def limit_of(self, method: str, raw_path: bytes) -> int:
        """Say how large a body may be here; its service may take less."""
        return self.upload_limit if takes_files(method, raw_path) else self.body_limit


def routes(
    origins: Iterable[tuple[str, str]], body_limit: int, upload_limit: int
) -> tuple[Route, ...]:
    """Make the routes of the services, each under `/api/<service>/`."""
    return tuple(
        Route(f"/api/{service}/", service, origin_of(url), body_limit, upload_limit)
        for service, url in origins
    )


def agent_route(origins: Mapping[str, str]) -> Route:
    """Make the route of the one address that takes no caller of ours."""
    origin = origin_of(origins[AGENT_SERVICE])
    return Route(AGENT, AGENT_SERVICE, origin, AGENT_BODY, AGENT_BODY)


def takes_files(method: str, raw_path: bytes) -> bool:
    """Say whether an address is one of those that take files, by its last word."""
    return method == "POST" and raw_path.endswith((b"/imports", b"/files"))


def origin_of(url: str) -> str:
    """Keep the scheme, host and port of a configured address, nothing else."""
    parts: SplitResult = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def fault_of_path(raw_path: bytes) -> str | None:
    """Say what is wrong with a path, or None."""
    path = raw_path.decode("latin-1")
    form = _PATH if path.startswith("/api/") else _PAGE_PATH
    if len(path) > LONGEST_PATH or form.fullmatch(path) is None:
        return "The path is not in its plain form"
    return None


def fault_of_query(query: bytes, path: str) -> str | None:
    """Say what is wrong with a query, or None.

    No question to the API takes a list: of two values of one name, one reader would
    take the first and the next the last. Pages have lists, of columns and of ticks.
    """
    if len(query) > LONGEST_QUERY or _QUERY.fullmatch(query) is None:
        return "The query is too long or holds characters that must be escaped"
    if path.startswith("/api/"):
        said = parse_qsl(query.decode("ascii"), keep_blank_values=True)
        names = [name for name, _ in said]
        if len(names) > len(set(names)):
            return "The query says a parameter more than once"
    return None


def fault_of_headers(headers: RawHeaders, http_version: str) -> str | None:
    """Say what is wrong with a request's headers, or None."""
    if len(headers) > MOST_HEADERS:
        return f"More than {MOST_HEADERS} headers"
    if sum(len(name) + len(value) + 4 for name, value in headers) > MOST_HEADER_BYTES:
        return f"More than {MOST_HEADER_BYTES} bytes of headers"
    seen: dict[bytes, bytes] = {}
    for name, value in headers:
        if _HEADER_NAME.fullmatch(name) is None:
            return "A header's name is not accepted"
        if _HEADER_VALUE.fullmatch(value) is None:
            return "A header's value holds control characters"
        if name in _SINGLE and name in seen:
            return f"More than one {name.decode()} header"
        seen[name] = value
    return _fault_of_framing(seen, http_version)


def _fault_of_framing(seen: dict[bytes, bytes], http_version: str) -> str | None:
    """A message must end at one place, whoever reads it."""
    host = seen.get(b"host", b"")
    if http_version not in {"1.0", "1.1"}:
        return "Speak HTTP/1.1"
    if _HOST.fullmatch(host) is None:
        return "One Host header is needed"
    if b"upgrade" in seen:
        return "Upgrades are not accepted"
    return _fault_of_length(
        seen.get(b"content-length"), seen.get(b"transfer-encoding"), http_version
    )


def _fault_of_length(
    length: bytes | None, coding: bytes | None, http_version: str
) -> str | None:
    if length is not None and coding is not None:
        return "Content-Length and Transfer-Encoding exclude each other"
    if length is not None and _LENGTH.fullmatch(length) is None:
        return "Content-Length is not a number"
    if coding is not None and (coding.lower() != b"chunked" or http_version == "1.0"):
        return "The only Transfer-Encoding accepted is chunked"
    return None


def carries_body(headers: RawHeaders) -> bool:
    return any(
        name == b"transfer-encoding" or (name == b"content-length" and int(value) > 0)
        for name, value in headers
    )


def declared_length(headers: RawHeaders) -> int | None:
    return next((int(v) for name, v in headers if name == b"content-length"), None)


def address_of(client: str, headers: RawHeaders, trusted: Collection[str]) -> str:
    """Say from which address a request came.

    A proxy of ours that stands in front says whom it speaks for; nobody else is
    believed, and of what a chain of them says only what our own added.
    """
    said = b",".join(v for name, v in headers if name == b"x-forwarded-for")
    for hop in reversed(said.decode("latin-1").split(",")):
        if client not in trusted or not hop.strip():
            break
        client = hop.strip()
    return client


def from_address(headers: RawHeaders, address: str) -> list[tuple[bytes, bytes]]:
    """Write into a request's headers from where it came, whatever it says itself."""
    kept = [each for each in headers if each[0] != SOURCE]
    return [*kept, (SOURCE, address.encode("latin-1"))]


def onward(headers: RawHeaders) -> list[tuple[str, str]]:
    """Choose the request headers that a service may read."""
    return [
        (name.decode("ascii"), value.decode("latin-1"))
        for name, value in headers
        if name in REQUEST_HEADERS
    ]


def back(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Choose the response headers that a client may read."""
    return [
        (name.lower(), value)
        for name, value in headers
        if name.lower() in RESPONSE_HEADERS
    ]
