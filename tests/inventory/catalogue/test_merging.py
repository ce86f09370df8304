"""Makes and models that an LA says are one, until it takes that back."""

import asyncio
from typing import Any

import httpx
import pytest

from chassis.auth import Actor
from chassis.testing.identities import at_la
from tests.inventory.catalogue.test_lifecycles import written
from tests.inventory.catalogue.test_models import model_of, models
from tests.inventory.world import (
    AUDITOR,
    LEADER,
    MANAGER,
    TECHNICIAN,
    Call,
    registered,
)

NAME, NUMBER = "ThinkPad L13", "20R3000UUK"


async def two(by: Call) -> tuple[dict[str, Any], dict[str, Any]]:
    """A ThinkPad by its name, and one by its product number."""
    await registered(by(TECHNICIAN), tag="A", model=NAME)
    await registered(by(TECHNICIAN), tag="B", model=NUMBER)
    return await model_of(by, MANAGER, "l13"), await model_of(by, MANAGER, "20r3")


async def merged(
    by: Call, start: str, into: str, actor: Actor = MANAGER, kind: str = "model"
) -> httpx.Response:
    body = {"kind": kind, "from_id": start, "into_id": into}
    return await by(actor).post("/merges", json=body)


async def test_two_models_are_one_until_it_is_undone(by: Call) -> None:
    name, number = await two(by)
    await written(by, MANAGER, name, {"supported_until": "2030-01-01"})

    made = await merged(by, number["model_id"], name["model_id"])

    assert made.status_code == 201, made.text
    # Another fitting of the same machine type follows.
    await registered(by(TECHNICIAN), tag="C", model="20R3S00X00")
    assert await models(by, MANAGER) == [("Lenovo", NAME, 3)]
    old = await by(TECHNICIAN).get(f"/models/{number['model_id']}")
    assert (old.json()["model"], old.json()["supported_until"]) == (NAME, "2030-01-01")

    undone = await by(MANAGER).delete(f"/merges/{made.json()['merge_id']}")

    assert undone.status_code == 204
    assert await models(by, MANAGER) == [
        *(("Lenovo", "Machine type 20R3", 2), ("Lenovo", NAME, 1)),
    ]


async def test_what_was_known_of_the_first_is_known_of_both(by: Call) -> None:
    name, number = await two(by)
    await written(by, MANAGER, number, {"supported_until": "2030-01-01"})
    await merged(by, number["model_id"], name["model_id"])
    one = await model_of(by, MANAGER, "l13")

    changed = await written(by, MANAGER, one, {"supported_until": "2031-01-01"})

    assert one["supported_until"] == "2030-01-01"
    assert changed.json()["supported_until"] == "2031-01-01"
    assert len(await models(by, MANAGER)) == 1


async def test_two_makes_are_one_and_their_models_with_them(by: Call) -> None:
    await registered(by(TECHNICIAN), tag="A", manufacturer="Clevertouch", model="UX 65")
    await registered(
        by(TECHNICIAN), tag="B", manufacturer="Sahara Clevertouch", model="UX-65"
    )
    makes = (await by(MANAGER).get("/makes")).json()["items"]
    into, start = (each["make_id"] for each in makes)

    made = await merged(by, start, into, kind="make")

    assert made.status_code == 201, made.text
    assert await models(by, MANAGER) == [("Clevertouch", "UX 65", 2)]
    assert await models(by, TECHNICIAN) == [("Clevertouch", "UX 65", 2)]
    [listed] = (await by(AUDITOR).get("/merges", params={"la_code": "940"})).json()[
        "items"
    ]
    assert (listed["from_make"], listed["into_make"]) == (
        *("Sahara Clevertouch", "Clevertouch"),
    )


async def test_merges_follow_one_another(by: Call) -> None:
    for at in "ABC":
        await registered(by(TECHNICIAN), tag=at, model=f"Model {at}")
    ids = [(await model_of(by, MANAGER, f"model {at}"))["model_id"] for at in "abc"]

    await merged(by, ids[0], ids[1])
    await merged(by, ids[1], ids[2])
    round_again = await merged(by, ids[2], ids[0])

    assert round_again.status_code == 409
    assert await models(by, MANAGER) == [("Lenovo", "Model C", 3)]


async def test_two_who_merge_both_ways_at_once_lose_no_kit(by: Call) -> None:
    name, number = await two(by)
    one, other = name["model_id"], number["model_id"]

    answers = await asyncio.gather(merged(by, one, other), merged(by, other, one))

    assert {each.status_code for each in answers} <= {201, 409}
    found = await models(by, MANAGER)
    assert sum(devices for _, _, devices in found) == 2


@pytest.mark.parametrize(
    ("actor", "status", "on_undoing"),
    [
        (TECHNICIAN, 403, 404),
        (LEADER, 403, 404),
        (AUDITOR, 403, 403),
        (at_la("la-manager", "941"), 404, 404),
    ],
)
async def test_who_merges_and_undoes(
    by: Call, actor: Actor, status: int, on_undoing: int
) -> None:
    name, number = await two(by)

    refused = await merged(by, number["model_id"], name["model_id"], actor)
    made = await merged(by, number["model_id"], name["model_id"])
    kept = await by(actor).delete(f"/merges/{made.json()['merge_id']}")

    assert (refused.status_code, kept.status_code) == (status, on_undoing)


async def test_one_is_not_merged_with_itself_nor_with_nothing(by: Call) -> None:
    name, _ = await two(by)
    own = name["model_id"]
    none = "00000000-0000-0000-0000-000000000001"

    assert (await merged(by, own, own)).status_code == 409
    assert (await merged(by, own, none)).status_code == 404
    assert (await merged(by, own, own, kind="make")).status_code == 404
    assert (await by(MANAGER).delete(f"/merges/{none}")).status_code == 404
