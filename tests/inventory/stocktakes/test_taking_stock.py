"""A room is counted by scanning: each thing once, and what is amiss is told at once."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from chassis.auth import Actor
from tests.inventory.custody.test_issuing import issued, slug
from tests.inventory.stocktakes.rooms import (
    TAKES,
    ended,
    kit,
    lines,
    opened,
    read,
    results,
    scan,
    scanned,
    standings,
)
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
    registered,
)

COUNTS = (
    *("expected", "found", "missing", "elsewhere", "not_in_use", "on_loan"),
    "unknown",
)


async def test_what_is_there_is_laid_beside_what_the_register_says(by: Call) -> None:
    client = by(TECHNICIAN)
    for tag in ("HERE-1", "HERE-2", "GONE"):
        await kit(client, tag)
    await kit(client, "AWAY", room="ICT 2", building="Science")
    await kit(client, "STORED", status="in-store", room=None)
    lent = await kit(client, "LENT")
    await issued(client, lent)
    label = UUID((await kit(client, "LABEL", room="ict 1"))["asset_id"]).hex
    take = await opened(client)
    assert (take["expected"], take["missing"], take["on_loan"]) == (4, 4, 1)

    found = await scanned(
        client,
        take,
        "here-1",
        "SHERE-2",
        f"https://x.example/label/{label}",
        "AWAY",
        "STORED",
        "what-is-this",
    )

    assert results(found) == [
        *("found", "found", "found", "elsewhere", "not-in-use", "unknown"),
    ]
    assert [each["detail"] for each in found["results"]] == [
        *(None, None, None),
        "The register says ICT 2, Science",
        "The register says that it is in-store",
        "No asset of this school bears what-is-this",
    ]
    stands = {name: found["stock_take"][name] for name in COUNTS}
    assert tuple(stands.values()) == (4, 3, 1, 1, 1, 1, 1)
    assert await standings(client, take) == [
        ("missing", "GONE"),
        ("elsewhere", "AWAY"),
        ("not-in-use", "STORED"),
        ("unknown", "what-is-this"),
        ("on-loan", "LENT"),
        *(("found", tag) for tag in ("HERE-1", "HERE-2", "LABEL")),
    ]
    [missing] = await lines(client, take, standing="missing")
    assert (missing["tag"], missing["scanned_at"]) == ("GONE", None)


async def test_no_room_is_a_room_and_virtual_machines_are_nowhere(by: Call) -> None:
    client = by(TECHNICIAN)
    await kit(client, "LOOSE", room=None)
    await kit(client, "VM", room=None, category="virtual-machine")
    await kit(client, "PLACED")
    take = await opened(client, room=None)

    assert await standings(client, take) == [("missing", "LOOSE")]


async def test_a_repeat_of_a_scan_or_a_code_doubles_nothing(by: Call) -> None:
    client = by(TECHNICIAN)
    await kit(client, "LT-1")
    take = await opened(client)
    first, other = scan("LT-1"), scan("WHAT")

    once = await scanned(client, take, first, other, first)
    again = await scanned(client, take, first, "SLT-1", "lt-1", "what")

    assert results(once) == ["found", "unknown", "found"]
    assert results(again) == ["repeated"] * 4
    assert again["stock_take"]["found"] == 1
    assert again["stock_take"]["unknown"] == 1


async def test_two_devices_at_once_count_each_thing_once(by: Call) -> None:
    client = by(TECHNICIAN)
    tags = [f"LT-{number}" for number in range(12)]
    for tag in tags:
        await kit(client, tag)
    take = await opened(client)
    parts = (tags[:8], tags[4:], tags[::2])

    told = await asyncio.gather(
        *(
            scanned(by(each), take, *part)
            for each, part in zip((TECHNICIAN, MANAGER, TECHNICIAN), parts, strict=True)
        )
    )

    came = [result for each in told for result in results(each)]
    assert came.count("found") == len(tags)
    assert came.count("repeated") == sum(map(len, parts)) - len(tags)
    assert (await read(client, take))["found"] == len(tags)


async def test_what_is_registered_meanwhile_is_known_without_another_scan(
    by: Call,
) -> None:
    client = by(TECHNICIAN)
    take = await opened(client)
    await scanned(client, take, "NEW-1")
    assert await standings(client, take) == [("unknown", "NEW-1")]

    await kit(client, "NEW-1")

    assert await standings(client, take) == [("found", "NEW-1")]
    assert results(await scanned(client, take, "NEW-1")) == ["repeated"]


async def test_a_code_of_several_says_so_and_the_tag_settles_it(by: Call) -> None:
    client = by(TECHNICIAN)
    for tag in ("A-1", "A-2"):
        await registered(client, tag=tag, serial="SAME")
    take = await opened(client)

    found = await scanned(client, take, "SAME", "A-1")

    assert results(found) == ["unknown", "found"]
    assert found["results"][0]["detail"] == "2 assets bear SAME: scan the tag"


async def test_what_somebody_has_and_is_there_is_found_and_said_so(by: Call) -> None:
    client = by(TECHNICIAN)
    lent = await kit(client, "LENT")
    await issued(client, lent)
    take = await opened(client)

    found = await scanned(client, take, "LENT")

    assert results(found) == ["found"]
    said = found["results"][0]["detail"]
    assert said == "Somebody has it by the register: take it back"
    assert [each["is_out"] for each in await lines(client, take)] == [True]
    assert (await read(client, take))["on_loan"] == 0


@pytest.mark.parametrize(
    "at",
    [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, tzinfo=UTC)],
    ids=["long ago", "to come"],
)
async def test_a_clock_that_is_wrong_is_set_to_the_stock_take(
    by: Call, at: datetime
) -> None:
    client = by(TECHNICIAN)
    await kit(client, "LT-1")
    take = await opened(client)

    await scanned(client, take, scan("LT-1", at))

    [line] = await lines(client, take)
    said = datetime.fromisoformat(line["scanned_at"])
    assert datetime.fromisoformat(take["opened_at"]) <= said <= datetime.now(UTC)
    assert (await ended(client, take)).status_code == 200


async def test_a_room_is_counted_once_at_a_time(by: Call) -> None:
    client = by(TECHNICIAN)
    first = await opened(client, building="Main")
    other = await opened(client)
    body = {"school_urn": HERE.urn, "room": "ict 1", "building": "MAIN"}

    refused = await by(MANAGER).post(TAKES, json=body)

    assert slug(refused) == (409, "stock-take-open")
    assert refused.json()["stock_take_id"] == first["stock_take_id"]
    assert other["stock_take_id"] != first["stock_take_id"]
    await ended(client, first)
    assert (await by(MANAGER).post(TAKES, json=body)).status_code == 201


async def test_opening_twice_with_one_key_opens_once(by: Call) -> None:
    client, key = by(TECHNICIAN), {"idempotency-key": uuid4().hex}
    body = {"school_urn": HERE.urn, "room": "ICT 1"}

    first = await client.post(TAKES, json=body, headers=key)
    again = await client.post(TAKES, json=body, headers=key)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert first.headers["location"].endswith(first.json()["stock_take_id"])


async def test_rooms_are_told_with_their_kit_and_their_last_stock_take(
    by: Call,
) -> None:
    client = by(TECHNICIAN)
    await kit(client, "LT-1")
    await kit(client, "LT-2", room="Hall", site="Lower")
    await kit(client, "LT-3", room=None)
    before = await ended(client, await opened(client, room="ict 1"))
    await ended(client, await opened(client, room="Attic"), end_as="abandoned")
    under_way = await opened(client, room="Hall", site="lower")

    answer = await client.get(f"{TAKES}/places", params={"school": HERE.urn})

    told = answer.json()["items"]
    assert [(each["room"], each["site"], each["assets"]) for each in told] == [
        *((None, None, 1), ("Hall", "Lower", 1), ("ICT 1", None, 1)),
    ]
    assert told[1]["open_id"] == under_way["stock_take_id"]
    assert told[2]["last_id"] == before.json()["stock_take_id"]
    assert told[2]["last_closed_at"] == before.json()["closed_at"]
    assert told[0]["last_id"] is None


async def test_stock_takes_are_listed_the_newest_first(by: Call) -> None:
    client = by(TECHNICIAN)
    rooms = ["A", "B", "C"]
    made = [await opened(client, room=room) for room in rooms]
    await ended(client, made[1])
    asked = {"school": HERE.urn, "limit": 2}

    first = (await client.get(TAKES, params=asked)).json()
    rest = (await client.get(TAKES, params={**asked, "after": first["next"]})).json()
    still = await by(LEADER).get(TAKES, params={"state": "open"})
    count = await by(MANAGER).get(f"{TAKES}/count", params={"la_code": "940"})

    assert [each["room"] for each in first["items"]] == ["C", "B"]
    assert [each["room"] for each in rest["items"]] == ["A"]
    assert [each["room"] for each in still.json()["items"]] == ["C", "A"]
    assert count.json() == {"count": 3, "is_exact": True}


async def test_lines_come_page_by_page(by: Call) -> None:
    client = by(TECHNICIAN)
    for number in range(5):
        await kit(client, f"LT-{number}")
    take = await opened(client)
    await scanned(client, take, "LT-1", "WHAT")
    where, seen, after = f"{TAKES}/{take['stock_take_id']}/lines", [], {}

    while True:
        page = (await client.get(where, params={"limit": 2, **after})).json()
        seen += [each["tag"] or each["code"] for each in page["items"]]
        if not page["next"]:
            break
        after = {"after": page["next"]}

    assert seen == ["LT-0", "LT-2", "LT-3", "LT-4", "WHAT", "LT-1"]


@pytest.mark.parametrize(
    ("actor", "status"),
    [(LEADER, 403), (STAFF, 404), (OTHER_TECHNICIAN, 404)],
    ids=["leader", "staff", "next door"],
)
async def test_only_who_keeps_the_kit_of_a_school_counts_it(
    by: Call, actor: Actor, status: int
) -> None:
    take = await opened(by(TECHNICIAN))
    other = by(actor)
    where = f"{TAKES}/{take['stock_take_id']}"

    sent = await other.post(f"{where}/scans", json={"scans": [scan("LT-1")]})
    closed = await other.post(f"{where}/end", json={}, headers={"if-match": '"1"'})
    looked = await other.get(where)

    assert (sent.status_code, closed.status_code) == (status, status)
    assert looked.status_code == (200 if actor is LEADER else 404)


@pytest.mark.parametrize(
    ("urn", "status"), [(NEXT_DOOR.urn, 404), (FAR_AWAY.urn, 404), (12, 422)]
)
async def test_a_stock_take_is_of_a_school_of_the_scope(
    by: Call, urn: int, status: int
) -> None:
    client = by(TECHNICIAN)

    made = await client.post(TAKES, json={"school_urn": urn})
    told = await client.get(f"{TAKES}/places", params={"school": urn})

    assert (made.status_code, told.status_code) == (status, status)
