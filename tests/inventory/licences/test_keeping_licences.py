"""Licences of software: written down, changed, listed and removed."""

from typing import Any
from uuid import uuid4

import psycopg
import pytest

from chassis.testing.databases import ServiceDatabase
from tests.inventory.licences.holding import (
    bought,
    licence,
    of_authority,
    where,
)
from tests.inventory.stock.stocked import ago
from tests.inventory.titles.test_titles import OLD, reported, title_id
from tests.inventory.world import (
    AUDITOR,
    HERE,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    TECHNICIAN,
    Call,
    registered,
)

IF_FIRST = {"if-match": '"1"'}
PERPETUAL = {"term": "perpetual", "starts_on": None, "ends_on": None}


async def test_it_is_written_down_read_and_changed(by: Call) -> None:
    client = by(TECHNICIAN)
    answer = await client.post("/licences", json=licence(price_pence=120_000))
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert answer.headers["location"].endswith(where(made))
    assert (await by(LEADER).get(where(made))).json() == made
    assert (made["state"], made["cfr_code"], made["school_urn"]) == (
        *("in-force", "E20D", HERE.urn),
    )

    changed = await client.patch(
        where(made), json={"seats": None, "measure": "site"}, headers=IF_FIRST
    )
    stale = await client.patch(where(made), json={"seats": 3}, headers=IF_FIRST)

    assert changed.status_code == 200, changed.text
    assert (changed.json()["measure"], changed.json()["version"]) == ("site", 2)
    assert stale.status_code == 412


async def test_a_repeat_with_the_same_key_adds_one(by: Call) -> None:
    client, body = by(TECHNICIAN), licence()
    key = {"idempotency-key": str(uuid4())}

    one = await client.post("/licences", json=body, headers=key)
    two = await client.post("/licences", json=body, headers=key)

    assert one.json() == two.json()
    assert (await client.get("/licences/count")).json()["count"] == 1


async def test_it_is_of_the_title_that_devices_report(by: Call) -> None:
    kit = await registered(by(MANAGER))
    await reported(by, (kit, [OLD]))
    named = {"publisher": "Igor Pavlov", "name": "7-zip 21.07 (x64)"}

    made = await bought(by(TECHNICIAN), licence(**named))
    [title] = (await by(TECHNICIAN).get("/titles")).json()["items"]
    again = await bought(
        by(TECHNICIAN), licence(publisher=title["publisher"], name=title["name"])
    )

    assert made["title_id"] == again["title_id"] == await title_id(by)
    assert (made["name"], made["release"], again["release"]) == ("7-zip", "21.07", None)


@pytest.mark.parametrize(
    ("changes", "pointers"),
    [
        ({"seats": None}, ["/seats"]),
        ({"measure": "site"}, ["/seats"]),
        ({"starts_on": None}, ["/starts_on"]),
        ({"starts_on": None, "ends_on": None}, ["/starts_on", "/ends_on"]),
        ({"starts_on": "2026-09-02", "ends_on": "2026-09-01"}, ["/ends_on"]),
        ({"notice_on": ago(-201)}, ["/notice_on"]),
        ({"notice_on": ago(101)}, ["/notice_on"]),
        ({"term": "perpetual"}, ["/ends_on"]),
        ({**PERPETUAL, "notice_on": "2026-09-01"}, ["/notice_on"]),
        ({"starts_on": "1979-12-31"}, ["/starts_on"]),
        ({"ends_on": "2200-01-01"}, ["/ends_on"]),
        ({"counted": 3}, ["/counted_on"]),
        ({"counted_on": "2026-09-01"}, ["/counted"]),
        ({"counted": 3, "counted_on": ago(-1)}, ["/counted_on"]),
        ({"seats": 0}, ["/seats"]),
        ({"starts_on": "2026-02-30"}, ["/starts_on"]),
        ({"publisher": ""}, ["/publisher"]),
    ],
)
async def test_what_cannot_be_is_refused_by_field(
    by: Call, changes: dict[str, Any], pointers: list[str]
) -> None:
    answer = await by(TECHNICIAN).post("/licences", json=licence(**changes))

    assert answer.status_code == 422, answer.text
    assert [each["pointer"] for each in answer.json()["errors"]] == pointers


async def test_a_change_is_judged_as_the_whole_that_comes_of_it(by: Call) -> None:
    made = await bought(by(TECHNICIAN), licence())
    path, client = where(made), by(TECHNICIAN)

    wrong = await client.patch(path, json={"starts_on": ago(-300)}, headers=IF_FIRST)
    term = await client.patch(path, json={"term": "perpetual"}, headers=IF_FIRST)

    assert wrong.json()["type"].endswith("#licence-impossible")
    assert [each["pointer"] for each in wrong.json()["errors"]] == ["/ends_on"]
    assert [each["pointer"] for each in term.json()["errors"]] == ["/ends_on"]
    assert (await client.get(path)).json() == made


async def test_it_holds_from_its_first_day_to_its_last(by: Call) -> None:
    days = {"a": (0, 0), "b": (-1, -9), "c": (9, 1), "d": (9, 0), "e": (0, -9)}
    for name, (first, last) in days.items():
        body = licence(name=name, starts_on=ago(first), ends_on=ago(last))
        await bought(by(TECHNICIAN), body)

    found = (await by(TECHNICIAN).get("/licences")).json()["items"]

    assert {each["name"]: each["state"] for each in found} == {
        "a": "in-force",
        "b": "coming",
        "c": "ended",
        "d": "in-force",
        "e": "in-force",
    }


async def test_what_is_removed_is_gone_and_the_audit_has_it(
    by: Call, rows: ServiceDatabase
) -> None:
    client = by(TECHNICIAN)
    made = await bought(client, licence(note="Of Ms Quill"))

    unseen = await client.delete(where(made))
    stale = await client.delete(where(made), headers={"if-match": '"7"'})
    gone = await client.delete(where(made), headers=IF_FIRST)

    assert (unseen.status_code, stale.status_code, gone.status_code) == (428, 412, 204)
    assert (await client.get(where(made))).status_code == 404
    found = await by(AUDITOR).get("/audit", params={"action": "licence.removed"})
    [entry] = found.json()["items"]
    assert (entry["before"]["seats"], "note" in entry["before"]) == (2, False)
    with psycopg.connect(rows.admin) as admin:
        told = admin.execute(
            "SELECT split_part(subject, '.', 4), entity_version FROM outbox"
            " WHERE subject LIKE '%.licence.%' ORDER BY entity_version"
        ).fetchall()
    assert told == [("added", 1), ("removed", 2)]


async def test_it_is_of_one_place(by: Call) -> None:
    for place in ({"la_code": "940"}, {"school_urn": None}):
        answer = await by(MANAGER).post("/licences", json=licence(**place))
        assert answer.status_code == 422
        assert answer.json()["type"].endswith("#place-unclear")


async def test_a_list_is_narrowed_sorted_and_paged(by: Call) -> None:
    client = by(MANAGER)
    await bought(client, licence(name="Alpha", seats=9, ends_on=ago(-300)))
    await bought(client, licence(name="Beta", ends_on=ago(-30), price_pence=9))
    await bought(client, licence(name="Gamma", ends_on=ago(1), reference="PO 77"))
    await bought(client, of_authority(name="Kappa", measure="site", seats=None))
    await bought(client, licence(name="Eta", **PERPETUAL, school_urn=NEXT_DOOR.urn))

    async def names(**asked: Any) -> str:
        found, after = "", ""
        while after is not None:
            more: dict[str, Any] = {"after": after} if after else {}
            page = await client.get("/licences", params={**asked, **more, "limit": 2})
            assert page.status_code == 200, page.text
            found += "".join(each["name"][0] for each in page.json()["items"])
            after = page.json()["next"]
        count = await client.get("/licences/count", params={**asked, "sort": ""})
        assert count.json()["count"] == len(found)
        return found

    assert await names() == "ABEGK"
    assert await names(sort="-name") == "KGEBA"
    assert await names(sort="ends_on") == "GBKAE"
    assert (await names(sort="-seats"))[:2] == "KA"
    assert (await names(sort="-price"))[0] == "B"
    assert await names(school=HERE.urn) == "ABGK"
    assert await names(school=NEXT_DOOR.urn) == "EK"
    assert await names(la_code="941") == ""
    assert await names(holder="authority") == "K"
    assert await names(holder="school") == "ABEG"
    assert await names(measure="site") == "K"
    assert await names(term="perpetual") == "E"
    assert await names(state="ended") == "G"
    assert await names(ends="past") == "G"
    assert await names(ends="quarter") == "B"
    assert await names(ends="year") == "ABK"
    assert await names(q="77 adobe") == "G"
    assert await names(q="100%") == ""
