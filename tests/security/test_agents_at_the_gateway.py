"""Agents at the gateway's `/agent`: by their school's key alone, and by no session."""

import json
import zlib
from typing import Any

import httpx
import psycopg
import pytest

from chassis.testing.databases import ServiceDatabase
from tests.security.product import FAR_AWAY, MINE, Product, Session

XML = "application/x-compress-zlib"
PROLOG = b"<REQUEST><DEVICEID>a</DEVICEID><QUERY>PROLOG</QUERY></REQUEST>"


def inventory(serial: str) -> bytes:
    content = {
        "versionclient": "GLPI-Agent_v1.11",
        "bios": {"smanufacturer": "LENOVO", "smodel": "L13", "ssn": serial},
        "hardware": {"name": f"pc-{serial}", "memory": 8192},
    }
    deviceid = f"pc-{serial}-2026-09-01-08-00-00"
    told = {"deviceid": deviceid, "action": "inventory", "content": content}
    return json.dumps(told).encode()


async def tell(product: Product, body: bytes, **more: Any) -> httpx.Response:
    sent: dict[str, Any] = {"headers": {"content-type": XML}, **more}
    return await product.http.post(
        f"{product.url}/agent", content=zlib.compress(body), **sent
    )


def key_of(product: Product, urn: int) -> tuple[str, str]:
    return str(urn), product.tenants[urn].key["enrolment_key"]


async def test_an_agent_is_asked_for_its_key_and_then_answered(
    product: Product,
) -> None:
    asked = await tell(product, PROLOG)
    assert asked.status_code == 401
    # What FusionInventory's client looks for, to the letter.
    assert asked.headers["www-authenticate"] == 'Basic realm="Joinedup agents"'

    answer = await tell(product, PROLOG, auth=key_of(product, MINE))

    assert answer.status_code == 200
    assert b"<RESPONSE>SEND</RESPONSE>" in answer.content
    assert answer.headers["content-type"].startswith("application/xml")


async def test_what_an_agent_tells_is_in_its_schools_register_alone(
    product: Product,
) -> None:
    answer = await tell(product, inventory("GW000001"), auth=key_of(product, FAR_AWAY))

    assert answer.json()["status"] == "ok"
    there: Session = await product.signed_in("school-technician", FAR_AWAY)
    here: Session = await product.signed_in("school-technician", MINE)
    asked = {"params": {"q": "GW000001"}}
    path = "/api/inventory/v1/assets"
    assert len((await there.ask("GET", path, **asked)).json()["items"]) == 1
    assert (await here.ask("GET", path, **asked)).json()["items"] == []


async def test_another_schools_key_tells_of_no_device_of_this_one(
    product: Product,
) -> None:
    body = inventory("GW000002")
    assert (await tell(product, body, auth=key_of(product, MINE))).is_success

    answer = await tell(product, body, auth=key_of(product, FAR_AWAY))

    assert answer.status_code == 403


async def test_a_key_with_another_schools_urn_is_refused_and_recorded(
    product: Product, database_of: Any
) -> None:
    _, key = key_of(product, MINE)

    answer = await tell(product, PROLOG, auth=(str(FAR_AWAY), key))

    assert answer.status_code == 401
    inventory_database: ServiceDatabase = database_of("inventory", "_product")
    with psycopg.connect(inventory_database.admin) as admin:
        counted = admin.execute(
            "SELECT times FROM agent_refusal WHERE reason = 'enrolment-key-refused'"
        ).fetchall()
    assert counted


async def test_a_session_is_no_key(product: Product) -> None:
    technician = await product.signed_in("school-technician", MINE)

    answer = await technician.ask("POST", "/agent", {"content-type": XML}, content=b"x")

    assert answer.status_code == 401


async def test_an_internal_token_is_no_key_at_the_service(product: Product) -> None:
    """Nor does the service take anybody for an agent whom the gateway let in."""
    transport = httpx.ASGITransport(product.apps["inventory"])
    key = product.tenants[MINE].key["enrolment_key"]
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        for header in (f"Bearer {key}", "Bearer x", ""):
            sent = {"authorization": header, "content-type": XML}
            answer = await client.post("/agent", headers=sent, content=b"x")
            assert answer.status_code == 401


BROKEN = [
    (zlib.compress(b"{" + b" " * (9 << 20)), XML, 413),
    (b"{", "application/json", 400),
    (b"{}", "text/plain", 415),
]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    BROKEN,
    # Bytes make poor names.
    ids=range(len(BROKEN)),
)
async def test_what_is_no_inventory_is_refused_through_the_gateway(
    product: Product, body: bytes, kind: str, status: int
) -> None:
    answer = await product.http.post(
        f"{product.url}/agent",
        content=body,
        headers={"content-type": kind},
        auth=key_of(product, MINE),
    )

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_whole_inventory_of_more_than_a_megabyte_is_taken(
    product: Product,
) -> None:
    told = json.loads(inventory("GW000003"))
    told["content"]["softwares"] = [
        {"name": f"title {n}", "version": "1", "comments": "x" * 300}
        for n in range(5000)
    ]
    body = json.dumps(told).encode()
    assert len(body) > 1 << 20

    answer = await product.http.post(
        f"{product.url}/agent",
        content=body,
        headers={"content-type": "application/json"},
        auth=key_of(product, MINE),
    )

    assert answer.status_code == 200, answer.text
