"""Many assets changed at once: each answered for, one transaction, taken back whole."""

import asyncio
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from chassis.auth import Actor, Grant
from chassis.testing.databases import ServiceDatabase
from tests.inventory.attachments.samples import PDF
from tests.inventory.world import (
    AUDITOR,
    FAR_AWAY,
    HERE,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    STAFF,
    TECHNICIAN,
    Call,
    registered,
)

WHERE = "/assets/batch-changes"
RETIRE = {"kind": "retire"}
STORE = {"kind": "set-status", "status": "in-store"}


def seen(*assets: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"asset_id": a["asset_id"], "version": a["version"]} for a in assets]


async def change(
    by: Call, actor: Actor, assets: list[dict[str, Any]], how: dict[str, Any]
) -> dict[str, Any]:
    answer = await by(actor).post(WHERE, json={"assets": assets, "change": how})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def results(batch: dict[str, Any]) -> list[str]:
    places = [each["pointer"] for each in batch["results"]]
    assert places == [f"/assets/{at}" for at in range(len(places))]
    return [each["result"] for each in batch["results"]]


async def get(by: Call, actor: Actor, asset: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = (await by(actor).get(f"/assets/{asset['asset_id']}")).json()
    return found


async def test_each_of_many_is_answered_for_in_its_place(by: Call) -> None:
    client = by(MANAGER)
    fine = await registered(client, tag="a")
    stored = await registered(client, tag="b", status="in-store")
    stale = await registered(client, tag="c")
    gone = await registered(client, tag="d")
    await client.post(f"/assets/{gone['asset_id']}/retire", headers={"if-match": '"1"'})
    never = {"asset_id": str(uuid4()), "version": 1}
    asked = [
        *seen(fine, stored, {**stale, "version": 7}, {**gone, "version": 2}),
        never,
        *seen(fine),
    ]

    batch = await change(by, MANAGER, asked, STORE)

    assert results(batch) == [
        *("done", "unchanged", "stale", "illegal", "not-found", "repeated")
    ]
    assert [each["version"] for each in batch["results"]] == [2, *[None] * 5]
    assert (await get(by, MANAGER, fine))["status"] == "in-store"
    assert await get(by, MANAGER, stale) == stale


@pytest.mark.parametrize(
    ("actor", "result"),
    [
        (OTHER_TECHNICIAN, "not-found"),
        (STAFF, "not-found"),
        (LEADER, "forbidden"),
        (AUDITOR, "forbidden"),
    ],
    ids=["foreign", "staff", "leader", "auditor"],
)
async def test_who_may_not_write_changes_none_of_many(
    by: Call, actor: Actor, result: str
) -> None:
    asset = await registered(by(TECHNICIAN))

    batch = await change(by, actor, seen(asset), RETIRE)

    assert results(batch) == [result]
    assert await get(by, TECHNICIAN, asset) == asset


async def test_foreign_assets_among_ones_own_are_as_if_there_were_none(
    by: Call,
) -> None:
    mine = await registered(by(TECHNICIAN))
    theirs = await registered(by(OTHER_TECHNICIAN), school_urn=NEXT_DOOR.urn)

    batch = await change(by, TECHNICIAN, seen(theirs, mine), RETIRE)

    assert results(batch) == ["not-found", "done"]
    assert await get(by, OTHER_TECHNICIAN, theirs) == theirs


async def test_five_hundred_are_changed_and_taken_back_with_one_fact_each(
    by: Call, rows: ServiceDatabase
) -> None:
    with psycopg.connect(rows.admin, autocommit=True) as admin:
        admin.execute(
            "INSERT INTO asset (la_code, school_id, tag, category, manufacturer, model)"
            " SELECT %s, %s, 'T' || n, 'laptop', 'Lenovo', 'L13'"
            " FROM generate_series(1, 500) AS n",
            [HERE.la_code, HERE.school_id],
        )
        ids = [row[0] for row in admin.execute("SELECT asset_id FROM asset")]
    asked = [{"asset_id": str(each), "version": 1} for each in ids]

    batch = await change(by, TECHNICIAN, asked, RETIRE)
    back = await by(TECHNICIAN).post(f"{WHERE}/{batch['batch_id']}/undo")

    assert set(results(batch)) == {"done"}
    assert set(results(back.json())) == {"done"}
    with psycopg.connect(rows.admin) as admin:
        kept = admin.execute(
            "SELECT status, version, count(*) FROM asset GROUP BY 1, 2"
        ).fetchall()
        said = admin.execute(
            "SELECT type, count(*) FROM outbox GROUP BY 1 ORDER BY 1"
        ).fetchall()
    assert kept == [("in-use", 3, 500)]
    assert said == [
        ("uk.joinedup.inventory.asset.reinstated.v1", 500),
        ("uk.joinedup.inventory.asset.retired.v1", 500),
    ]


@pytest.mark.parametrize(
    "body",
    [
        {"assets": [], "change": RETIRE},
        {"assets": [{"asset_id": str(uuid4()), "version": 1}] * 501, "change": RETIRE},
        {"assets": [{"asset_id": str(uuid4())}], "change": RETIRE},
        {"assets": [{"asset_id": str(uuid4()), "version": 0}], "change": RETIRE},
        {"assets": [{"asset_id": str(uuid4()), "version": 1}], "change": {}},
        {
            "assets": [{"asset_id": str(uuid4()), "version": 1}],
            "change": {"kind": "set-status", "status": "retired"},
        },
        {
            "assets": [{"asset_id": str(uuid4()), "version": 1}],
            "change": {"kind": "move"},
        },
    ],
)
async def test_what_means_nothing_is_a_problem_with_its_place(
    by: Call, body: dict[str, Any]
) -> None:
    answer = await by(TECHNICIAN).post(WHERE, json=body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"].startswith(("/assets", "/change"))


@pytest.mark.parametrize(
    ("urn", "status"), [(FAR_AWAY.urn, 404), (999998, 404), (NEXT_DOOR.urn, 404)]
)
async def test_many_move_to_no_school_that_is_not_the_movers(
    by: Call, urn: int, status: int
) -> None:
    asset = await registered(by(TECHNICIAN))
    body = {"assets": seen(asset), "change": {"kind": "move", "school_urn": urn}}

    answer = await by(TECHNICIAN).post(WHERE, json=body)

    assert answer.status_code == status
    assert await get(by, TECHNICIAN, asset) == asset


async def test_many_move_to_no_school_where_the_mover_may_only_look(by: Call) -> None:
    visiting = Actor(
        "v",
        "person",
        (
            Grant("school-technician", school_ids=(HERE.school_id,)),
            Grant("school-leader", school_ids=(NEXT_DOOR.school_id,)),
        ),
    )
    asset = await registered(by(visiting))
    how = {"kind": "move", "school_urn": NEXT_DOOR.urn}

    answer = await by(visiting).post(WHERE, json={"assets": seen(asset), "change": how})

    assert answer.status_code == 403


async def test_many_move_but_none_to_where_its_tag_is_taken(by: Call) -> None:
    client = by(MANAGER)
    free = await registered(client, tag="FREE")
    taken = await registered(client, tag="taken")
    await registered(client, tag="TAKEN", school_urn=NEXT_DOOR.urn)
    how = {"kind": "move", "school_urn": NEXT_DOOR.urn, "room": "Library"}

    batch = await change(by, MANAGER, seen(free, taken), how)

    assert results(batch) == ["done", "tag-taken"]
    there = await get(by, OTHER_TECHNICIAN, free)
    assert (there["school_urn"], there["room"]) == (NEXT_DOOR.urn, "Library")
    back = await client.post(f"{WHERE}/{batch['batch_id']}/undo")
    assert results(back.json()) == ["done"]
    here = await get(by, TECHNICIAN, free)
    assert (here["school_urn"], here["room"]) == (HERE.urn, "ICT 1")


async def test_what_was_changed_since_is_not_taken_back(by: Call) -> None:
    client = by(TECHNICIAN)
    one, two = [await registered(client, tag=tag) for tag in ("1", "2")]
    batch = await change(by, TECHNICIAN, seen(one, two), STORE)
    await client.patch(
        f"/assets/{two['asset_id']}",
        json={"status": "in-repair"},
        headers={"if-match": '"2"'},
    )

    back = await client.post(f"{WHERE}/{batch['batch_id']}/undo")
    again = await client.post(f"{WHERE}/{batch['batch_id']}/undo")

    assert sorted(results(back.json())) == ["done", "stale"]
    assert results(again.json()) == ["stale", "stale"]
    assert (await get(by, TECHNICIAN, one))["status"] == "in-use"
    assert (await get(by, TECHNICIAN, two))["status"] == "in-repair"


@pytest.mark.parametrize("actor", [MANAGER, OTHER_TECHNICIAN, LEADER, STAFF])
async def test_only_who_made_a_change_takes_it_back(by: Call, actor: Actor) -> None:
    asset = await registered(by(TECHNICIAN))
    batch = await change(by, TECHNICIAN, seen(asset), RETIRE)

    answer = await by(actor).post(f"{WHERE}/{batch['batch_id']}/undo")

    assert answer.status_code == 404
    assert (await get(by, TECHNICIAN, asset))["status"] == "retired"


async def test_a_change_that_is_sent_twice_is_made_once(by: Call) -> None:
    asset = await registered(by(TECHNICIAN))
    body = {"assets": seen(asset), "change": STORE}
    key = {"idempotency-key": uuid4().hex}

    first, second = [
        (await by(TECHNICIAN).post(WHERE, json=body, headers=key)).json() for _ in "12"
    ]

    assert first == second
    assert (await get(by, TECHNICIAN, asset))["version"] == 2


async def test_two_changes_of_the_same_many_at_once_do_not_wait_in_a_circle(
    by: Call,
) -> None:
    client = by(TECHNICIAN)
    assets = [await registered(client, tag=f"t{n}") for n in range(20)]
    both = [seen(*assets), seen(*reversed(assets))]

    batches = await asyncio.gather(
        *(change(by, TECHNICIAN, asked, STORE) for asked in both)
    )

    assert sorted({tuple(sorted(set(results(b)))) for b in batches}) == [
        ("done",),
        ("stale",),
    ]


async def test_many_leave_for_good_and_each_such_step_is_taken_back(by: Call) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client, room="Hall")
    gone = {"kind": "dispose", "on": "2026-07-20", "method": "sold", "reference": "7"}
    early = await change(by, TECHNICIAN, seen(asset), gone)
    assert results(early) == ["illegal"]
    await change(by, TECHNICIAN, seen(asset), RETIRE)
    retired = await get(by, TECHNICIAN, asset)

    batch = await change(by, TECHNICIAN, seen(retired), gone)
    disposed = await get(by, TECHNICIAN, asset)
    back = await client.post(f"{WHERE}/{batch['batch_id']}/undo")
    again = await get(by, TECHNICIAN, asset)

    assert (disposed["status"], disposed["disposal_reference"]) == ("disposed", "7")
    assert results(back.json()) == ["done"]
    assert (again["status"], again["disposed_on"]) == ("retired", None)
    undone = await client.post(f"{WHERE}/{back.json()['batch_id']}/undo")
    assert results(undone.json()) == ["done"]
    assert await get(by, TECHNICIAN, asset) | {"version": 0, "changed_at": ""} == (
        disposed | {"version": 0, "changed_at": ""}
    )


async def test_what_was_cancelled_and_ordered_again_is_cancelled_by_taking_it_back(
    by: Call,
) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client, status="ordered")
    cancel = {"kind": "set-status", "status": "cancelled"}
    await change(by, TECHNICIAN, seen(asset), cancel)
    cancelled = await get(by, TECHNICIAN, asset)

    batch = await change(by, TECHNICIAN, seen(cancelled), {"kind": "reinstate"})
    back = await client.post(f"{WHERE}/{batch['batch_id']}/undo")

    assert results(back.json()) == ["done"]
    told = await client.get(f"/assets/{asset['asset_id']}/history")
    assert [entry["fact"] for entry in told.json()["items"]] == [
        *("changed", "reinstated", "changed")
    ]


async def test_a_document_that_came_since_hinders_no_undo(by: Call) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)
    batch = await change(by, TECHNICIAN, seen(asset), RETIRE)
    path = f"/assets/{asset['asset_id']}/files"
    attached = await client.post(path, content=PDF)
    assert attached.status_code == 201, attached.text

    back = await client.post(f"{WHERE}/{batch['batch_id']}/undo")

    assert results(back.json()) == ["done"]
    again = await get(by, TECHNICIAN, asset)
    assert (again["status"], again["version"]) == ("in-use", 4)
    once_more = await client.post(f"{WHERE}/{batch['batch_id']}/undo")
    assert results(once_more.json()) == ["stale"]
