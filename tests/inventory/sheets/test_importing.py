"""A file of assets: sent, tried, applied, undone; what is wrong is named."""

from pathlib import Path

import psycopg

from chassis.testing.databases import ServiceDatabase
from tests.inventory.sheets.conftest import Sender
from tests.inventory.world import HERE, MANAGER, Call, registered

TABLE = (
    b"Tag,Kind,Make,Model,Serial,Room,Bought,Price\r\n"
    b"LT-1,Laptop,Dell,Latitude 3190,S1,ICT 1,03/04/2024,\xc2\xa3412.50\r\n"
    b"LT-2,Laptops,Dell,Latitude 3190,S2,ICT 1,13/04/2024,412.5\r\n"
    b'PR-1,MFD,Kyocera,M5526,S3,Office,,"1,020"\r\n'
)


async def test_a_spreadsheet_of_a_school_is_tried_then_registered(
    technician: Sender,
) -> None:
    sent = await technician.sent(TABLE)
    assert sent["state"] == "sent"
    assert sent["reading"]["columns"] == {
        "Tag": "tag",
        "Kind": "category",
        "Make": "manufacturer",
        "Model": "model",
        "Serial": "serial",
        "Room": "room",
        "Bought": "purchased_on",
        "Price": "price_pence",
    }
    assert sent["columns"][1]["words"] == ["Laptop", "Laptops", "MFD"]

    tried = await technician.tried(TABLE)
    assert (tried["state"], tried["rows"], tried["fresh"]) == ("tried", 3, 3)
    assert await technician.assets() == []

    applied = await technician.done(tried, "apply")
    found = await technician.assets(sort="tag")
    assert (applied["state"], applied["made"]) == ("applied", 3)
    assert [(a["tag"], a["category"], a["price_pence"]) for a in found] == [
        ("LT-1", "laptop", 41250),
        ("LT-2", "laptop", 41250),
        ("PR-1", "printer", 102000),
    ]
    assert found[0]["purchased_on"] == "2024-04-03"


async def test_a_broken_row_is_named_and_the_others_go_in(technician: Sender) -> None:
    table = (
        b"Tag,Category,Manufacturer,Model,Bought,Price\n"
        b"A-1,laptop,Dell,L1,31/02/2024,1\n"
        b"A-2,spaceship,Dell,L1,,\n"
        b"A-3,laptop,Dell,L1,,12.345\n"
        b",laptop,Dell,L1,,\n"
        b'A-5,laptop,Dell,"L1\n'
        b"A-6,laptop,Dell,L1,1/2/24,10,extra\n"
        b"A-7,laptop,Dell,L1,1/2/24,10\n"
        b"a-7,laptop,Dell,L1,1/2/24,10\n"
    )

    tried = await technician.tried(table)
    faults = await technician.faults(tried)
    applied = await technician.done(tried, "apply")

    assert [(f["line"], f["heading"], f["said"]) for f in faults] == [
        (2, "Bought", "31/02/2024"),
        (3, "Category", "spaceship"),
        (4, "Price", "12.345"),
        (5, "Tag", ""),
        (6, "", ""),
        (7, "", ""),
        (9, "", "a-7"),
    ]
    assert faults[6]["detail"] == "stands on line 8 already"
    assert applied["made"] == 1
    assert [a["tag"] for a in await technician.assets()] == ["A-7"]


async def test_it_is_undone_as_a_whole_but_for_what_was_changed_since(
    technician: Sender, rows: ServiceDatabase
) -> None:
    applied = await technician.done(await technician.tried(TABLE), "apply")
    [first, *_] = await technician.assets(sort="tag")
    changed = await technician.http.patch(
        f"/assets/{first['asset_id']}",
        json={"serial": "S1-B"},
        headers={"if-match": '"1"', "content-type": "application/merge-patch+json"},
    )
    assert changed.status_code == 200, changed.text

    undone = await technician.done(applied, "undo")
    left = await technician.assets()
    again = await technician.done(await technician.tried(TABLE), "apply")

    assert (undone["state"], undone["undone"], undone["kept"]) == ("undone", 2, 1)
    assert [a["tag"] for a in left] == ["LT-1"]
    assert (again["known"], again["made"]) == (1, 2)
    with psycopg.connect(rows.admin) as admin:
        [(said,)] = admin.execute(
            "SELECT count(*) FROM outbox WHERE subject LIKE '%asset.withdrawn%'"
        ).fetchall()
    assert said == 2


async def test_what_the_school_has_is_changed_if_wished_and_put_back(
    technician: Sender,
) -> None:
    had = await registered(technician.http, tag="lt-1", serial="OLD")
    tried = await technician.tried(TABLE, on_known="update")
    assert (tried["known"], tried["changing"], tried["fresh"]) == (1, 1, 2)

    applied = await technician.done(tried, "apply")
    where = f"/assets/{had['asset_id']}"
    now = (await technician.http.get(where)).json()
    undone = await technician.done(applied, "undo")
    back = (await technician.http.get(where)).json()

    assert (applied["updated"], applied["made"]) == (1, 2)
    assert (now["serial"], now["manufacturer"], now["tag"]) == ("S1", "Dell", "lt-1")
    assert (undone["undone"], undone["kept"]) == (3, 0)
    assert {n: v for n, v in back.items() if n not in {"version", "changed_at"}} == {
        n: v for n, v in had.items() if n not in {"version", "changed_at"}
    }


async def test_a_manager_sends_one_for_many_schools(manager: Sender) -> None:
    table = (
        b"URN,Tag,Category,Manufacturer,Model\n"
        b"900001,X-1,laptop,Dell,L1\n"
        b"900002,X-1,laptop,Dell,L1\n"
        b"900003,X-1,laptop,Dell,L1\n"
    )

    tried = await manager.tried(table)
    faults = await manager.faults(tried)
    await manager.done(tried, "apply")

    assert [(f["line"], f["detail"]) for f in faults] == [
        (4, "is no school of this local authority")
    ]
    assert sorted(a["school_urn"] for a in await manager.assets()) == [900001, 900002]


async def test_json_lines_are_tried_at_once(technician: Sender) -> None:
    lines = (
        b'{"tag": "J-1", "category": "laptop", "manufacturer": "Dell", "model": "L"}\n'
        b"{broken\n"
        b'{"tag": "J-2", "category": "laptop", "manufacturer": "Dell"}\n'
        b'{"tag": "J-3", "category": "laptop", "manufacturer": "Dell", "model": "L",'
        b' "school_urn": 900002}\n'
        b'{"tag": "J-4", "category": "laptop", "manufacturer": "Dell", "model": "L",'
        b' "colour": "red"}\n'
    )

    tried = await technician.settled(await technician.sent(lines, "kit.jsonl"))
    faults = await technician.faults(tried)
    applied = await technician.done(tried, "apply")

    assert (tried["state"], tried["layout"]) == ("tried", "jsonl")
    assert [(f["line"], f["heading"]) for f in faults] == [
        (2, ""),
        (3, "Model"),
        (4, "school_urn"),
        (5, "colour"),
    ]
    assert applied["made"] == 1


async def test_snipe_its_samples_come_in(technician: Sender, samples: Path) -> None:
    words = {"words": {"category": {"*": "peripheral"}}}

    tried = await technician.tried(
        (samples / "assets-sample.csv").read_bytes(), **words
    )
    applied = await technician.done(tried, "apply")
    bad = await technician.tried(
        (samples / "assets-sample-BAD.csv").read_bytes(), **words
    )
    faults = await technician.faults(bad)

    assert (tried["preset"], applied["made"], tried["faults"]) == ("Snipe-IT", 22, 0)
    assert (bad["rows"], bad["fresh"], bad["faults"]) == (200, 190, 10)
    assert {f["heading"] for f in faults} == {"Location"}
    [backhoe] = [a for a in await technician.assets() if a["tag"] == "ICC-2065556"]
    assert backhoe["purchased_on"] == "2023-01-23"
    assert backhoe["price_pence"] == 226613


async def test_how_a_file_was_read_is_remembered(technician: Sender) -> None:
    odd = b"Thing,Sort,Who,What\nQ-1,Blipper,Dell,L1\n"
    reading = {
        "columns": {
            "Thing": "tag",
            "Sort": "category",
            "Who": "manufacturer",
            "What": "model",
        },
        "words": {"category": {"Blipper": "scanner"}},
        "defaults": {"status": "in-store"},
    }
    await technician.done(await technician.tried(odd, **reading), "apply")

    again = await technician.sent(odd.replace(b"Q-1", b"Q-2"))

    assert again["reading"]["columns"] == reading["columns"]
    assert again["reading"]["words"]["category"] == {"Blipper": "scanner"}
    assert again["reading"]["defaults"] == {"status": "in-store"}
    [made] = await technician.assets()
    assert (made["category"], made["status"]) == ("scanner", "in-store")


async def test_a_reading_that_cannot_be_is_pointed_at(technician: Sender) -> None:
    sent = await technician.sent(TABLE)
    columns = {
        "Tag": "tag",
        "Kind": "colour",
        "Nowhere": "room",
        "Make": "tag",
        "Model": "model",
    }
    words = {"category": {"a\0b": "laptop"}}

    answer = await technician.read_as(sent, {"columns": columns, "words": words})

    assert answer.status_code == 422
    assert answer.json()["type"].endswith("#reading-wrong")
    assert {each["pointer"] for each in answer.json()["errors"]} == {
        "/columns/Kind",
        "/columns/Nowhere",
        "/columns/Make",
        "/columns/category",
        "/columns/manufacturer",
        "/words/category",
    }


async def test_whose_kit_it_is_is_one_place(by: Call, at_work: None) -> None:
    del at_work
    for whose in ({}, {"school_urn": HERE.urn, "la_code": "940"}):
        answer = await Sender(by(MANAGER), whose).send(TABLE)

        assert answer.status_code == 422
        assert answer.json()["type"].endswith("#place-unclear")
