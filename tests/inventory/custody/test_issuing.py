"""Kit is given out and comes back, and never with two holders at a time."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest

from chassis.testing.databases import ServiceDatabase
from tests.inventory.test_saying import said
from tests.inventory.world import (
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

TO_AMY = {"holder_name": "Amy Archer 9B", "holder_reference": "P0417"}


def days_ago(days: float) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).isoformat()


def day(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


def of(asset: dict[str, Any]) -> str:
    return f"/assets/{asset['asset_id']}/custody"


def slug(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rpartition("#")[2]


async def issued(
    client: httpx.AsyncClient, asset: dict[str, Any], **terms: Any
) -> dict[str, Any]:
    answer = await client.post(of(asset), json={**TO_AMY, **terms})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def returned(
    client: httpx.AsyncClient, custody: dict[str, Any], **how: Any
) -> httpx.Response:
    return await client.post(f"/custodies/{custody['custody_id']}/return", json=how)


async def status(client: httpx.AsyncClient, asset: dict[str, Any]) -> str:
    return str((await client.get(f"/assets/{asset['asset_id']}")).json()["status"])


async def test_a_thing_is_given_out_renewed_and_comes_back(
    by: Call, rows: ServiceDatabase
) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client, status="in-store")

    given = await issued(client, asset, due_on=day(14), condition="Scratched lid")

    assert given["holder_name"] == "Amy Archer 9B"
    assert (given["tag"], given["returned_at"]) == ("LT-0001", None)
    assert await status(client, asset) == "in-use"
    where = f"/custodies/{given['custody_id']}"
    renewed = await client.patch(
        where, json={"due_on": day(28)}, headers={"if-match": '"1"'}
    )
    assert (renewed.status_code, renewed.json()["due_on"]) == (200, day(28))
    stale = await client.patch(
        where, json={"due_on": None}, headers={"if-match": '"1"'}
    )
    assert stale.status_code == 412
    back = await returned(client, given, condition="Key missing")
    assert back.status_code == 200, back.text
    assert back.json()["condition_in"] == "Key missing"
    assert await status(client, asset) == "in-store"
    told = await client.get(of(asset))
    assert told.json()["items"] == [back.json()]
    history = await client.get(f"/assets/{asset['asset_id']}/history")
    facts = [entry["fact"] for entry in history.json()["items"]]
    assert facts == ["issued", "renewed", "returned"]
    assert "Amy" not in history.text
    of_custody = [each[:2] for each in said(rows) if each[0].startswith("custody")]
    assert of_custody == [
        ("custody.issued.v1.940", 1),
        ("custody.renewed.v1.940", 2),
        ("custody.returned.v1.940", 3),
    ]
    with psycopg.connect(rows.admin) as admin:
        [[told_text]] = admin.execute(
            "SELECT string_agg(data::text, '') FROM outbox"
        ).fetchall()
    assert "Amy" not in told_text


async def test_what_is_out_is_not_given_out_again_and_one_is_told_who_has_it(
    by: Call,
) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)
    key = {"idempotency-key": str(uuid4())}
    first = await client.post(of(asset), json=TO_AMY, headers=key)

    repeat = await client.post(of(asset), json=TO_AMY, headers=key)
    again = await client.post(of(asset), json={"holder_name": "Ben Boot"})

    assert repeat.json() == first.json()
    assert slug(again) == (409, "asset-out")
    assert again.json()["detail"].startswith("Amy Archer 9B has it since ")
    assert again.json()["custody_id"] == first.json()["custody_id"]


async def test_what_is_back_is_not_taken_back_again(by: Call) -> None:
    client = by(TECHNICIAN)
    given = await issued(client, await registered(client))
    await returned(client, given)

    again = await returned(client, given)
    renewed = await client.patch(
        f"/custodies/{given['custody_id']}",
        json={"due_on": None},
        headers={"if-match": '"2"'},
    )

    assert slug(again) == (409, "custody-returned")
    assert again.json()["detail"].startswith("It came back on ")
    assert slug(renewed) == (409, "custody-returned")


@pytest.mark.parametrize("state", ["missing", "in-repair"])
async def test_what_is_elsewhere_is_not_given_out(by: Call, state: str) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)
    await client.patch(
        f"/assets/{asset['asset_id']}",
        json={"status": state},
        headers={"if-match": '"1"'},
    )

    answer = await client.post(of(asset), json=TO_AMY)

    assert slug(answer) == (409, "asset-not-to-give-out")
    assert answer.json()["present"] == state
    assert state in answer.json()["detail"]


async def test_what_is_retired_is_not_given_out(by: Call) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)
    await client.post(
        f"/assets/{asset['asset_id']}/retire", headers={"if-match": '"1"'}
    )

    answer = await client.post(of(asset), json=TO_AMY)

    assert slug(answer) == (409, "asset-not-to-give-out")
    assert "retired" in answer.json()["detail"]


async def test_what_somebody_had_then_is_not_written_down_for_another(
    by: Call,
) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)
    given = await issued(client, asset, issued_at=days_ago(10))
    await returned(client, given, returned_at=days_ago(5))

    within = await client.post(of(asset), json={**TO_AMY, "issued_at": days_ago(7)})
    before = await client.post(of(asset), json={**TO_AMY, "issued_at": days_ago(20)})
    after = await client.post(of(asset), json={**TO_AMY, "issued_at": days_ago(4)})

    assert slug(within) == slug(before) == (409, "custody-overlaps")
    assert "had it from" in within.json()["detail"]
    assert after.status_code == 201


@pytest.mark.parametrize(
    ("terms", "pointer"),
    [
        ({"issued_at": "1999-12-31T00:00:00Z"}, "/issued_at"),
        ({"issued_at": "2200-01-01T00:00:00Z"}, "/issued_at"),
        ({"due_on": "2001-01-01"}, "/due_on"),
        ({"holder_name": " "}, "/holder_name"),
        ({"purpose": "gift"}, "/purpose"),
    ],
)
async def test_a_wrong_issue_is_pointed_at(
    by: Call, terms: dict[str, Any], pointer: str
) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)

    answer = await client.post(of(asset), json={**TO_AMY, **terms})

    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]


async def test_a_return_before_the_issue_is_pointed_at(by: Call) -> None:
    client = by(TECHNICIAN)
    given = await issued(client, await registered(client))

    answer = await returned(client, given, returned_at=days_ago(1))

    assert slug(answer) == (422, "custody-times-impossible")
    assert answer.json()["errors"][0]["pointer"] == "/returned_at"


async def test_what_is_out_stays_at_its_school_until_it_is_back(by: Call) -> None:
    client = by(MANAGER)
    asset, other = await registered(client), await registered(client, tag="LT-2")
    given = await issued(client, asset)
    there = {"school_urn": NEXT_DOOR.urn}
    where = f"/assets/{asset['asset_id']}/move"

    moved = await client.post(where, json=there, headers={"if-match": '"2"'})
    both = {
        "assets": [
            {"asset_id": asset["asset_id"], "version": 2},
            {"asset_id": other["asset_id"], "version": 1},
        ],
        "change": {"kind": "move", **there},
    }
    many = await client.post("/assets/batch-changes", json=both)

    assert slug(moved) == (409, "asset-out")
    assert [each["result"] for each in many.json()["results"]] == ["out", "done"]
    await returned(client, given)
    again = await client.post(where, json=there, headers={"if-match": '"3"'})
    assert again.status_code == 200, again.text
    # Whose it was stays with the school that gave it out.
    assert (await by(OTHER_TECHNICIAN).get(of(asset))).json()["items"] == []
    mine = await by(TECHNICIAN).get("/custodies", params={"school": HERE.urn})
    [left] = mine.json()["items"]
    assert (left["custody_id"], left["tag"]) == (given["custody_id"], None)


async def test_a_duplicate_that_is_out_is_taken_back_before_it_is_merged(
    by: Call,
) -> None:
    client = by(TECHNICIAN)
    kept, twin = await registered(client), await registered(client, tag="TWIN")
    given = await issued(client, twin)
    body = {"duplicate_id": twin["asset_id"], "duplicate_version": 2}
    where = f"/assets/{kept['asset_id']}/merges"

    refused = await client.post(where, json=body, headers={"if-match": '"1"'})

    assert slug(refused) == (409, "asset-out")
    await returned(client, given)
    body["duplicate_version"] = 3
    done = await client.post(where, json=body, headers={"if-match": '"1"'})
    assert done.status_code == 201, done.text


async def test_who_may_not_write_gives_nothing_out(by: Call) -> None:
    asset = await registered(by(TECHNICIAN))
    given = await issued(by(TECHNICIAN), asset)

    assert (await by(LEADER).get(of(asset))).status_code == 200
    assert (await by(LEADER).post(of(asset), json=TO_AMY)).status_code == 403
    assert (await returned(by(LEADER), given)).status_code == 403
    for actor in (STAFF, OTHER_TECHNICIAN):
        assert (await by(actor).get(of(asset))).status_code == 404
        assert (await by(actor).post(of(asset), json=TO_AMY)).status_code == 404
        assert (await returned(by(actor), given)).status_code == 404


async def test_custody_never_overlaps_under_fifty_writers(
    by: Call, rows: ServiceDatabase
) -> None:
    client = by(TECHNICIAN)
    assets = [await registered(client, tag=f"LT-{n}") for n in range(3)]

    async def write(n: int) -> list[int]:
        """Give out and take back at back-dated times that run into each other."""
        mine, answers = by(TECHNICIAN), list[int]()
        for turn in range(3):
            asset = assets[(n + turn) % len(assets)]
            terms = {"holder_name": f"W{n}", "issued_at": days_ago((n * 7 + turn) % 40)}
            given = await mine.post(of(asset), json=terms)
            answers.append(given.status_code)
            if given.status_code == 201:
                back = days_ago((n * 5 + turn) % 30)
                ended = await returned(mine, given.json(), returned_at=back)
                if ended.status_code == 422:
                    ended = await returned(mine, given.json())
                answers.append(ended.status_code)
        return answers

    found = await asyncio.gather(*(write(n) for n in range(50)))

    assert {status for answers in found for status in answers} <= {200, 201, 409}
    with psycopg.connect(rows.admin) as admin:
        spans = admin.execute(
            "SELECT asset_id, issued_at, coalesce(returned_at, 'infinity'::timestamptz)"
            "::text, coalesce(returned_at, now() + interval '1 year')"
            " FROM custody ORDER BY asset_id, issued_at, returned_at"
        ).fetchall()
    assert len(spans) >= len(assets)
    for one, next_one in pairwise(spans):
        if one[0] == next_one[0]:
            assert one[3] <= next_one[1], (one, next_one)


async def test_the_database_itself_lets_no_two_have_a_thing(
    by: Call, rows: ServiceDatabase
) -> None:
    asset = await registered(by(TECHNICIAN))
    row = (HERE.la_code, HERE.school_id, asset["asset_id"])
    stored = (
        "INSERT INTO custody (la_code, school_id, asset_id, holder_kind, holder_name,"
        " purpose, issued_at, returned_at, issued_by)"
        " VALUES (%s, %s, %s, 'person', 'X', 'loan', %s, %s, 'x')"
    )
    with psycopg.connect(rows.admin, autocommit=True) as admin:
        admin.execute(stored, [*row, "2026-09-01Z", "2026-09-10Z"])
        admin.execute(stored, [*row, "2026-09-10Z", "2026-09-12Z"])
        with pytest.raises(psycopg.errors.ExclusionViolation):
            admin.execute(stored, [*row, "2026-09-05Z", "2026-09-06Z"])
        with pytest.raises(psycopg.errors.ExclusionViolation):
            admin.execute(stored, [*row, "2026-09-11Z", None])
