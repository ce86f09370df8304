"""A stock-take ends with choices, which hold as what was seen is still true."""

from datetime import datetime
from typing import Any

import psycopg
import pytest

from chassis.testing.databases import ServiceDatabase
from inventory.stocktakes.model import takes
from tests.inventory.custody.test_issuing import slug
from tests.inventory.stocktakes.rooms import (
    TAKES,
    ended,
    kit,
    lines,
    opened,
    read,
    results,
    scanned,
    standings,
)
from tests.inventory.world import (
    HERE,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    TECHNICIAN,
    Call,
)


async def asset(client: Any, made: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = (await client.get(f"/assets/{made['asset_id']}")).json()
    return found


async def sighting(client: Any, made: dict[str, Any]) -> dict[str, Any]:
    answer = await client.get(f"/assets/{made['asset_id']}/sighting")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def moving(*made: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"asset_id": e["asset_id"], "version": e["version"]} for e in made]


async def test_what_was_found_elsewhere_is_moved_as_by_hand(
    by: Call, rows: ServiceDatabase
) -> None:
    client = by(TECHNICIAN)
    moved = await kit(client, "AWAY-1", room="Hall", building="Old")
    left = await kit(client, "AWAY-2", room="Hall")
    take = await opened(client, building="New")
    await scanned(client, take, "AWAY-1", "AWAY-2")

    answer = await ended(client, take, move=moving(moved))

    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["state"], told["moved"], told["elsewhere"]) == ("closed", 1, 2)
    there = await asset(client, moved)
    assert (there["room"], there["building"], there["version"]) == ("ICT 1", "New", 2)
    assert (await asset(client, left))["room"] == "Hall"
    history = await client.get(f"/assets/{moved['asset_id']}/history")
    newest = history.json()["items"][0]
    assert newest["fact"] == "moved"
    assert newest["changes"]["room"] == {"before": "Hall", "after": "ICT 1"}
    assert [
        (each["tag"], each["room"], each["is_moved"])
        for each in await lines(client, take, standing="elsewhere")
    ] == [("AWAY-1", "Hall", True), ("AWAY-2", "Hall", False)]
    with psycopg.connect(rows.admin) as admin:
        actions = admin.execute("SELECT action FROM audit_entry").fetchall()
        said = admin.execute("SELECT subject FROM outbox").fetchall()
    assert ("asset.moved",) in actions
    assert {("stock-take.opened",), ("stock-take.scanned",)} <= set(actions)
    assert ("stock-take.closed",) in actions
    assert any("asset.moved" in subject for (subject,) in said)


async def test_what_was_seen_and_what_was_missing_is_kept_of_each(by: Call) -> None:
    client = by(TECHNICIAN)
    found, gone = await kit(client, "FOUND"), await kit(client, "GONE")
    away = await kit(client, "AWAY", room="Hall")
    take = await opened(client)
    await scanned(client, take, "FOUND", "AWAY")
    nothing = await sighting(client, found)

    done = (await ended(client, take)).json()
    at = datetime.fromisoformat(done["closed_at"])

    assert nothing["seen_on"] is None
    for each in (found, away):
        told = await sighting(client, each)
        assert told["seen_on"] == takes.day(at).isoformat()
        assert told["seen_in"] == take["stock_take_id"]
        assert told["missed_on"] is None
    missed = await sighting(client, gone)
    assert (missed["seen_on"], missed["missed_in"]) == (None, take["stock_take_id"])
    # Nothing that is told of the thing itself has changed.
    assert (await asset(client, found))["version"] == 1
    asked = {"school": HERE.urn, "concern": "missed"}
    kit_page = (await client.get("/estate/kit", params=asked)).json()["items"]
    assert [(each["tag"], each["seen_on"]) for each in kit_page] == [("GONE", None)]
    assert kit_page[0]["missed_on"] is not None
    figures = await client.get("/estate", params={"school": HERE.urn})
    assert figures.json()["figures"]["missed"] == 1


async def test_what_is_seen_later_is_missed_no_more(by: Call) -> None:
    client = by(TECHNICIAN)
    gone = await kit(client, "GONE")
    first = await opened(client)
    await ended(client, first)
    other = await opened(client, room="Hall")
    await scanned(client, other, "GONE")

    await ended(client, other)
    found = await sighting(client, gone)
    # It was in the Hall that day: its own room misses it, and it is not lost.
    await ended(client, await opened(client))

    assert found["missed_on"] is None
    assert found["seen_in"] == other["stock_take_id"]
    assert await sighting(client, gone) == found


async def test_each_choice_can_be_left(by: Call) -> None:
    client = by(TECHNICIAN)
    found, gone = await kit(client, "FOUND"), await kit(client, "GONE")
    take = await opened(client)
    await scanned(client, take, "FOUND")

    await ended(client, take, mark_seen=False, list_missing=False)

    assert (await sighting(client, found))["seen_on"] is None
    assert (await sighting(client, gone))["missed_on"] is None


async def test_one_that_was_opened_by_mistake_says_nothing_of_its_room(
    by: Call,
) -> None:
    client = by(TECHNICIAN)
    gone, away = await kit(client, "GONE"), await kit(client, "AWAY", room="Hall")
    take = await opened(client)
    await scanned(client, take, "AWAY")

    answer = await ended(client, take, end_as="abandoned", move=moving(away))

    assert answer.json()["state"] == "abandoned"
    assert (await asset(client, away))["room"] == "Hall"
    assert (await sighting(client, away))["seen_on"] is None
    assert (await sighting(client, gone))["missed_on"] is None
    # What was scanned stays to be looked at.
    assert ("elsewhere", "AWAY") in await standings(client, take)
    told = await client.get(f"{TAKES}/places", params={"school": HERE.urn})
    assert {each["last_id"] for each in told.json()["items"]} == {None}


async def test_what_has_changed_meanwhile_is_told_and_nothing_is_done(
    by: Call,
) -> None:
    client = by(TECHNICIAN)
    same = await kit(client, "SAME", room="Hall")
    moved = await kit(client, "MOVED", room="Hall")
    retired = await kit(client, "RETIRED", room="Hall")
    unseen = await kit(client, "UNSEEN", room="Hall")
    take = await opened(client)
    await scanned(client, take, "SAME", "MOVED", "RETIRED")
    for what, body in ((moved, {"room": "Attic"}), (retired, None)):
        step = "move" if body else "retire"
        answer = await by(MANAGER).post(
            f"/assets/{what['asset_id']}/{step}",
            json=body,
            headers={"if-match": '"1"'},
        )
        assert answer.is_success, answer.text

    refused = await ended(client, take, move=moving(same, moved, retired, unseen))

    assert slug(refused) == (409, "stock-take-kit-changed")
    assert [(e["pointer"], e["detail"]) for e in refused.json()["errors"]] == [
        ("/move/1/version", "MOVED has changed: the register says Attic now"),
        ("/move/2/asset_id", "RETIRED is retired now"),
        (
            "/move/3/asset_id",
            "This was not scanned here, or is no asset of this school any more",
        ),
    ]
    assert (await read(client, take))["state"] == "open"
    assert (await asset(client, same))["room"] == "Hall"


async def test_who_comes_second_hears_what_is_true(by: Call) -> None:
    client = by(TECHNICIAN)
    await kit(client, "LT-1")
    take = await opened(client)
    where = f"{TAKES}/{take['stock_take_id']}/end"
    await scanned(by(MANAGER), take, "LT-1")

    stale = await client.post(where, json={}, headers={"if-match": '"1"'})
    unsaid = await client.post(where, json={})
    done = await ended(by(MANAGER), take)
    late = await client.post(where, json={}, headers={"if-match": '"2"'})

    assert (stale.status_code, unsaid.status_code) == (412, 428)
    assert done.status_code == 200
    assert slug(late) == (409, "stock-take-closed")
    assert late.json()["closed_at"] == done.json()["closed_at"]
    assert late.json()["detail"].startswith("This stock-take was closed on ")


async def test_what_comes_after_the_end_is_kept_beside_it(by: Call) -> None:
    client = by(TECHNICIAN)
    await kit(client, "LT-1")
    await kit(client, "LT-2")
    take = await opened(client)
    await scanned(client, take, "LT-1")
    await ended(client, take)

    found = await scanned(client, take, "LT-2", "LT-1", "WHAT", "LT-2")

    assert results(found) == ["late", "repeated", "late", "repeated"]
    assert found["results"][0]["detail"].endswith("start another to go on")
    assert found["stock_take"]["missing"] == 1
    assert await standings(client, take) == [
        *(("missing", "LT-2"), ("found", "LT-1"), ("late", "LT-2"), ("late", "WHAT")),
    ]


async def test_what_was_true_at_the_end_stays_told(by: Call) -> None:
    client = by(TECHNICIAN)
    gone = await kit(client, "GONE")
    take = await opened(client)
    await ended(client, take)

    await client.patch(
        f"/assets/{gone['asset_id']}", json={"tag": "NEW"}, headers={"if-match": '"1"'}
    )
    await kit(client, "LATER")

    assert await standings(client, take) == [("missing", "GONE")]
    assert (await read(client, take))["expected"] == 1


@pytest.mark.parametrize(
    "body",
    [
        {"end_as": "open"},
        {"move": [{"asset_id": "x", "version": 1}]},
        {"move": [{"asset_id": "0" * 32, "version": 0}]},
        {"mark_seen": "perhaps"},
    ],
)
async def test_what_is_no_end_is_refused(by: Call, body: dict[str, Any]) -> None:
    client = by(TECHNICIAN)
    take = await opened(client)

    assert (await ended(client, take, **body)).status_code == 422


async def test_what_people_saw_goes_along_with_the_kit(by: Call) -> None:
    client = by(MANAGER)
    seen = await kit(client, "SEEN")
    take = await opened(client)
    await scanned(client, take, "SEEN")
    await ended(client, take)

    moved = await client.post(
        f"/assets/{seen['asset_id']}/move",
        json={"school_urn": NEXT_DOOR.urn},
        headers={"if-match": '"1"'},
    )

    assert moved.status_code == 200, moved.text
    told = await sighting(by(OTHER_TECHNICIAN), seen)
    # The stock-take itself is of the school where it was.
    assert (told["seen_on"] is None, told["seen_in"]) == (False, None)
