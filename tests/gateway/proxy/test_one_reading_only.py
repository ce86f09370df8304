"""Requests that two readers could read in two ways are refused, on raw sockets."""

import pytest

from tests.gateway.conftest import Stand
from tests.gateway.proxy import wire

BASE = "/api/inventory/v1/assets"
H = b"Host: x\r\n"


def get(target: str, headers: bytes = H, version: str = "1.1") -> bytes:
    return f"GET {target} HTTP/{version}\r\n".encode("latin-1") + headers + b"\r\n"


def post(headers: bytes, body: bytes = b"") -> bytes:
    return f"POST {BASE} HTTP/1.1\r\n".encode() + H + headers + b"\r\n" + body


PATHS = [
    "/api/inventory/../servicedesk/v1/tickets",
    "/api/inventory/%2e%2e/servicedesk/v1/tickets",
    "/api/inventory/%2E%2E/v1",
    "/api/inventory/..%2fservicedesk",
    "/api/inventory/%252e%252e/v1",
    "/api/inventory/v1%2fassets",
    "/api/inventory/v1/%61ssets",
    "/api/inventory/v1//assets",
    "//api/inventory/v1/assets",
    "/api//inventory/v1/assets",
    "/./api/inventory/v1/assets",
    "/api/./inventory/v1/assets",
    "/api/inventory/v1/assets/.",
    "/api/inventory/v1/assets/..",
    "/api/inventory/v1/assets/",
    "/api/inventory/v1/assets;x=1",
    "/api/inventory;/v1/assets",
    "/api/inventory/..;/v1/assets",
    "/api\\inventory\\v1\\assets",
    "/api/inventory/v1\\..\\assets",
    "/api/inventory/v1/assets%00",
    "/api/inventory/v1/assets%0d%0aX:1",
    "/api/inventory/v1/assets%20",
    "/api/inventory/v1/assets.",
    "/api/inventory/.hidden",
    "/api/inventory/v1/%c0%ae%c0%ae/x",
    "/api/inventory/v1/\xe9",
    "/api/inventory/%u002e%u002e/x",
    "/api/inventory/v1/assets|x",
    "/api/inventory/v1/<x>",
    "/api/inventory/v1/{x}",
    "/api/inventory/v1/assets/@x",
    "/api/inventory/v1/a:b",
    "/api/inventory/v1/" + "a" * 1100,
    "http://evil.example/internal",
    "http://evil.example/api/inventory/v1/assets",
    "https://x/api/inventory/v1/assets",
    "evil.example:80",
    "*",
    "api/inventory/v1/assets",
    "?x=1",
]
HEADERS = {
    "two hosts": get(BASE, b"Host: x\r\nHost: y\r\n"),
    "no host": get(BASE, b""),
    "empty host": get(BASE, b"Host:\r\n"),
    "host with path": get(BASE, b"Host: x/y\r\n"),
    "host with user": get(BASE, b"Host: a@b\r\n"),
    "host with space": get(BASE, b"Host: a b\r\n"),
    "underscore": get(BASE, H + b"X_Tenant_Id: 940\r\n"),
    "underscore forwarded": get(BASE, H + b"X_Forwarded_For: 1.1.1.1\r\n"),
    "sixty-five": get(BASE, H + b"".join(b"X-%d: 1\r\n" % i for i in range(64))),
    "17 KB in one": get(BASE, H + b"X-Big: " + b"x" * 17_000 + b"\r\n"),
    "17 KB in many": get(
        BASE, H + b"".join(b"X-%d: %s\r\n" % (i, b"x" * 400) for i in range(45))
    ),
    "name with space": get(BASE, H + b"X Y: 1\r\n"),
    "space before colon": get(BASE, H + b"X-Y : 1\r\n"),
    "no colon": get(BASE, H + b"X-Y\r\n"),
    "empty name": get(BASE, H + b": 1\r\n"),
    "NUL in value": get(BASE, H + b"X-Y: a\x00b\r\n"),
    "control in value": get(BASE, H + b"X-Y: a\x01b\r\n"),
    "bare CR in value": get(BASE, H + b"X-Y: a\rb\r\n"),
    "folded": get(BASE, H + b"X-Y: a\r\n b\r\n"),
    "two authorizations": get(
        BASE, H + b"Authorization: Bearer a\r\nAuthorization: Bearer b\r\n"
    ),
    "two if-match": get(BASE, H + b'If-Match: "1"\r\nIf-Match: "2"\r\n'),
    "two origins": get(BASE, H + b"Origin: http://x\r\nOrigin: http://y\r\n"),
    "upgrade": get(BASE, H + b"Connection: upgrade\r\nUpgrade: websocket\r\n"),
    "upgrade h2c": get(BASE, H + b"Connection: Upgrade\r\nUpgrade: h2c\r\n"),
    "length and chunked": post(
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n"
    ),
    "chunked and length": post(
        b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", b"0\r\n\r\n"
    ),
    "two lengths": post(b"Content-Length: 5\r\nContent-Length: 6\r\n", b"abcdef"),
    "two equal lengths": post(b"Content-Length: 5\r\nContent-Length: 5\r\n", b"abcde"),
    "length a list": post(b"Content-Length: 5, 5\r\n", b"abcde"),
    "length signed": post(b"Content-Length: +5\r\n", b"abcde"),
    "length negative": post(b"Content-Length: -5\r\n", b"abcde"),
    "length hexadecimal": post(b"Content-Length: 0x5\r\n", b"abcde"),
    "length huge": post(b"Content-Length: 99999999999999999999999\r\n", b"abcde"),
    "xchunked": post(b"Transfer-Encoding: xchunked\r\n", b"0\r\n\r\n"),
    "chunked twice": post(
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n"
    ),
    "gzip, chunked": post(b"Transfer-Encoding: gzip, chunked\r\n", b"0\r\n\r\n"),
    "chunked, identity": post(
        b"Transfer-Encoding: chunked, identity\r\n", b"0\r\n\r\n"
    ),
    "identity": post(b"Transfer-Encoding: identity\r\n", b""),
    "chunked by tab": post(b"Transfer-Encoding:\x0bchunked\r\n", b"0\r\n\r\n"),
    "bad chunk size": post(b"Transfer-Encoding: chunked\r\n", b"zz\r\nabc\r\n"),
    "body on GET": get(BASE, H + b"Content-Length: 3\r\n") + b"abc",
    "chunks on GET": get(BASE, H + b"Transfer-Encoding: chunked\r\n") + b"0\r\n\r\n",
    "HTTP/1.0 chunked": (
        f"POST {BASE} HTTP/1.0\r\n".encode()
        + H
        + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    ),
    "HTTP/0.9": f"GET {BASE}\r\n\r\n".encode(),
    "HTTP/2.0": get(BASE, version="2.0"),
    "HTTP/1.2": get(BASE, version="1.2"),
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "space in target": get(BASE + " x"),
    "method made up": f"JUMP {BASE} HTTP/1.1\r\n".encode() + H + b"\r\n",
    "lower-case method": f"get {BASE} HTTP/1.1\r\n".encode() + H + b"\r\n",
    "query with high bytes": get(BASE + "?q=\xff\xfe"),
    "query with quotes": get(BASE + '?q="x"'),
    "query too long": get(BASE + "?q=" + "x" * 5000),
    "query with a name twice": get(BASE + "?school=140001&school=150001"),
    "query with a name twice, escaped": get(BASE + "?q=&%71=x"),
}


@pytest.mark.parametrize("path", PATHS, ids=range(len(PATHS)))
async def test_a_path_not_in_its_plain_form_is_refused(stand: Stand, path: str) -> None:
    reply = await wire.exchange(stand.port, get(path))

    assert reply.status in {400, 404}, (path, reply.raw)
    assert b"application/problem+json" in reply.raw
    assert stand.echo.seen == []


@pytest.mark.parametrize("form", HEADERS)
async def test_an_ambiguous_message_is_refused_and_ends_the_connection(
    stand: Stand, form: str
) -> None:
    reply = await wire.exchange(stand.port, HEADERS[form])

    assert reply.status == 400, (form, reply.raw)
    assert reply.closed, reply.raw
    assert b"application/problem+json" in reply.raw
    assert b"trace_id" in reply.raw
    assert stand.echo.seen == []


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "OPTIONS", "PROPFIND"])
async def test_other_methods_are_refused(stand: Stand, method: str) -> None:
    request = f"{method} {BASE} HTTP/1.1\r\nHost: x\r\n\r\n".encode()

    reply = await wire.exchange(stand.port, request)

    assert reply.status in {400, 405}
    # What the address does take is looked up in the services' own documents.
    assert {each["path"] for each in stand.echo.seen} <= {"/openapi.json"}


async def test_an_endless_header_is_cut_off(stand: Stand) -> None:
    head = get(BASE, H + b"X-Big: " + b"x" * 300_000 + b"\r\n")

    reply = await wire.exchange(stand.port, head)

    assert reply.status == 400
    assert reply.closed
    assert stand.echo.seen == []


async def test_a_smuggled_second_request_is_never_answered(stand: Stand) -> None:
    inner = get("/api/inventory/v1/secret")
    request = post(b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n")

    reply = await wire.exchange(stand.port, request + inner)

    assert reply.raw.count(b"HTTP/1.1 ") == 1
    assert stand.echo.seen == []


async def test_two_honest_requests_on_one_connection_both_get_answers(
    stand: Stand,
) -> None:
    reply = await wire.exchange(stand.port, get("/health/live") + get("/health/live"))

    assert reply.raw.count(b"HTTP/1.1 200") == 2


@pytest.mark.parametrize(
    "query",
    ["?q=%C2%84", "?q=%FF%FE", "?q=%00&a=%0A", "?%F0%9F%92%BB=1&q", "?q=a&p=a", "?&&"],
)
async def test_a_query_in_due_form_is_let_in_whatever_its_escapes_say(
    stand: Stand, query: str
) -> None:
    reply = await wire.exchange(stand.port, get(BASE + query))

    assert reply.status not in {400, 500}, reply.raw
