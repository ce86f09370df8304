"""What is measured on lines, tests of their failover, and how schools stand by them."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from chassis.auth import Actor
from chassis.testing.databases import ServiceDatabase
from tests.inventory.circuits.lines import added, measured, pair, where
from tests.inventory.stock.stocked import ago
from tests.inventory.world import (
    AUDITOR,
    HERE,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    TECHNICIAN,
    Call,
)


async def test_a_batch_is_taken_once_and_the_middle_counts(by: Call) -> None:
    client = by(TECHNICIAN)
    made = await added(client)
    items = [
        measured(30, 900_000, 190_000, latency_ms=7),
        measured(20, 10_000, 5_000, method="speed-test"),
        measured(10, 940_000, 195_000),
        measured(60 * 24 * 29, 1, 1),
    ]

    first = await client.post(where(made, "/measurements"), json={"items": items})
    again = await client.post(
        where(made, "/measurements"), json={"items": [*items[:2], measured(5, 1, 1)]}
    )

    assert first.json() == {"recorded": 4, "known": 0}
    assert again.json() == {"recorded": 1, "known": 2}
    told = (await client.get(where(made))).json()
    assert told["measurements"] == 4
    assert (told["measured_down_kbps"], told["measured_up_kbps"]) == (10_000, 5_000)


async def test_measurements_are_paged_the_latest_first(by: Call) -> None:
    client = by(TECHNICIAN)
    made = await added(client)
    items = [measured(n, n + 1, 1) for n in range(7)]
    await client.post(where(made, "/measurements"), json={"items": items})
    found, after = list[int](), ""
    while after is not None:
        params: dict[str, Any] = {"limit": 3, **({"after": after} if after else {})}
        page = await client.get(where(made, "/measurements"), params=params)
        found += [each["down_kbps"] for each in page.json()["items"]]
        after = page.json()["next"]

    assert found == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("items", "pointer"),
    [
        # Days ahead: a long run collects its tests long before it comes to them.
        ([measured(-5_000, 1, 1)], "/items/0/measured_at"),
        ([measured(9, 1, 1)] * 2, "/items/1/measured_at"),
        (
            [measured(9, 1, 1) | {"measured_at": "0001-01-01T00:00:00Z"}],
            "/items/0/measured_at",
        ),
    ],
)
async def test_a_moment_is_past_and_named_once(
    by: Call, items: list[dict[str, Any]], pointer: str
) -> None:
    client = by(TECHNICIAN)
    made = await added(client)

    answer = await client.post(where(made, "/measurements"), json={"items": items})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_a_back_up_line_alone_is_tested(by: Call) -> None:
    client = by(TECHNICIAN)
    main, spare = await pair(client)
    body = {"tested_on": ago(2), "outcome": "passed", "switch_seconds": 40}

    refused = await client.post(where(main, "/failover-tests"), json=body)
    done = await client.post(where(spare, "/failover-tests"), json=body)
    late = {**body, "tested_on": "9999-12-31"}
    early = await client.post(where(spare, "/failover-tests"), json=late)

    assert refused.status_code == 409
    assert refused.json()["type"].endswith("#circuit-no-back-up-line")
    assert done.status_code == 201, done.text
    assert early.status_code == 422
    listed = (await client.get(where(spare, "/failover-tests"))).json()["items"]
    assert listed == [done.json()]
    told = (await client.get(where(spare))).json()
    assert (told["tested_on"], told["test_outcome"]) == (ago(2), "passed")


async def test_a_repeated_test_with_its_key_is_one(by: Call) -> None:
    client = by(TECHNICIAN)
    _, spare = await pair(client)
    key = {"idempotency-key": str(uuid4())}
    body = {"tested_on": ago(0), "outcome": "failed"}

    for _ in range(2):
        await client.post(where(spare, "/failover-tests"), json=body, headers=key)

    listed = await client.get(where(spare, "/failover-tests"))
    assert len(listed.json()["items"]) == 1


async def test_nobody_rewrites_what_was_measured_or_tested(
    by: Call, rows: ServiceDatabase
) -> None:
    made = await added(by(TECHNICIAN))
    items = [measured(1, 1, 1)]
    await by(TECHNICIAN).post(where(made, "/measurements"), json={"items": items})

    with psycopg.connect(rows.app, autocommit=True) as app:
        for change in (
            "UPDATE circuit_measurement SET down_kbps = 2",
            "DELETE FROM circuit_measurement",
            "UPDATE failover_test SET outcome = 'passed'",
            "DELETE FROM failover_test",
            "DELETE FROM circuit",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(change.encode())


@pytest.mark.parametrize(("actor", "status"), [(LEADER, 403), (AUDITOR, 403)])
async def test_who_reads_only_writes_nothing(
    by: Call, actor: Actor, status: int
) -> None:
    made = await added(by(TECHNICIAN))
    body = {"items": [measured(1, 1, 1)]}

    answer = await by(actor).post(where(made, "/measurements"), json=body)
    other = await by(OTHER_TECHNICIAN).post(where(made, "/measurements"), json=body)

    assert (answer.status_code, other.status_code) == (status, 404)


async def schools_by(by: Call, actor: Actor, **asked: Any) -> list[dict[str, Any]]:
    answer = await by(actor).get("/broadband/schools", params=asked)
    assert answer.status_code == 200, answer.text
    count = await by(actor).get("/broadband/schools/count", params=asked)
    found: list[dict[str, Any]] = answer.json()["items"]
    assert count.json()["count"] == len(found)
    return found


def phase(rows: ServiceDatabase, urn: int, word: str) -> None:
    with psycopg.connect(rows.admin, autocommit=True) as admin:
        admin.execute("UPDATE school SET phase = %s WHERE urn = %s", [word, urn])


async def test_an_la_sees_which_schools_meet_the_standard(
    by: Call, rows: ServiceDatabase
) -> None:
    phase(rows, HERE.urn, "primary")
    _, spare = await pair(by(TECHNICIAN))
    test = {"tested_on": ago(2), "outcome": "passed"}
    await by(TECHNICIAN).post(where(spare, "/failover-tests"), json=test)

    found = await schools_by(by, MANAGER, sort="-standing")

    told = {each["school_urn"]: each for each in found}
    assert told[HERE.urn]["standing"] == "met"
    assert told[HERE.urn]["back_up"]["circuit_id"] == spare["circuit_id"]
    assert told[NEXT_DOOR.urn]["lacks"] == ["phase-not-named"]
    [own] = await schools_by(by, TECHNICIAN)
    assert own["school_urn"] == HERE.urn
    [met] = await schools_by(by, MANAGER, standing="met")
    assert met == told[HERE.urn]
    assert await schools_by(by, MANAGER, lack="down") == []


async def test_a_school_out_of_scope_is_not_judged(by: Call) -> None:
    answer = await by(OTHER_TECHNICIAN).get(
        "/broadband/schools", params={"school": HERE.urn}
    )

    assert answer.status_code == 404


async def test_the_clock_of_a_probe_may_be_a_little_ahead(by: Call) -> None:
    client = by(TECHNICIAN)
    made = await added(client)
    now = datetime.now(UTC).isoformat()
    items = [{"measured_at": now, "down_kbps": 1, "up_kbps": 1}]

    answer = await client.post(where(made, "/measurements"), json={"items": items})

    assert answer.json() == {"recorded": 1, "known": 0}
