"""Lines to the internet: added, changed, listed, gone live and ceased."""

from typing import Any
from uuid import uuid4

import psycopg
import pytest

from chassis.auth import Actor
from chassis.testing.databases import ServiceDatabase
from tests.inventory.circuits.lines import added, line, pair, where
from tests.inventory.stock.stocked import ago, today
from tests.inventory.world import (
    AUDITOR,
    HERE,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    STAFF,
    TECHNICIAN,
    Call,
)


async def test_it_is_added_read_and_changed(by: Call) -> None:
    client = by(TECHNICIAN)
    answer = await client.post("/circuits", json=line(ends_on="2029-08-31"))
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert answer.headers["location"].endswith(where(made))
    assert (await client.get(where(made))).json() == made
    assert (made["state"], made["cfr_code"]) == ("live", "E20A")

    stale = await client.patch(
        where(made), json={"down_kbps": 1}, headers={"if-match": '"9"'}
    )
    changed = await client.patch(
        where(made),
        json={"down_kbps": 500_000, "ends_on": None},
        headers={"if-match": '"1"'},
    )

    assert stale.status_code == 412
    assert changed.status_code == 200, changed.text
    assert (changed.json()["down_kbps"], changed.json()["ends_on"]) == (500_000, None)
    assert changed.json()["version"] == 2


async def test_a_repeat_with_the_same_key_adds_one(by: Call) -> None:
    client, body = by(TECHNICIAN), line()
    key = {"idempotency-key": str(uuid4())}

    one = await client.post("/circuits", json=body, headers=key)
    two = await client.post("/circuits", json=body, headers=key)

    assert one.json() == two.json()


async def test_a_reference_is_taken_once_at_a_school(by: Call) -> None:
    client = by(TECHNICIAN)
    made = await added(client)
    other = await added(client)
    again = line(reference=made["reference"].upper())

    taken = await client.post("/circuits", json=again)
    renamed = await client.patch(
        where(other),
        json={"reference": made["reference"]},
        headers={"if-match": '"1"'},
    )

    for refused in (taken, renamed):
        assert refused.status_code == 409
        assert refused.json()["type"].endswith("#circuit-reference-taken")


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"role": "back-up"}, "/backs"),
        ({"starts_on": "2026-09-01", "ends_on": "2026-08-31"}, "/starts_on"),
        ({"notice_on": "2026-09-01", "ends_on": "2026-08-31"}, "/notice_on"),
        ({"live_on": "9999-12-31"}, "/live_on"),
    ],
)
async def test_what_contradicts_itself_is_refused(
    by: Call, changes: dict[str, Any], pointer: str
) -> None:
    answer = await by(TECHNICIAN).post("/circuits", json=line(**changes))

    assert answer.status_code == 422, answer.text
    assert answer.json()["type"].endswith("#circuit-impossible")
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]


async def test_a_back_up_line_backs_a_main_line_of_its_school(by: Call) -> None:
    client = by(TECHNICIAN)
    main, spare = await pair(client)
    there = await by(MANAGER).post("/circuits", json=line(school_urn=NEXT_DOOR.urn))
    assert there.status_code == 201, there.text

    async def refused(backs: str) -> tuple[int, str]:
        body = line(role="back-up", backs=backs)
        answer = await by(MANAGER).post("/circuits", json=body)
        return answer.status_code, answer.json()["type"].rpartition("#")[2]

    assert spare["backs_reference"] == main["reference"]
    assert await refused(spare["circuit_id"]) == (422, "circuit-impossible")
    assert await refused(there.json()["circuit_id"]) == (404, "circuit-not-found")
    assert await refused(str(uuid4())) == (404, "circuit-not-found")


async def test_the_old_main_line_becomes_the_back_up_line(by: Call) -> None:
    client = by(TECHNICIAN)
    old, spare = await pair(client)
    new = await added(client)
    body = {"role": "back-up", "backs": new["circuit_id"]}

    backed = await client.patch(where(old), json=body, headers={"if-match": '"1"'})
    moved = await client.patch(
        where(spare), json={"backs": new["circuit_id"]}, headers={"if-match": '"1"'}
    )
    done = await client.patch(where(old), json=body, headers={"if-match": '"1"'})

    assert backed.status_code == 409
    assert backed.json()["type"].endswith("#circuit-backed")
    assert moved.status_code == 200, moved.text
    assert (done.status_code, done.json()["role"]) == (200, "back-up")


@pytest.mark.parametrize(
    ("path", "legal"),
    [
        ([], ["live", "ceased"]),
        (["live"], ["ceased"]),
        (["ceased"], []),
        (["live", "ceased"], []),
    ],
)
async def test_it_passes_to_the_states_that_follow(
    by: Call, path: list[str], legal: list[str]
) -> None:
    client = by(TECHNICIAN)
    made = await added(client, live_on=None)

    async def move(state: str, version: int) -> Any:
        body = {"state": state, "on": ago(3 - version)}
        headers = {"if-match": f'"{version}"'}
        return await client.post(where(made, "/state"), json=body, headers=headers)

    for version, state in enumerate(path, 1):
        answer = await move(state, version)
        assert (answer.status_code, answer.json()["state"]) == (200, state)
    for state in {"live", "ceased"} - set(legal):
        refused = await move(state, len(path) + 1)
        assert refused.status_code == 409
        assert refused.json()["legal"] == legal
        assert refused.json()["type"].endswith("#circuit-move-refused")


async def test_days_of_a_move_are_past_and_in_order(by: Call) -> None:
    client = by(TECHNICIAN)
    made = await added(client, live_on=ago(10))

    for on in ("9999-12-31", ago(11)):
        answer = await client.post(
            where(made, "/state"),
            json={"state": "ceased", "on": on},
            headers={"if-match": '"1"'},
        )
        assert answer.status_code == 422, answer.text
        assert answer.json()["errors"][0]["pointer"] == "/on"


async def test_a_list_is_narrowed_sorted_and_paged(by: Call) -> None:
    client = by(TECHNICIAN)
    soon, late = ago(-30), ago(-200)
    await added(client, reference="A", ends_on=late, monthly_pence=90_000)
    await added(client, reference="B", ends_on=soon, down_kbps=80_000, provider="Zen")
    await added(client, reference="C", ends_on=ago(1), technology="fttc")
    await added(client, reference="D", live_on=None)

    async def names(**params: Any) -> str:
        asked = {"school": HERE.urn, **params}
        found, after = "", ""
        while after is not None:
            more = {"after": after} if after else {}
            page = await client.get("/circuits", params={**asked, **more, "limit": 2})
            assert page.status_code == 200, page.text
            found += "".join(each["reference"] for each in page.json()["items"])
            after = page.json()["next"]
        count = await client.get("/circuits/count", params=asked | {"sort": ""})
        assert count.json()["count"] == len(found)
        return found

    assert await names() == "ABCD"
    assert await names(sort="-reference") == "DCBA"
    assert await names(sort="ends_on") == "CBAD"
    assert (await names(sort="down"))[0] == "B"
    assert (await names(sort="-monthly"))[0] == "A"
    assert await names(ends="past") == "C"
    assert await names(ends="quarter") == "B"
    assert await names(ends="year") == "AB"
    assert await names(state="planned") == "D"
    assert await names(technology="fttc") == "C"
    assert await names(role="back-up") == ""
    assert await names(q="zen b") == "B"
    assert await names(q="100%") == ""


@pytest.mark.parametrize(
    ("actor", "status"),
    [(OTHER_TECHNICIAN, 404), (LEADER, 403), (STAFF, 403), (AUDITOR, 403)],
)
async def test_who_may_not_add_is_told_what_they_may_know(
    by: Call, actor: Actor, status: int
) -> None:
    assert (await by(actor).post("/circuits", json=line())).status_code == status


async def test_another_schools_line_is_not_there(by: Call) -> None:
    made = await added(by(TECHNICIAN))

    for part in ("", "/measurements", "/failover-tests"):
        answer = await by(OTHER_TECHNICIAN).get(where(made, part))
        assert answer.status_code == 404
    assert (await by(AUDITOR).get(where(made))).status_code == 200


async def test_all_that_happens_is_said(by: Call, rows: ServiceDatabase) -> None:
    client = by(TECHNICIAN)
    made = await added(client, live_on=None)
    headers = {"if-match": '"1"'}
    await client.patch(where(made), json={"note": "x"}, headers=headers)
    for version, state in ((2, "live"), (3, "ceased")):
        await client.post(
            where(made, "/state"),
            json={"state": state, "on": today().isoformat()},
            headers={"if-match": f'"{version}"'},
        )

    with psycopg.connect(rows.admin) as admin:
        said = admin.execute(
            "SELECT split_part(subject, '.', 4), entity_version FROM outbox"
            " WHERE subject LIKE '%.circuit.%' ORDER BY entity_version"
        ).fetchall()
    assert said == [("added", 1), ("changed", 2), ("went-live", 3), ("ceased", 4)]
