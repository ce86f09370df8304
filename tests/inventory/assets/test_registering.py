"""Registering an asset: who may, where, and what is refused how."""

import asyncio
from typing import Any

import psycopg
import pytest

from chassis.auth import Actor, Grant
from chassis.testing.databases import ServiceDatabase
from tests.inventory.world import (
    FAR_AWAY,
    HERE,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    STAFF,
    TECHNICIAN,
    Call,
    laptop,
    registered,
)


def count(rows: ServiceDatabase, table: str) -> int:
    with psycopg.connect(rows.admin) as admin:
        found = admin.execute(f"SELECT count(*) FROM {table}").fetchone()  # pyright: ignore[reportArgumentType, reportCallIssue]  # noqa: S608
    assert found is not None
    return int(found[0])


async def test_an_asset_is_answered_as_it_is_stored(by: Call) -> None:
    answer = await by(TECHNICIAN).post("/assets", json=laptop())

    assert answer.status_code == 201
    asset = answer.json()
    assert answer.headers["etag"] == '"1"'
    assert answer.headers["location"].endswith(asset["asset_id"])
    assert asset | laptop() == asset
    read = await by(TECHNICIAN).get(f"/assets/{asset['asset_id']}")
    assert read.json() == asset


async def test_registering_says_so_in_the_outbox_without_serial_or_room(
    by: Call, rows: ServiceDatabase
) -> None:
    await registered(by(TECHNICIAN))

    with psycopg.connect(rows.admin) as admin:
        said = admin.execute("SELECT subject, data::text FROM outbox").fetchall()
    assert [subject for subject, _ in said] == [
        "joinedup.inventory.asset.registered.v1.940"
    ]
    assert "PF3ABCDE" not in said[0][1]
    assert "ICT 1" not in said[0][1]


async def test_a_tag_is_unique_within_a_school(by: Call, rows: ServiceDatabase) -> None:
    await registered(by(MANAGER))
    again = await by(MANAGER).post("/assets", json=laptop(tag="lt-0001"))
    elsewhere = await by(MANAGER).post("/assets", json=laptop(school_urn=NEXT_DOOR.urn))

    assert again.status_code == 409
    assert again.headers["content-type"] == "application/problem+json"
    assert again.json()["errors"] == [{"pointer": "/tag", "detail": "lt-0001 is taken"}]
    assert len(again.json()["trace_id"]) == 32
    assert elsewhere.status_code == 201
    assert count(rows, "outbox") == 2


@pytest.mark.parametrize(
    ("actor", "urn", "status"),
    [
        (TECHNICIAN, HERE.urn, 201),
        (MANAGER, HERE.urn, 201),
        (OTHER_TECHNICIAN, HERE.urn, 404),
        (MANAGER, FAR_AWAY.urn, 404),
        (MANAGER, 999999, 404),
        (LEADER, HERE.urn, 403),
        (STAFF, HERE.urn, 403),
    ],
    ids=[
        "its technician",
        "its LA's manager",
        "the next school's technician",
        "another LA's school",
        "no such school",
        "a leader may not write",
        "staff may not write",
    ],
)
async def test_who_may_register_where(
    by: Call, rows: ServiceDatabase, actor: Actor, urn: int, status: int
) -> None:
    answer = await by(actor).post("/assets", json=laptop(school_urn=urn))

    assert answer.status_code == status
    assert count(rows, "asset") == (1 if status == 201 else 0)


async def test_an_unknown_and_a_foreign_school_are_refused_alike(by: Call) -> None:
    foreign = await by(TECHNICIAN).post("/assets", json=laptop(school_urn=900003))
    unknown = await by(TECHNICIAN).post("/assets", json=laptop(school_urn=900009))

    def told(problem: dict[str, Any]) -> dict[str, Any]:
        return {k: v for k, v in problem.items() if k not in {"trace_id", "school_urn"}}

    assert told(foreign.json()) == told(unknown.json())


async def test_a_teacher_here_is_no_technician_here_by_being_one_next_door(
    by: Call,
) -> None:
    both = Actor(
        "p",
        "person",
        (
            Grant("staff", school_ids=(HERE.school_id,)),
            Grant("school-technician", school_ids=(NEXT_DOOR.school_id,)),
        ),
    )
    here = await by(both).post("/assets", json=laptop())
    next_door = await by(both).post("/assets", json=laptop(school_urn=NEXT_DOOR.urn))

    assert (here.status_code, next_door.status_code) == (403, 201)


async def test_a_repeat_with_its_key_is_done_once_and_answered_alike(
    by: Call, rows: ServiceDatabase
) -> None:
    key = {"idempotency-key": "visit-17"}
    client = by(TECHNICIAN)
    answers = await asyncio.gather(
        *(client.post("/assets", json=laptop(), headers=key) for _ in range(8))
    )

    assert {a.status_code for a in answers} == {201}
    assert len({a.text for a in answers}) == 1
    assert (count(rows, "asset"), count(rows, "outbox")) == (1, 1)


async def test_a_key_used_for_another_asset_is_refused(by: Call) -> None:
    key = {"idempotency-key": "visit-18"}
    await by(TECHNICIAN).post("/assets", json=laptop(), headers=key)
    other = await by(TECHNICIAN).post("/assets", json=laptop(tag="B"), headers=key)

    assert other.status_code == 422
    assert other.json()["type"].endswith("#idempotency-key-reused")


async def test_a_repeat_of_a_number_without_measure_is_refused_as_the_first(
    by: Call,
) -> None:
    key = {"idempotency-key": "visit-20"}
    body = laptop(details={"memory_gib": 10**30})

    for _ in range(2):
        refused = await by(TECHNICIAN).post("/assets", json=body, headers=key)
        assert refused.status_code == 422
        assert refused.json()["type"].endswith("#details-wrong")


async def test_one_persons_key_is_not_anothers(by: Call) -> None:
    key = {"idempotency-key": "visit-19"}
    mine = await by(TECHNICIAN).post("/assets", json=laptop(), headers=key)
    theirs = await by(MANAGER).post("/assets", json=laptop(tag="B"), headers=key)

    assert (mine.status_code, theirs.status_code) == (201, 201)


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"colour": "red"}, "/colour"),
        ({"tag": 7}, "/tag"),
        ({"tag": ""}, "/tag"),
        ({"tag": "x" * 41}, "/tag"),
        ({"tag": "a\x00b"}, "/tag"),
        ({"model": "two\nlines"}, "/model"),
        ({"category": "toaster"}, "/category"),
        ({"school_urn": 2**63}, "/school_urn"),
        ({"school_urn": "900001"}, "/school_urn"),
        ({"school_urn": True}, "/school_urn"),
        ({"purchased_on": 20240902}, "/purchased_on"),
        ({"purchased_on": "2024-02-30"}, "/purchased_on"),
        ({"status": "retired"}, "/status"),
        ({"manufacturer": None}, "/manufacturer"),
    ],
)
async def test_a_wrong_value_is_named_by_its_pointer(
    by: Call, changes: dict[str, object], pointer: str
) -> None:
    answer = await by(TECHNICIAN).post("/assets", json=laptop(**changes))

    assert answer.status_code == 422
    assert pointer in {fault["pointer"] for fault in answer.json()["errors"]}


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"{", 422), (b"[" * 100_000, 400), (b"\xff\xfe", 422), (b"x" * 1_100_000, 413)],
    ids=["cut off", "too deep", "not text", "too large"],
)
async def test_a_body_that_cannot_be_read_is_a_problem(
    by: Call, body: bytes, status: int
) -> None:
    answer = await by(TECHNICIAN).post(
        "/assets", content=body, headers={"content-type": "application/json"}
    )

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


async def test_without_a_token_nothing_is_told(by: Call) -> None:
    answer = await by(TECHNICIAN).get("/assets", headers={"authorization": "Bearer x"})

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
