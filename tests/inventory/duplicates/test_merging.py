"""Two assets that are one thing: merged, told of, and split again."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest

from chassis.auth import Actor
from chassis.testing.databases import ServiceDatabase
from inventory.attachments.model.attachments import MOST
from tests.inventory.agents.conftest import MakeAgent, pc
from tests.inventory.attachments.samples import PDF
from tests.inventory.waiting import held
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

LATER = {"accesslog": {"logdate": "2026-09-08 09:00:00"}}
SENT = {"fault": "No picture", "sent_on": "2026-09-01", "is_under_warranty": False}
BACK = {
    "returned_on": "2026-09-08",
    "outcome": "repaired",
    "cost_pence": 4_500,
    "status": "in-use",
}
Asset = dict[str, Any]


def windows(version: str, day: int) -> dict[str, Any]:
    """What an agent tells of a laptop on a day of September, by its release."""
    system = {"full_name": "Microsoft Windows 11 Pro", "version": version}
    read_at = {"logdate": f"2026-09-{day:02} 09:00:00"}
    return pc(accesslog=read_at, operatingsystem=system)


def tag_of(version: int) -> dict[str, str]:
    return {"if-match": f'"{version}"'}


async def read(client: httpx.AsyncClient, asset: Asset) -> Asset:
    answer = await client.get(f"/assets/{asset['asset_id']}")
    assert answer.status_code == 200, answer.text
    found: Asset = answer.json()
    return found


async def merge(
    client: httpx.AsyncClient, kept: Asset, duplicate: Asset, take: Sequence[str] = ()
) -> httpx.Response:
    """Merge two assets as they are now."""
    now, then = await read(client, kept), await read(client, duplicate)
    body = {
        "duplicate_id": duplicate["asset_id"],
        "duplicate_version": then["version"],
        "take": list(take),
    }
    path = f"/assets/{kept['asset_id']}/merges"
    return await client.post(path, json=body, headers=tag_of(now["version"]))


async def merged(
    client: httpx.AsyncClient, kept: Asset, duplicate: Asset, take: Sequence[str] = ()
) -> dict[str, Any]:
    answer = await merge(client, kept, duplicate, take)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def split(
    client: httpx.AsyncClient, of: dict[str, Any], **said: Any
) -> httpx.Response:
    path = f"/asset-merges/{of['merge_id']}/split"
    return await client.post(path, json=said, headers=tag_of(of["version"]))


async def two(client: httpx.AsyncClient) -> tuple[Asset, Asset]:
    """Register a laptop twice: as it was bought, and as somebody typed it in."""
    kept = await registered(
        client, tag="LT-1", supplier="Stone", room=None, serial=None
    )
    typed = {"tag": "LT-2", "supplier": "XMA", "price_pence": 50_000, "room": "ICT 9"}
    return kept, await registered(client, **typed)


async def items(client: httpx.AsyncClient, path: str) -> list[dict[str, Any]]:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def slug(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rpartition("#")[2]


async def facts(client: httpx.AsyncClient, asset: Asset) -> list[str]:
    return [
        e["fact"] for e in await items(client, f"/assets/{asset['asset_id']}/history")
    ]


async def test_what_is_empty_is_filled_and_what_is_taken_replaces(by: Call) -> None:
    client = by(TECHNICIAN)
    kept, duplicate = await two(client)

    done = await merged(client, kept, duplicate, ["supplier"])

    now = await read(client, kept)
    assert (now["serial"], now["room"], now["price_pence"]) == (
        "PF3ABCDE",
        "ICT 9",
        50_000,
    )
    assert (now["supplier"], now["tag"]) == ("XMA", "LT-1")
    gone = await read(client, duplicate)
    assert (gone["status"], gone["merged_into"]) == ("cancelled", kept["asset_id"])
    assert gone["supplier"] == "XMA"
    assert (done["kept_tag"], done["duplicate_tag"]) == ("LT-1", "LT-2")
    assert await facts(client, kept) == ["took-in"]
    assert await facts(client, duplicate) == ["merged"]


async def test_what_is_not_taken_stays(by: Call) -> None:
    client = by(TECHNICIAN)
    kept, duplicate = await two(client)

    await merged(client, kept, duplicate)

    assert (await read(client, kept))["supplier"] == "Stone"


async def test_a_place_is_taken_as_one(by: Call) -> None:
    client = by(TECHNICIAN)
    kept = await registered(client, tag="LT-1", room="ICT 1")
    duplicate = await registered(client, tag="LT-2", building="Main", room="Hall")

    await merged(client, kept, duplicate)

    now = await read(client, kept)
    assert (now["building"], now["room"]) == (None, "ICT 1")


async def test_a_merge_is_looked_at_before(by: Call) -> None:
    client = by(TECHNICIAN)
    kept, duplicate = await two(client)
    path = f"/assets/{kept['asset_id']}/merge-preview/{duplicate['asset_id']}"

    told = await client.get(path)

    said = told.json()
    assert said["conflicts"] == [
        {"name": "supplier", "kept": "Stone", "duplicate": "XMA"}
    ]
    assert {each["name"] for each in said["filled"]} == {
        "serial",
        "price_pence",
        "place",
    }
    assert said["moves"] == dict.fromkeys(
        ("devices", "attachments", "repairs", "relations"), 0
    )


async def counts(client: httpx.AsyncClient) -> list[Any]:
    """Read how many assets the figures of a school count: in all, by kind, by state."""
    told = (await client.get(f"/estate?school={HERE.urn}")).json()
    return [
        told["figures"]["assets"],
        *((each["category"], each["assets"]) for each in told["by_category"]),
        *((each["status"], each["assets"]) for each in told["by_status"]),
    ]


async def test_a_duplicate_is_in_no_list_count_or_figure(by: Call) -> None:
    client = by(TECHNICIAN)
    kept, duplicate = await two(client)
    assert await counts(client) == [2, ("laptop", 2), ("in-use", 2)]

    await merged(client, kept, duplicate)

    for query in ("", "?status=cancelled", "?sort=-changed_at", f"?school={HERE.urn}"):
        listed = await items(client, f"/assets{query}")
        assert duplicate["asset_id"] not in {each["asset_id"] for each in listed}
    assert (await client.get("/assets/count")).json()["count"] == 1
    assert await counts(client) == [1, ("laptop", 1), ("in-use", 1)]


@pytest.mark.parametrize("word", ["LT-2", "DUPLICATE9"])
async def test_what_is_written_on_a_duplicate_finds_the_one_that_is_kept(
    by: Call, word: str
) -> None:
    client = by(TECHNICIAN)
    kept = await registered(client, tag="LT-1")
    duplicate = await registered(client, tag="LT-2", serial="DUPLICATE9")

    done = await merged(client, kept, duplicate)

    [found] = await items(client, f"/assets?q={word}")
    assert found["asset_id"] == kept["asset_id"]
    label = await client.get(f"/assets/{duplicate['asset_id']}/label")
    assert label.json()["merged_into"] == kept["asset_id"]
    assert (await split(client, done)).status_code == 200
    [found] = await items(client, f"/assets?q={word}")
    assert found["asset_id"] == duplicate["asset_id"]


async def test_what_belongs_to_a_duplicate_goes_along_and_comes_back(
    by: Call,
) -> None:
    client = by(TECHNICIAN)
    kept, duplicate = await two(client)
    dock, port = [await registered(client, tag=tag) for tag in ("DOCK", "PORT")]
    theirs, ours = f"/assets/{duplicate['asset_id']}", f"/assets/{kept['asset_id']}"
    said = {"title": "Bill", "kind": "invoice"}
    files = {"file": ("bill.pdf", PDF)}
    await client.post(f"{theirs}/files", params=said, files=files)
    for one, kind, other in (
        (dock, "part-of", duplicate),
        (duplicate, "connected-to", kept),
        (duplicate, "connected-to", port),
        (kept, "connected-to", port),
    ):
        body = {"kind": kind, "other_id": other["asset_id"]}
        path = f"/assets/{one['asset_id']}/relations"
        assert (await client.post(path, json=body)).status_code == 201
    assert (await client.post(f"{theirs}/repairs", json=SENT)).status_code == 201
    related = {
        (each["tag"], each["kind"])
        for each in await items(client, f"{theirs}/relations")
    }

    done = await merged(client, kept, duplicate)

    for what in ("files", "repairs"):
        assert await items(client, f"{theirs}/{what}") == []
        assert len(await items(client, f"{ours}/{what}")) == 1
    assert await items(client, f"{theirs}/relations") == []
    assert {
        (each["tag"], each["kind"]) for each in await items(client, f"{ours}/relations")
    } == {("DOCK", "part-of"), ("PORT", "connected-to")}
    assert (await read(client, kept))["status"] == "in-repair"

    again = await split(client, done)

    assert again.status_code == 200, again.text
    for what in ("files", "repairs"):
        assert await items(client, f"{ours}/{what}") == []
        assert len(await items(client, f"{theirs}/{what}")) == 1
    assert {
        (each["tag"], each["kind"])
        for each in await items(client, f"{theirs}/relations")
    } == related
    now, then = await read(client, kept), await read(client, duplicate)
    assert (now["status"], then["status"]) == ("in-use", "in-repair")
    assert (now["serial"], now["price_pence"], now["room"]) == (None, None, None)
    assert then["merged_into"] is None
    assert await facts(client, kept) == ["took-in", "gave-back"]
    assert await facts(client, duplicate) == ["attached", "changed", "merged", "split"]


async def test_the_next_report_lands_at_the_one_that_is_kept(
    agent_at: MakeAgent, by: Call
) -> None:
    client = by(TECHNICIAN)
    agent = await agent_at(HERE)
    await agent.tell(pc())
    [duplicate] = await items(client, "/assets")
    kept = await registered(client, tag="BOUGHT", serial=None)

    done = await merged(client, kept, duplicate)
    moved = await items(client, f"/assets/{kept['asset_id']}/software")
    softwares = [{"name": "Blender", "publisher": "Blender", "version": "4.2"}]
    await agent.tell(pc(**LATER, softwares=softwares))

    [device] = await items(client, "/agent-devices")
    assert device["asset_id"] == kept["asset_id"]
    assert len(moved) == 2
    [now] = await items(client, f"/assets/{kept['asset_id']}/software")
    assert now["name"] == "Blender"

    assert (await split(client, done)).status_code == 200
    [device] = await items(client, "/agent-devices")
    assert device["asset_id"] == duplicate["asset_id"]
    assert await items(client, f"/assets/{kept['asset_id']}/software") == []
    theirs = await items(client, f"/assets/{duplicate['asset_id']}/software")
    assert "Blender" in {each["name"] for each in theirs}


async def test_another_agent_on_a_duplicate_is_the_one_that_is_kept(
    agent_at: MakeAgent, by: Call
) -> None:
    client = by(TECHNICIAN)
    kept = await registered(client, tag="LT-1", serial="OTHER123")
    duplicate = await registered(client, tag="LT-2")
    await merged(client, kept, duplicate)

    await (await agent_at(HERE)).tell(pc())

    [device] = await items(client, "/agent-devices")
    assert device["asset_id"] == kept["asset_id"]


async def test_both_may_have_a_machine_that_reports(
    agent_at: MakeAgent, by: Call
) -> None:
    client = by(TECHNICIAN)
    agent = await agent_at(HERE)
    await agent.tell(pc())
    other = pc(
        bios={"ssn": "OTHER123", "smanufacturer": "LENOVO", "smodel": "ThinkPad L13"},
        hardware={"name": "lt-0002", "chassis_type": "Notebook"},
        networks=[],
    )
    await agent.tell({**other, "deviceid": "lt-0002-2026-09-01-08-00-00"})
    one, two_ = await items(client, "/assets")

    await merged(client, one, two_)

    assert {d["asset_id"] for d in await items(client, "/agent-devices")} == {
        one["asset_id"]
    }


async def test_a_third_record_leads_to_the_last_one_that_is_kept(by: Call) -> None:
    client = by(TECHNICIAN)
    first, second, third = [await registered(client, tag=tag) for tag in "ABC"]
    inner = await merged(client, second, first)
    outer = await merged(client, third, second)

    assert (await read(client, first))["merged_into"] == third["asset_id"]
    assert slug(await split(client, inner)) == (409, "kept-merged")
    [found] = await items(client, "/assets?q=A")
    assert found["asset_id"] == third["asset_id"]

    assert (await split(client, outer)).status_code == 200
    assert (await read(client, first))["merged_into"] == second["asset_id"]
    assert (await split(client, inner)).status_code == 200
    assert len(await items(client, "/assets")) == 3


async def test_the_duplicate_goes_where_its_thing_goes(by: Call) -> None:
    client = by(TECHNICIAN)
    kept, duplicate = await two(client)
    done = await merged(client, kept, duplicate)
    now = await read(client, kept)

    moved = await by(MANAGER).post(
        f"/assets/{kept['asset_id']}/move",
        json={"school_urn": NEXT_DOOR.urn},
        headers=tag_of(now["version"]),
    )

    assert moved.status_code == 200, moved.text
    client = by(OTHER_TECHNICIAN)
    assert (await read(client, duplicate))["merged_into"] == kept["asset_id"]
    assert slug(await split(by(TECHNICIAN), done)) == (404, "asset-merge-not-found")
    answer = await split(client, done)
    assert slug(answer) == (409, "split-unclear")
    assert (await split(client, done, leave_changed=True)).status_code == 200
    assert (await read(client, duplicate))["status"] == "in-use"


async def test_what_changed_since_is_said_and_stays(by: Call) -> None:
    client = by(TECHNICIAN)
    kept, duplicate = await two(client)
    said = {"title": "Bill", "kind": "invoice"}
    path = f"/assets/{duplicate['asset_id']}/files"
    files = {"file": ("bill.pdf", PDF)}
    await client.post(path, params=said, files=files)
    done = await merged(client, kept, duplicate)
    ours = f"/assets/{kept['asset_id']}"
    [bill] = await items(client, f"{ours}/files")
    await client.delete(f"{ours}/files/{bill['attachment_id']}")
    now = await read(client, kept)
    changes = {"price_pence": 60_000}
    await client.patch(ours, json=changes, headers=tag_of(now["version"]))

    refused = await split(client, done)

    assert slug(refused) == (409, "split-unclear")
    assert [(e["what"], e["now"]) for e in refused.json()["changed"]] == [
        ("field", 60_000),
        ("attachment", None),
    ]
    assert (await read(client, duplicate))["merged_into"] == kept["asset_id"]
    assert (await split(client, done, leave_changed=True)).status_code == 200
    now = await read(client, kept)
    assert (now["price_pence"], now["serial"]) == (60_000, None)


async def test_what_is_repaired_since_is_back_in_use(by: Call) -> None:
    client = by(TECHNICIAN)
    kept, duplicate = await two(client)
    repair = await client.post(f"/assets/{duplicate['asset_id']}/repairs", json=SENT)
    done = await merged(client, kept, duplicate)
    path = f"/assets/{kept['asset_id']}/repairs/{repair.json()['repair_id']}/close"
    closed = await client.post(path, json=BACK)
    assert closed.status_code == 200, closed.text

    assert (await split(client, done)).status_code == 200

    assert (await read(client, duplicate))["status"] == "in-use"
    assert (await read(client, kept))["status"] == "in-use"


async def test_a_retired_duplicate_is_retired_again(by: Call) -> None:
    client = by(TECHNICIAN)
    kept, duplicate = await two(client)
    path = f"/assets/{duplicate['asset_id']}/retire"
    await client.post(path, headers=tag_of(1))

    done = await merged(client, kept, duplicate)
    assert (await split(client, done)).status_code == 200

    again = await read(client, duplicate)
    assert again["status"] == "retired"
    path = f"/assets/{duplicate['asset_id']}/reinstate"
    back = await client.post(path, headers=tag_of(again["version"]))
    assert back.json()["status"] == "in-use"


async def test_a_duplicate_stays_as_it_was(by: Call) -> None:
    client = by(TECHNICIAN)
    kept, duplicate = await two(client)
    done = await merged(client, kept, duplicate)
    gone = await read(client, duplicate)
    path, now = f"/assets/{duplicate['asset_id']}", tag_of(gone["version"])
    related = {"kind": "part-of", "other_id": kept["asset_id"]}
    files = {"file": ("bill.pdf", PDF)}
    said = {"title": "Bill", "kind": "invoice"}

    for answer in (
        await client.patch(path, json={"model": "X"}, headers=now),
        await client.post(f"{path}/move", json={"room": "1"}, headers=now),
        await client.post(f"{path}/retire", headers=now),
        await client.post(f"{path}/reinstate", headers=now),
        await client.post(f"{path}/repairs", json=SENT),
        await client.post(f"{path}/relations", json=related),
        await client.post(f"{path}/files", params=said, files=files),
        await merge(client, kept, duplicate),
        await merge(client, duplicate, kept),
    ):
        assert slug(answer) == (409, "asset-merged"), answer.text
        assert answer.json()["merged_into"] == kept["asset_id"]
    assert (await split(client, done)).status_code == 200


async def test_why_two_are_not_one_is_said(by: Call) -> None:
    client = by(TECHNICIAN)
    laptop = await registered(client, tag="A")
    printer = await registered(client, tag="B", category="printer")
    gone = await registered(client, tag="C")
    path = f"/assets/{gone['asset_id']}"
    await client.post(f"{path}/retire", headers=tag_of(1))
    how = {"on": "2026-09-01", "method": "recycled"}
    await client.post(f"{path}/dispose", json=how, headers=tag_of(2))
    elsewhere = await registered(
        by(OTHER_TECHNICIAN), tag="D", school_urn=NEXT_DOOR.urn
    )

    assert slug(await merge(client, laptop, laptop)) == (422, "merge-with-itself")
    assert slug(await merge(client, laptop, printer)) == (409, "merge-across-kinds")
    assert slug(await merge(client, laptop, gone)) == (409, "merge-of-disposed")
    assert slug(await merge(client, gone, laptop)) == (409, "asset-retired")
    across = await merge(by(MANAGER), laptop, elsewhere)
    assert slug(across) == (409, "merge-across-schools")
    taken = await merge(client, laptop, await registered(client, tag="E"), ["tag"])
    assert slug(taken) == (422, "merge-choice-unknown")


async def test_two_open_repairs_are_not_one(by: Call) -> None:
    client = by(TECHNICIAN)
    kept, duplicate = await two(client)
    for each in (kept, duplicate):
        await client.post(f"/assets/{each['asset_id']}/repairs", json=SENT)

    assert slug(await merge(client, kept, duplicate)) == (409, "both-in-repair")
    path = f"/assets/{kept['asset_id']}/merge-preview/{duplicate['asset_id']}"
    assert slug(await client.get(path)) == (409, "both-in-repair")


async def test_neither_may_have_changed_since_it_was_looked_at(by: Call) -> None:
    client = by(TECHNICIAN)
    kept, duplicate = await two(client)
    path = f"/assets/{kept['asset_id']}/merges"
    body = {"duplicate_id": duplicate["asset_id"], "duplicate_version": 1}

    assert (await client.post(path, json=body)).status_code == 428
    stale = await client.post(path, json=body, headers=tag_of(2))
    older = {**body, "duplicate_version": 2}
    other = await client.post(path, json=older, headers=tag_of(1))

    assert (stale.status_code, other.status_code) == (412, 412)
    assert other.json()["duplicate_version"] == 1


@pytest.mark.parametrize(
    ("actor", "status"),
    [(OTHER_TECHNICIAN, 404), (LEADER, 403), (AUDITOR, 403), (STAFF, 404)],
    ids=["next-door", "leader", "auditor", "staff"],
)
async def test_who_may_not_write_there_merges_and_splits_nothing(
    by: Call, actor: Actor, status: int
) -> None:
    client = by(TECHNICIAN)
    kept, duplicate = await two(client)
    body = {"duplicate_id": duplicate["asset_id"], "duplicate_version": 1}
    path = f"/assets/{kept['asset_id']}/merges"

    refused = await by(actor).post(path, json=body, headers=tag_of(1))

    assert refused.status_code == status, refused.text
    done = await merged(client, kept, duplicate)
    assert (await split(by(actor), done)).status_code == status


async def test_another_schools_asset_is_not_there_to_be_merged(by: Call) -> None:
    theirs = await registered(by(OTHER_TECHNICIAN), school_urn=NEXT_DOOR.urn)
    kept = await registered(by(TECHNICIAN))
    body = {"duplicate_id": theirs["asset_id"], "duplicate_version": 1}
    path = f"/assets/{kept['asset_id']}/merges"

    answer = await by(TECHNICIAN).post(path, json=body, headers=tag_of(1))
    unknown = {**body, "duplicate_id": str(uuid4())}
    nowhere = await by(TECHNICIAN).post(path, json=unknown, headers=tag_of(1))

    assert slug(answer) == slug(nowhere) == (404, "asset-not-found")
    looked = await by(TECHNICIAN).get(
        f"/assets/{kept['asset_id']}/merge-preview/{theirs['asset_id']}"
    )
    assert looked.status_code == 404


async def test_of_two_merges_that_cross_one_is_done(by: Call) -> None:
    client = by(TECHNICIAN)
    for turn in range(5):
        one, other = [await registered(client, tag=f"{turn}-{t}") for t in "AB"]

        answers = await asyncio.gather(
            merge(by(TECHNICIAN), one, other), merge(by(MANAGER), other, one)
        )

        statuses = sorted(answer.status_code for answer in answers)
        assert statuses in ([201, 409], [201, 412])
        both = [await read(client, each) for each in (one, other)]
        assert sum(each["merged_into"] is not None for each in both) == 1


async def test_of_two_that_split_at_once_one_does(by: Call) -> None:
    client = by(TECHNICIAN)
    kept, duplicate = await two(client)
    done = await merged(client, kept, duplicate)

    answers = await asyncio.gather(split(client, done), split(by(MANAGER), done))

    assert sorted(answer.status_code for answer in answers) == [200, 412]
    again = await split(client, {**done, "version": 2})
    assert slug(again) == (409, "asset-merge-split")


async def test_the_other_services_are_told(by: Call, rows: ServiceDatabase) -> None:
    client = by(TECHNICIAN)
    kept, duplicate = await two(client)

    done = await merged(client, kept, duplicate)
    await split(client, done)

    with psycopg.connect(rows.admin) as admin:
        said = admin.execute(
            "SELECT type, entity_id::text, data ->> 'status', data ->> 'merged_into'"
            " FROM outbox ORDER BY id"
        ).fetchall()[2:]
    ours, theirs = kept["asset_id"], duplicate["asset_id"]
    assert [
        (kind.removeprefix("uk.joinedup.").removesuffix(".v1"), *rest)
        for kind, *rest in said
    ] == [
        ("inventory.asset.changed", ours, "in-use", None),
        ("inventory.asset.merged", theirs, "cancelled", ours),
        ("inventory.asset.split", theirs, "in-use", None),
        ("inventory.asset.changed", ours, "in-use", None),
    ]


async def test_what_bears_the_same_serial_may_be_the_same(by: Call) -> None:
    client = by(TECHNICIAN)
    one, other = [await registered(client, tag=tag) for tag in "AB"]
    for tag in "CD":
        await registered(client, tag=tag, serial="To be filled by O.E.M.")
    path = f"/duplicates?school={HERE.urn}"

    likely = await items(client, f"/assets/{one['asset_id']}/likenesses")
    suspects = await items(client, path)

    assert [each["tag"] for each in likely] == ["B"]
    assert [each["tag"] for each in suspects] == ["A", "B"]
    await merged(client, one, other)
    assert await items(client, path) == []
    assert (await by(STAFF).get(path)).status_code in {403, 404}
    far = await client.get(f"/duplicates?school={FAR_AWAY.urn}")
    assert far.status_code == 404


async def test_a_history_tells_what_was_attached_and_taken_away(by: Call) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)
    path = f"/assets/{asset['asset_id']}/files"
    said = {"title": "Bill", "kind": "invoice"}
    made = await client.post(path, params=said, files={"file": ("bill.pdf", PDF)})
    await client.delete(f"{path}/{made.json()['attachment_id']}")

    came, went = await items(client, f"/assets/{asset['asset_id']}/history")

    assert (came["fact"], went["fact"]) == ("attached", "detached")
    name = "attachments.invoice"
    assert came["changes"] == {name: {"before": None, "after": "Bill"}}
    assert went["changes"] == {name: {"before": "Bill", "after": None}}


async def test_a_machine_renews_what_it_renewed_before_it_was_split_off(
    agent_at: MakeAgent, by: Call
) -> None:
    client = by(TECHNICIAN)
    agent = await agent_at(HERE)
    await agent.tell(windows("22H2", 7))
    [duplicate] = await items(client, "/assets")
    kept = await registered(client, tag="BOUGHT", serial=None, details={})
    done = await merged(client, kept, duplicate)
    await agent.tell(windows("23H2", 8))
    assert (await read(client, kept))["details"]["os_version"] == "23H2"
    assert (await split(client, done, leave_changed=True)).status_code == 200
    assert (await read(client, duplicate))["details"]["os_version"] == "22H2"

    await agent.tell(windows("24H2", 9))

    assert (await read(client, duplicate))["details"]["os_version"] == "24H2"
    assert (await read(client, kept))["details"]["os_version"] == "23H2"


async def test_what_leads_to_another_asset_than_before_is_told_of(
    by: Call, rows: ServiceDatabase
) -> None:
    client = by(TECHNICIAN)
    first, second, third = [await registered(client, tag=tag) for tag in "ABC"]
    await merged(client, second, first)
    outer = await merged(client, third, second)
    await split(client, outer)

    with psycopg.connect(rows.admin) as admin:
        said = admin.execute(
            "SELECT type, (data ->> 'entity_version')::int, data ->> 'merged_into'"
            " FROM outbox WHERE entity_id = %s ORDER BY id",
            [first["asset_id"]],
        ).fetchall()[1:]
    fact = "uk.joinedup.inventory.asset.merged.v1"
    to = second["asset_id"], third["asset_id"]
    assert said == [(fact, 2, to[0]), (fact, 3, to[1]), (fact, 4, to[0])]
    told = await items(client, f"/assets/{first['asset_id']}/history")
    assert [each["version"] for each in told] == [2, 3, 4]


async def test_a_duplicates_tag_that_is_taken_keeps_back_its_own_asset_alone(
    by: Call,
) -> None:
    client = by(MANAGER)
    free, kept, duplicate = [
        await registered(client, tag=t) for t in ("FREE", "KEPT", "gone")
    ]
    await merged(client, kept, duplicate)
    await registered(client, tag="GONE", school_urn=NEXT_DOOR.urn)
    now = [await read(client, each) for each in (kept, free)]
    there = {"school_urn": NEXT_DOOR.urn}

    alone = await client.post(
        f"/assets/{kept['asset_id']}/move",
        json=there,
        headers=tag_of(now[0]["version"]),
    )
    many = await client.post(
        "/assets/batch-changes",
        json={
            "assets": [{n: a[n] for n in ("asset_id", "version")} for a in now],
            "change": {"kind": "move", **there},
        },
    )

    assert (slug(alone), alone.json()["tag"]) == ((409, "asset-tag-taken"), "gone")
    assert [each["result"] for each in many.json()["results"]] == ["tag-taken", "done"]


async def test_what_is_repaired_for_itself_is_so_after_a_split(by: Call) -> None:
    client = by(TECHNICIAN)
    kept, duplicate = await two(client)
    await client.post(f"/assets/{duplicate['asset_id']}/repairs", json=SENT)
    done = await merged(client, kept, duplicate)
    ours = f"/assets/{kept['asset_id']}/repairs"
    [theirs] = await items(client, ours)
    await client.post(f"{ours}/{theirs['repair_id']}/close", json=BACK)
    assert (await client.post(ours, json=SENT)).status_code == 201

    assert (await split(client, done)).status_code == 200

    assert (await read(client, kept))["status"] == "in-repair"
    assert (await read(client, duplicate))["status"] == "in-store"


async def test_a_relation_comes_back_to_what_its_other_is_by_now(by: Call) -> None:
    client = by(TECHNICIAN)
    one, other = await two(client)
    port, again = [await registered(client, tag=tag) for tag in ("PORT", "PORT-2")]
    for each in (one, other):
        path = f"/assets/{each['asset_id']}/relations"
        body = {"kind": "connected-to", "other_id": port["asset_id"]}
        assert (await client.post(path, json=body)).status_code == 201
    done = await merged(client, one, other)
    await merged(client, again, port)

    assert (await split(client, done)).status_code == 200

    for each in (one, other):
        [its] = await items(client, f"/assets/{each['asset_id']}/relations")
        assert its["tag"] == "PORT-2"


async def test_a_repair_is_closed_in_the_order_in_which_a_merge_holds(
    by: Call, rows: ServiceDatabase
) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client, tag="LT-1")
    path = f"/assets/{asset['asset_id']}/repairs"
    repair = (await client.post(path, json=SENT)).json()
    async with held(rows, asset) as (other, waiting):
        closing = asyncio.create_task(
            client.post(f"{path}/{repair['repair_id']}/close", json=BACK)
        )
        await waiting(1)

        its = "SELECT FROM repair WHERE repair_id = %s FOR UPDATE NOWAIT"
        await other.execute(its, [repair["repair_id"]])

        await other.rollback()
        assert (await closing).status_code == 200


async def test_a_merge_of_too_much_is_refused_before_it_is_made(
    by: Call, rows: ServiceDatabase
) -> None:
    client = by(TECHNICIAN)
    kept, duplicate = await two(client)
    said = {"title": "Bill", "kind": "invoice"}
    files = {"file": ("bill.pdf", PDF)}
    for each in (kept, duplicate):
        path = f"/assets/{each['asset_id']}/files"
        assert (await client.post(path, params=said, files=files)).status_code == 201
    with psycopg.connect(rows.admin, autocommit=True) as admin:
        admin.execute(
            "INSERT INTO asset_attachment (la_code, school_id, asset_id, kind, title,"
            " file_id, added_by) SELECT la_code, school_id, asset_id, kind, title,"
            " file_id, added_by FROM asset_attachment, generate_series(2, %s)"
            " WHERE asset_id = %s",
            [MOST, kept["asset_id"]],
        )
    path = f"/assets/{kept['asset_id']}/merge-preview/{duplicate['asset_id']}"

    assert slug(await client.get(path)) == (409, "attachments-full")
    assert slug(await merge(client, kept, duplicate)) == (409, "attachments-full")


async def test_serials_that_name_nothing_take_nobodys_place(
    by: Call, rows: ServiceDatabase
) -> None:
    client = by(TECHNICIAN)
    for tag in "AB":
        await registered(client, tag=tag, serial="PF3ABCDE")
    nameless = await registered(client, tag="N", serial="Default string")
    with psycopg.connect(rows.admin, autocommit=True) as admin:
        admin.execute(
            "INSERT INTO asset (la_code, school_id, tag, category, manufacturer, model,"
            " serial, status) SELECT la_code, school_id, tag || n, category,"
            " manufacturer, model, serial, status"
            " FROM asset, generate_series(1, 200) AS n WHERE asset_id = %s",
            [nameless["asset_id"]],
        )

    answer = await client.get(f"/duplicates?school={HERE.urn}")

    assert [each["tag"] for each in answer.json()["items"]] == ["A", "B"]
    assert answer.json()["is_all"]


@pytest.mark.parametrize("is_older", [True, False], ids=["older", "newer"])
async def test_what_becomes_an_earlier_duplicate_during_a_merge_is_the_one_that_is_kept(
    agent_at: MakeAgent, by: Call, rows: ServiceDatabase, *, is_older: bool
) -> None:
    client = by(TECHNICIAN)
    await (await agent_at(HERE)).tell(pc())
    [device] = await items(client, "/agent-devices")
    assets = [await registered(client, tag=t, serial=None) for t in "ABC"]
    first, second, third = assets if is_older else reversed(assets)
    await merged(client, second, first)
    said = {"resolution": "asset", "asset_id": first["asset_id"]}
    path = f"/agent-devices/{device['device_id']}/identify"

    async with held(rows, first) as (other, waiting):
        # Each waits for whoever has the first one, and then for the other.
        merging = asyncio.create_task(merge(client, third, second))
        await waiting(1)
        linking = asyncio.create_task(
            client.post(path, json=said, headers=tag_of(device["version"]))
        )
        await waiting(2)
        await other.rollback()
        answers = [await merging, await linking]

    assert [each.status_code for each in answers] == [201, 200]
    [device] = await items(client, "/agent-devices")
    assert device["asset_id"] == third["asset_id"]
