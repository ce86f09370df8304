"""What an LA writes down of its models, one by one or as a list, and who reads it."""

from typing import Any

import pytest

from chassis.auth import Actor
from chassis.testing.identities import at_la
from tests.inventory.catalogue.test_models import model_of, models
from tests.inventory.world import (
    AUDITOR,
    LEADER,
    MANAGER,
    OTHER_TECHNICIAN,
    TECHNICIAN,
    Call,
    registered,
)

ENDED = {"supported_until": "2020-06-30", "source": "Lenovo"}
OTHER_LA = at_la("la-manager", "941")


async def written(
    by: Call, actor: Actor, model: dict[str, Any], body: dict[str, Any]
) -> Any:
    return await by(actor).put(
        f"/models/{model['model_id']}/lifecycle",
        json=body,
        headers={"if-match": f'"{model["version"]}"'},
    )


async def test_what_the_la_writes_its_schools_read(by: Call) -> None:
    await registered(by(TECHNICIAN))
    model = await model_of(by, MANAGER, "thinkpad")

    answer = await written(by, MANAGER, model, {**ENDED, "launched_on": "2019-01-01"})

    assert answer.status_code == 200, answer.text
    assert (answer.json()["version"], answer.json()["support"]) == (1, "ended")
    told = await model_of(by, TECHNICIAN, "thinkpad")
    assert (told["supported_until"], told["source"]) == ("2020-06-30", "Lenovo")
    # Of what the LA knows, a school reads all: it may think of buying it.
    assert await models(by, OTHER_TECHNICIAN) == [("Lenovo", "ThinkPad L13", 0)]
    assert await models(by, OTHER_LA) == []


async def test_what_is_written_of_a_version_that_is_gone_is_refused(by: Call) -> None:
    await registered(by(TECHNICIAN))
    model = await model_of(by, MANAGER, "thinkpad")
    await written(by, MANAGER, model, ENDED)

    again = await written(by, MANAGER, model, {"note": "later"})

    assert again.status_code == 412
    changed = await written(by, MANAGER, {**model, "version": 1}, {"note": "later"})
    assert (changed.json()["supported_until"], changed.json()["version"]) == (None, 2)


async def test_nothing_at_all_forgets_a_model(by: Call) -> None:
    asset = await registered(by(TECHNICIAN))
    model = await model_of(by, MANAGER, "thinkpad")
    await written(by, MANAGER, model, ENDED)

    gone = await written(by, MANAGER, {**model, "version": 1}, {})

    assert (gone.status_code, gone.json()["version"]) == (200, 0), gone.text
    assert asset["tag"]
    assert await models(by, OTHER_TECHNICIAN) == []


@pytest.mark.parametrize(
    ("actor", "status"),
    [
        *((TECHNICIAN, 403), (LEADER, 403), (AUDITOR, 403)),
        *((OTHER_TECHNICIAN, 404), (OTHER_LA, 404)),
    ],
)
async def test_only_the_las_managers_write(by: Call, actor: Actor, status: int) -> None:
    await registered(by(TECHNICIAN))
    model = await model_of(by, MANAGER, "thinkpad")

    assert (await written(by, actor, model, ENDED)).status_code == status


async def test_a_model_cannot_end_before_it_began(by: Call) -> None:
    await registered(by(TECHNICIAN))
    model = await model_of(by, MANAGER, "thinkpad")

    answer = await written(by, MANAGER, model, {**ENDED, "launched_on": "2021-01-01"})

    assert answer.status_code == 422
    assert [e["pointer"] for e in answer.json()["errors"]] == ["/supported_until"]


def listed(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"la_code": "940", "items": list(items), **more}


CODES = {
    "model": "Acer Chromebook 11 (C732, C732T)",
    "supported_until": "2027-06-01",
    "source": "Google",
}


async def test_a_list_is_tried_taken_in_and_taken_in_again(by: Call) -> None:
    await registered(by(TECHNICIAN), manufacturer="acer", model="Chromebook 11 C732T")
    other = {"make": "HP", "model": "Chromebook 11 G9 EE", "sold_until": "2025-01-31"}
    put = by(MANAGER).put

    tried = await put("/models/lifecycles", json=listed(CODES, other, dry_run=True))
    untouched = await models(by, MANAGER)
    taken = await put("/models/lifecycles", json=listed(CODES, other))
    again = await put(
        "/models/lifecycles", json=listed(CODES, {**other, "sold_until": "2025-02-28"})
    )

    assert tried.json() == taken.json() == {"added": 2, "changed": 0, "same": 0}
    assert untouched == [("Acer", "Chromebook 11 C732T", 1)]
    assert again.json() == {"added": 0, "changed": 1, "same": 1}
    assert await models(by, MANAGER) == [
        ("Acer", "Chromebook 11 (C732, C732T)", 1),
        ("HP", "Chromebook 11 G9 EE", 0),
    ]


async def test_an_older_address_still_leads_to_a_model(by: Call) -> None:
    await registered(by(TECHNICIAN), manufacturer="acer", model="Chromebook 11 C732T")
    before = await model_of(by, MANAGER, "c732t")
    await by(MANAGER).put("/models/lifecycles", json=listed(CODES))

    after = await by(TECHNICIAN).get(f"/models/{before['model_id']}")

    assert after.json()["model"] == "Chromebook 11 (C732, C732T)"
    assert after.json()["supported_until"] == "2027-06-01"


async def test_a_list_says_what_is_wrong_by_line(by: Call) -> None:
    lines = [
        CODES,
        {"model": "Chromebook of nobody"},
        {"make": "HP", "model": "Unknown"},
        {"make": "ACER Inc.", "model": "Chromebook 11 (C732, C732T)"},
        {
            "make": "HP",
            "model": "X1",
            "launched_on": "2024-01-01",
            "sold_until": "2023-01-01",
        },
    ]

    answer = await by(MANAGER).put("/models/lifecycles", json=listed(*lines))

    assert answer.status_code == 422, answer.text
    assert [e["pointer"] for e in answer.json()["errors"]] == [
        *("/items/1/make", "/items/2/model", "/items/3/model", "/items/4/sold_until"),
    ]
    assert await models(by, MANAGER) == []


async def test_a_later_line_may_not_contradict_what_is_there(by: Call) -> None:
    one = {"make": "HP", "model": "X1", "launched_on": "2024-01-01"}
    await by(MANAGER).put("/models/lifecycles", json=listed(one))

    answer = await by(MANAGER).put(
        "/models/lifecycles",
        json=listed({"make": "HP", "model": "X1", "sold_until": "2023-01-01"}),
    )

    assert answer.status_code == 422, answer.text
    assert [e["pointer"] for e in answer.json()["errors"]] == ["/items/0/sold_until"]


@pytest.mark.parametrize(
    ("actor", "status"),
    [(TECHNICIAN, 404), (LEADER, 404), (AUDITOR, 403), (OTHER_LA, 404)],
)
async def test_who_takes_a_list_in(by: Call, actor: Actor, status: int) -> None:
    answer = await by(actor).put("/models/lifecycles", json=listed(CODES))

    assert answer.status_code == status, answer.text
