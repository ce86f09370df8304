"""Keys of a school's agents: made and shown once, changed, withdrawn, nobody else's."""

import psycopg
import pytest

from chassis.auth import Actor
from chassis.testing.databases import ServiceDatabase
from chassis.testing.identities import at_la
from tests.inventory.agents.conftest import Agent, MakeAgent, pc
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
)

KEYS = "/enrolment-keys"


async def test_a_key_is_shown_once_and_kept_as_a_hash(
    by: Call, rows: ServiceDatabase
) -> None:
    body = {"school_urn": HERE.urn, "name": "laptops"}
    made = await by(TECHNICIAN).post(KEYS, json=body)
    key, shown = made.json()["enrolment_key"], made.json()

    assert made.status_code == 201
    assert key.startswith(shown["hint"])
    assert len(key) == 36
    read = await by(TECHNICIAN).get(f"{KEYS}/{shown['key_id']}")
    listed = await by(TECHNICIAN).get(KEYS)
    assert key not in made.headers["location"] + read.text + listed.text
    assert read.json() == listed.json()["items"][0]
    with psycopg.connect(rows.admin) as admin:
        for table in ("enrolment_key", "audit_entry", "outbox", "idempotency_key"):
            [(found,)] = admin.execute(
                f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} AS t"  # noqa: S608
            ).fetchall()
            assert key not in found


async def test_a_repeat_makes_no_second_key_and_says_no_letters(by: Call) -> None:
    body = {"school_urn": HERE.urn, "name": "laptops"}
    once = {"idempotency-key": "one"}

    first = await by(TECHNICIAN).post(KEYS, json=body, headers=once)
    again = await by(TECHNICIAN).post(KEYS, json=body, headers=once)

    assert again.json() == {**first.json(), "enrolment_key": None}
    assert len((await by(TECHNICIAN).get(KEYS)).json()["items"]) == 1


@pytest.mark.parametrize(
    ("actor", "urn", "status"),
    [
        (MANAGER, HERE.urn, 201),
        (TECHNICIAN, NEXT_DOOR.urn, 404),
        (MANAGER, FAR_AWAY.urn, 404),
        (LEADER, HERE.urn, 403),
        (STAFF, HERE.urn, 403),
        (AUDITOR, HERE.urn, 403),
    ],
)
async def test_who_keeps_the_register_makes_keys(
    by: Call, actor: Actor, urn: int, status: int
) -> None:
    answer = await by(actor).post(KEYS, json={"school_urn": urn, "name": "x"})

    assert answer.status_code == status


async def test_a_key_is_known_within_its_scope_alone(
    by: Call, agent_at: MakeAgent
) -> None:
    await agent_at(HERE)
    [key] = (await by(TECHNICIAN).get(KEYS)).json()["items"]
    where = f"{KEYS}/{key['key_id']}"

    for stranger in (OTHER_TECHNICIAN, STAFF, LEADER, at_la("la-manager", "941")):
        assert (await by(stranger).get(where)).status_code == 404
        assert (await by(stranger).get(KEYS)).json()["items"] == []
        withdrawn = await by(stranger).post(
            f"{where}/withdraw", headers={"if-match": '"1"'}
        )
        assert withdrawn.status_code == 404
    assert (await by(AUDITOR).get(where)).status_code == 200
    listed = await by(MANAGER).get(KEYS, params={"school": HERE.urn})
    assert [each["key_id"] for each in listed.json()["items"]] == [key["key_id"]]
    unknown = await by(MANAGER).get(KEYS, params={"school": FAR_AWAY.urn})
    assert unknown.status_code == 404


async def rotated(by: Call, hours: int) -> str:
    [key] = (await by(TECHNICIAN).get(KEYS)).json()["items"]
    answer = await by(TECHNICIAN).post(
        f"{KEYS}/{key['key_id']}/rotate",
        json={"overlap_hours": hours},
        headers={"if-match": f'"{key["version"]}"'},
    )
    assert answer.status_code == 200, answer.text
    found: str = answer.json()["enrolment_key"]
    return found


@pytest.mark.parametrize(("hours", "status"), [(24, 200), (0, 401)])
async def test_the_key_before_is_taken_until_its_end(
    by: Call, agent_at: MakeAgent, hours: int, status: int
) -> None:
    old = await agent_at(HERE)
    new = Agent(old.client, HERE, await rotated(by, hours))

    assert (await new.tell(pc())).status_code == 200
    assert (await old.tell(pc())).status_code == status


async def test_a_withdrawn_key_is_refused_at_once(
    by: Call, agent_at: MakeAgent
) -> None:
    agent = await agent_at(HERE)
    assert (await agent.tell(pc())).status_code == 200
    [key] = (await by(TECHNICIAN).get(KEYS)).json()["items"]
    assert key["last_used_at"] is not None
    where = f"{KEYS}/{key['key_id']}"

    gone = await by(TECHNICIAN).post(f"{where}/withdraw", headers={"if-match": '"1"'})

    assert gone.json()["withdrawn_at"] is not None
    assert (await agent.tell(pc())).status_code == 401
    again = await by(TECHNICIAN).post(
        f"{where}/rotate", json={}, headers={"if-match": '"2"'}
    )
    assert again.status_code == 409
    assert again.json()["type"].endswith("#enrolment-key-withdrawn")


async def test_a_school_has_so_many_keys(by: Call, rows: ServiceDatabase) -> None:
    body = {"school_urn": HERE.urn, "name": "x"}
    with psycopg.connect(rows.admin, autocommit=True) as admin:
        admin.execute(
            "INSERT INTO enrolment_key (la_code, school_id, name, hint, key_hash,"
            " made_by) SELECT la_code, school_id, 'x', 'x', sha256('x'), 'x'"
            " FROM school, generate_series(1, 499) WHERE urn = %s",
            [HERE.urn],
        )
    assert (await by(TECHNICIAN).post(KEYS, json=body)).status_code == 201

    answer = await by(TECHNICIAN).post(KEYS, json=body)

    assert answer.status_code == 409
    assert answer.json()["type"].endswith("#too-many-enrolment-keys")
