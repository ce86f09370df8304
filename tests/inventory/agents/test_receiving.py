"""What agents send is believed as far as their key goes, kept once, and compared."""

import asyncio
import base64
import gzip
import json
import zlib

import httpx
import psycopg
import pytest

from chassis.testing.databases import ServiceDatabase
from tests.inventory.agents.conftest import Agent, MakeAgent, pc
from tests.inventory.world import HERE, NEXT_DOOR, TECHNICIAN, Call, registered

PROLOG = b"<REQUEST><DEVICEID>a</DEVICEID><QUERY>PROLOG</QUERY></REQUEST>"


def rows_of(rows: ServiceDatabase, statement: str) -> list[tuple]:
    with psycopg.connect(rows.admin) as admin:
        return admin.execute(statement.encode()).fetchall()


def changes(rows: ServiceDatabase) -> list[tuple]:
    found = "SELECT section, before, after FROM agent_change ORDER BY change_id"
    return rows_of(rows, found)


def refusals(rows: ServiceDatabase) -> dict[str, int]:
    return dict(rows_of(rows, "SELECT reason, times FROM agent_refusal"))


async def test_an_agent_asks_what_to_do_in_either_language(agent_at: MakeAgent) -> None:
    agent = await agent_at(HERE)

    contact = await agent.tell({"action": "contact", "deviceid": "a"}, packed=True)
    assert contact.json() == {
        "status": "ok",
        "expiration": 24,
        "tasks": {"inventory": {"server": "glpi", "version": "10.0"}},
    }
    assert contact.headers["content-type"] == "application/json"
    prolog = await agent.tell(PROLOG, "application/x-compress-zlib", packed=True)
    assert prolog.status_code == 200
    assert prolog.headers["content-type"].startswith("application/xml")
    assert b"<REPLY><RESPONSE>SEND</RESPONSE><PROLOG_FREQ>24<" in prolog.content


async def test_a_device_becomes_an_asset_with_its_software(
    agent_at: MakeAgent, by: Call, rows: ServiceDatabase
) -> None:
    agent = await agent_at(HERE)

    answer = await agent.tell(pc(), packed=True)

    assert answer.json()["status"] == "ok"
    [asset] = (await by(TECHNICIAN).get("/assets")).json()["items"]
    assert asset | {"school_urn": HERE.urn} == asset
    assert (asset["tag"], asset["category"]) == ("lt-0001", "laptop")
    assert (asset["manufacturer"], asset["model"]) == ("LENOVO", "ThinkPad L13")
    assert asset["serial"] == "PF3ABCDE"
    software = await by(TECHNICIAN).get(f"/assets/{asset['asset_id']}/software")
    assert [each["name"] for each in software.json()["items"]] == ["7-Zip", "Firefox"]
    assert rows_of(rows, "SELECT matched_by FROM agent_device") == [("new",)]
    assert changes(rows) == []


@pytest.mark.parametrize("times", [1, 5])
async def test_a_repeat_is_accepted_and_changes_nothing(
    agent_at: MakeAgent, by: Call, rows: ServiceDatabase, times: int
) -> None:
    agent = await agent_at(HERE)
    await agent.tell(pc())
    kept = "SELECT version, content_hash FROM agent_device"
    before = rows_of(rows, kept)

    for _ in range(times):
        assert (await agent.tell(pc())).status_code == 200

    assert rows_of(rows, kept) == before
    assert changes(rows) == []
    assert len((await by(TECHNICIAN).get("/assets")).json()["items"]) == 1


async def test_what_changed_is_history(
    agent_at: MakeAgent, by: Call, rows: ServiceDatabase
) -> None:
    agent = await agent_at(HERE)
    await agent.tell(pc())

    later = {"accesslog": {"logdate": "2026-09-08 09:00:00"}}
    hardware = {**pc()["content"]["hardware"], "memory": 16384}
    titles = [{"name": "Firefox", "publisher": "Mozilla", "version": "131.0"}]
    await agent.tell(pc(**later, hardware=hardware, softwares=titles))

    assert changes(rows) == [
        ("memory", {"mib": 8192}, {"mib": 16384}),
        (
            "software",
            [
                {"name": "7-Zip", "version": "24.08", "publisher": "Igor Pavlov"},
                {"name": "Firefox", "version": "130.0", "publisher": "Mozilla"},
            ],
            [{"name": "Firefox", "version": "131.0", "publisher": "Mozilla"}],
        ),
    ]
    [asset] = (await by(TECHNICIAN).get("/assets")).json()["items"]
    software = await by(TECHNICIAN).get(f"/assets/{asset['asset_id']}/software")
    assert [each["version"] for each in software.json()["items"]] == ["131.0"]


async def test_a_partial_inventory_leaves_the_rest_as_it_was(
    agent_at: MakeAgent, rows: ServiceDatabase
) -> None:
    agent = await agent_at(HERE)
    await agent.tell(pc())

    partial = pc()
    for name in ("networks", "softwares", "accesslog"):
        del partial["content"][name]
    partial["content"]["batteries"] = [{"name": "B1", "capacity": 50000}]
    await agent.tell({**partial, "partial": True})

    [(section, before, [after])] = changes(rows)
    assert (section, before, after["designed_mwh"]) == ("batteries", [], 50000)
    [(sections,)] = rows_of(rows, "SELECT sections FROM agent_device")
    assert sections["ports"][0]["mac"] == "b8:6b:23:e0:5c:81"
    assert rows_of(rows, "SELECT count(*) FROM software_install") == [(2,)]


async def test_an_older_inventory_is_refused_and_counted(
    agent_at: MakeAgent, rows: ServiceDatabase
) -> None:
    agent = await agent_at(HERE)
    await agent.tell(pc())
    older = pc(accesslog={"logdate": "2026-09-06 09:00:00"})

    answers = [await agent.tell(older) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert answers[0].json()["type"].endswith("#inventory-older")
    assert refusals(rows) == {"inventory-older": 2}


async def test_one_school_cannot_tell_of_anothers_device(
    agent_at: MakeAgent, rows: ServiceDatabase, by: Call
) -> None:
    agent, other = await agent_at(HERE), await agent_at(NEXT_DOOR)
    await agent.tell(pc())
    kept = rows_of(rows, "SELECT * FROM agent_device")

    answer = await other.tell(pc(softwares=[]))

    assert answer.status_code == 403
    assert answer.json()["type"].endswith("#device-of-another-school")
    assert rows_of(rows, "SELECT * FROM agent_device") == kept
    assert refusals(rows) == {"device-of-another-school": 1}
    assert len((await by(TECHNICIAN).get("/assets")).json()["items"]) == 1


async def test_clones_of_one_image_are_told_apart(
    agent_at: MakeAgent, by: Call
) -> None:
    agent = await agent_at(HERE)
    await agent.tell(pc())
    content = pc()["content"]
    clone = pc(
        bios={**content["bios"], "ssn": "PF3ABCDF"},
        hardware={**content["hardware"], "uuid": None, "name": "lt-0002"},
        networks=[],
    )

    assert (await agent.tell(clone)).status_code == 200

    found = (await by(TECHNICIAN).get("/assets")).json()["items"]
    assert [each["serial"] for each in found] == ["PF3ABCDE", "PF3ABCDF"]


async def test_a_wrong_key_is_none(
    agent_at: MakeAgent, caller: httpx.AsyncClient, rows: ServiceDatabase
) -> None:
    agent = await agent_at(HERE)
    wrong = [
        Agent(caller, HERE, agent.key[:-1] + "!"),
        Agent(caller, HERE, "jek-" + "a" * 32),
        Agent(caller, HERE, "jek-" + "a" * 5000),
        Agent(caller, HERE, ""),
        # Of a school, and not of this one.
        Agent(caller, NEXT_DOOR, agent.key),
    ]

    for each in wrong:
        answer = await each.tell(pc())
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == 'Basic realm="Joinedup agents"'
        assert answer.json()["type"].endswith("#enrolment-key-refused")
    assert refusals(rows) == {"enrolment-key-refused": 1}


@pytest.mark.parametrize(
    "header",
    [
        *("", "Basic", "Basic !!!", "Bearer x", "Basic " + "A" * 3000),
        "Basic " + base64.b64encode("٩٠٠٠٠١:x".encode()).decode(),
        "Basic " + base64.b64encode(b"900001").decode(),
        "Basic " + base64.b64encode(b"900001:\xff\x00").decode(),
    ],
)
async def test_broken_credentials_are_none(
    caller: httpx.AsyncClient, by: Call, header: str
) -> None:
    del by
    sent = {"authorization": header, "content-type": "application/json"}
    answer = await caller.post("/agent", content=b"{}", headers=sent)

    assert answer.status_code == 401


BROKEN = [
    (b"{", "application/json", 400),
    (b"", "application/json", 400),
    (zlib.compress(b"{")[:-2], "application/x-compress-zlib", 400),
    (gzip.compress(b"{}")[:9], "application/x-compress-gzip", 400),
    (b"<REQUEST><!DOCTYPE a></REQUEST>", "application/xml", 400),
    (b'{"content": {}}', "application/json", 400),
    (json.dumps(pc()).encode(), "text/plain", 415),
    (b"hello", "application/json", 415),
    (zlib.compress(b"{" + b" " * (9 << 20)), "application/x-compress-zlib", 413),
    (b'{"a":' + b"[]," * 30_000, "application/json", 413),
    (b" " * ((4 << 20) + 1), "application/json", 413),
]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    BROKEN,
    # Bytes make poor names.
    ids=range(len(BROKEN)),
)
async def test_what_is_no_inventory_is_refused_and_counted(
    agent_at: MakeAgent, rows: ServiceDatabase, body: bytes, kind: str, status: int
) -> None:
    agent = await agent_at(HERE)

    answer = await agent.tell(body, kind)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    # More than the server reads at all is not counted: nobody knows yet whose it is.
    assert sum(refusals(rows).values()) == (len(body) <= 4 << 20)


async def test_what_a_database_cannot_store_is_left_out(
    agent_at: MakeAgent, rows: ServiceDatabase
) -> None:
    """NUL, wherever JSON may have it: in values, and in the names of some of them."""
    told = {
        "action": "netinventory",
        "deviceid": "\x00",
        "itemtype": "Printer",
        "content": {
            "network_device": {
                "serial": "PR\x00123",
                "type": "Printer",
                "name": "\x00",
            },
            "pagecounters": {"to\x00tal": 5, "\x00": 6, "x" * 900: 7},
            "cartridges": [{"toner\x00black": "7\x001"}],
            "network_ports": [{"ifname": "a\x00b", "vlans": [{"number": 1e18}]}],
        },
    }
    agent = await agent_at(HERE)

    assert (await agent.tell(told)).status_code == 200

    [(sections,)] = rows_of(rows, "SELECT sections FROM agent_device")
    assert sections["counters"] == {"to tal": 5, "x" * 40: 7}
    assert sections["device"]["serial"] == "PR 123"


async def test_two_first_reports_at_once_are_one_device(
    agent_at: MakeAgent, by: Call, rows: ServiceDatabase
) -> None:
    agent = await agent_at(HERE)

    answers = await asyncio.gather(*(agent.tell(pc()) for _ in range(6)))

    assert {answer.status_code for answer in answers} <= {200, 503}
    assert rows_of(rows, "SELECT count(*) FROM agent_device") == [(1,)]
    assert len((await by(TECHNICIAN).get("/assets")).json()["items"]) == 1


async def test_a_device_is_the_asset_with_its_serial(
    agent_at: MakeAgent, by: Call, rows: ServiceDatabase
) -> None:
    asset = await registered(by(TECHNICIAN), serial="pf3abcde", tag="OLD-1")
    agent = await agent_at(HERE)

    await agent.tell(pc())

    found = rows_of(rows, "SELECT asset_id::text, matched_by FROM agent_device")
    assert found == [(asset["asset_id"], "serial")]
    assert len((await by(TECHNICIAN).get("/assets")).json()["items"]) == 1


async def test_an_asset_of_another_school_is_no_match(
    agent_at: MakeAgent, by: Call, rows: ServiceDatabase
) -> None:
    await registered(by(TECHNICIAN), serial="PF3ABCDE")
    agent = await agent_at(NEXT_DOOR)

    await agent.tell(pc())

    assert rows_of(rows, "SELECT matched_by FROM agent_device") == [("new",)]


async def test_two_assets_with_its_serial_are_a_doubt(
    agent_at: MakeAgent, by: Call, rows: ServiceDatabase
) -> None:
    one = await registered(by(TECHNICIAN), tag="A-1", serial="PF3ABCDE")
    two = await registered(by(TECHNICIAN), tag="A-2", serial="PF3ABCDE")
    agent = await agent_at(HERE)

    for _ in range(2):
        assert (await agent.tell(pc())).status_code == 200

    [(reason, candidates)] = rows_of(
        rows, "SELECT reason, candidates::text[] FROM agent_doubt"
    )
    assert reason == "several-by-serial"
    assert sorted(candidates) == sorted([one["asset_id"], two["asset_id"]])
    assert rows_of(rows, "SELECT asset_id FROM agent_device") == [(None,)]
    assert rows_of(rows, "SELECT count(*) FROM software_install") == [(0,)]


async def test_a_taken_tag_is_not_given_twice(agent_at: MakeAgent, by: Call) -> None:
    await registered(by(TECHNICIAN), tag="LT-0001", serial="OTHER1")
    agent = await agent_at(HERE)

    await agent.tell(pc())

    found = (await by(TECHNICIAN).get("/assets")).json()["items"]
    assert {each["tag"] for each in found} == {"LT-0001", "PF3ABCDE"}
