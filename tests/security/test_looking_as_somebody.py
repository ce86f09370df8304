"""An LA's manager looks as its people: over the whole product, in three services."""

import re
from uuid import UUID, uuid4

import httpx
import pytest

from chassis.auth import Actor, Grant
from contracts import roles
from gateway.callers.model import signed
from gateway.sessions.model import hash_of
from tests.security.product import (
    FAR_AWAY,
    MINE,
    NEXT_DOOR,
    Product,
    Session,
    asset,
    ticket,
)
from tests.security.test_every_operation_is_tenant_safe import (
    BODIES,
    REAL,
    operations,
)

PEOPLE = "/api/directory/v1/people"
DESK = "/api/servicedesk/v1/tickets"
KIT = "/api/inventory/v1/assets"


async def looking(product: Product, role: str, urn: int) -> Session:
    """Let the manager of a school's LA look as somebody of it."""
    tenant = product.tenants[urn]
    manager = await product.signed_in("la-manager", tenant.la_code)
    asked = {"school": urn, "role": role}
    [person] = [
        each
        for each in (await manager.ask("GET", PEOPLE, params=asked)).json()["items"]
        if each["email"] == f"{role}-{urn}@example.org"
    ]
    begun = await manager.ask("POST", f"/people/{person['person_id']}/view")
    assert begun.status_code == 303, begun.text
    cookie = manager.browser.cookies["__Host-joinedup"]
    token = product.seal.csrf_token(signed(hash_of(cookie), is_viewing=True))
    return Session(manager.browser, manager.headers | {"x-csrf-token": token})


@pytest.mark.parametrize("role", ["school-technician", "school-leader", "staff"])
async def test_every_reading_answers_as_it_does_to_them(
    product: Product, role: str
) -> None:
    themselves = await product.signed_in(role, MINE)
    seen = await looking(product, role, MINE)
    tenant = product.tenants[MINE]
    different: list[object] = []

    for operation in operations(await product.document()):
        if operation.method != "GET" or OWN.search(operation.path):
            continue
        path = operation.path
        for name in operation.names("path"):
            path = path.replace(f"{{{name}}}", str(REAL[name](tenant)))
        query = {"table": "assets", "school": str(MINE)}
        params = {n: v for n, v in query.items() if n in operation.names("query")}
        theirs = await themselves.ask("GET", path, params=params)
        shown = await seen.ask("GET", path, params=params)
        if _said(theirs) != _said(shown):
            different.append((path, _said(theirs), _said(shown)))

    assert different == []


OWN = re.compile(r"/audit$|\.(csv|ics)$|/file$|/me(/|$)|/views|/people/\{")
"""What is somebody's alone, or kept back, or says who looks."""


def _said(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, re.sub(r'"trace_id":"[^"]*"', "", answer.text)


async def test_what_they_asked_for_themselves_is_seen(product: Product) -> None:
    staff = await product.signed_in("staff", MINE)
    told = (await staff.ask("POST", DESK, json=ticket(MINE))).json()

    seen = await looking(product, "staff", MINE)

    listed = (await seen.ask("GET", DESK)).json()["items"]
    assert told["ticket_id"] in {each["ticket_id"] for each in listed}
    one = f"{DESK}/{told['ticket_id']}"
    for path in (one, f"{one}/history", f"{one}/comments"):
        assert (await seen.ask("GET", path)).status_code == 200
    others = product.tenants[MINE].ticket["ticket_id"]
    assert (await seen.ask("GET", f"{DESK}/{others}")).status_code == 404


@pytest.mark.parametrize("foreign", [NEXT_DOOR, FAR_AWAY])
async def test_nothing_of_another_school_is_seen(
    product: Product, foreign: int
) -> None:
    seen, other = (
        await looking(product, "school-technician", MINE),
        product.tenants[foreign],
    )

    for path in (
        f"{KIT}/{other.asset['asset_id']}",
        f"{DESK}/{other.ticket['ticket_id']}",
        f"{PEOPLE}/{other.person['person_id']}",
        f"/api/directory/v1/schools/{foreign}",
    ):
        answer = await seen.ask("GET", path)
        assert answer.status_code == 404, path
        said = answer.text.replace(path, "")
        assert not [word for word in other.secrets if word in said]


async def test_no_operation_of_the_interface_changes_anything(
    product: Product,
) -> None:
    seen, tenant = await looking(product, "school-leader", MINE), product.tenants[MINE]
    wrong: list[object] = []
    asked = 0

    for operation in operations(await product.document()):
        if operation.method == "GET":
            continue
        path = operation.path
        for name in operation.names("path"):
            path = path.replace(f"{{{name}}}", str(REAL[name](tenant)))
        body = BODIES[operation.label]() if operation.has_body else None
        headers = {"if-match": '"1"'}
        answer = await seen.ask(operation.method, path, headers, json=body)
        asked += 1
        if not answer.json()["type"].endswith("#viewing-only"):
            wrong.append((operation.label, answer.status_code, answer.text))

    assert wrong == []
    assert asked > 40


WRITES = {
    "inventory": ("POST", KIT, lambda: asset(MINE, tag=uuid4().hex)),
    "servicedesk": ("POST", DESK, lambda: ticket(MINE)),
}


@pytest.mark.parametrize("service", WRITES)
async def test_a_service_that_is_reached_round_the_gateway_writes_nothing(
    product: Product, service: str
) -> None:
    """The token says who really asks, and the database opens to reading alone."""
    method, path, body = WRITES[service]
    grants = (Grant(roles.LA_MANAGER, ("940",)),)
    manager = Actor(str(UUID(int=1)), "person", grants, str(UUID(int=2)))
    headers = product.signing.headers(manager, service)
    transport = httpx.ASGITransport(product.apps[service])

    async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        read = await client.get(path, headers=headers)
        written = await client.request(method, path, headers=headers, json=body())

    assert read.status_code == 200
    assert written.status_code == 403
    assert written.json()["type"].endswith("#viewing-only")
