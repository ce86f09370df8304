"""An LA keeps somebody who can give roles in it, whoever ends whose."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from tests.gateway.people.conftest import (
    BASE,
    Ask,
    Asked,
    Joined,
    at,
    invited,
    person_of,
    slug,
    standing,
)

LATER = str(date.today() + timedelta(days=20))  # noqa: DTZ011 - far from midnight


def manages(person: dict[str, Any]) -> str:
    [held] = [
        each
        for each in person["assignments"]
        if each["role"] == "la-manager" and each["standing"] == "present"
    ]
    return f"{BASE}/{person['person_id']}/assignments/{held['assignment_id']}"


@pytest.mark.parametrize("step", ["end", "leave", "last-day"])
async def test_the_last_manager_stays(manager: Ask, step: str) -> None:
    me = await person_of(manager, "manager")

    match step:
        case "end":
            answer = await manager("POST", f"{manages(me)}/end", 1)
        case "leave":
            answer = await manager("POST", f"{BASE}/{me['person_id']}/leave")
        case _:
            answer = await manager("PATCH", manages(me), 1, json={"to_on": LATER})

    assert (answer.status_code, slug(answer)) == (409, "last-administrator")
    assert standing(await person_of(manager, "manager")) == {("la-manager", "940")}


async def test_who_was_invited_and_never_came_is_no_manager_yet(manager: Ask) -> None:
    await invited(manager, "nora", at("940", "la-manager"))
    me = await person_of(manager, "manager")

    answer = await manager("POST", f"{manages(me)}/end", 1)

    assert answer.status_code == 409


async def test_one_whose_last_day_is_near_does_not_stand_in(
    manager: Ask, joined: Joined
) -> None:
    await joined("nora", at("940", "la-manager", to_on=LATER))
    me = await person_of(manager, "manager")
    beyond = str(date.fromisoformat(LATER) + timedelta(days=1))

    refused = await manager("PATCH", manages(me), 1, json={"to_on": beyond})
    taken = await manager("POST", f"{manages(me)}/end", 1)

    assert (refused.status_code, taken.status_code) == (409, 200)


async def test_two_managers_who_end_each_other_leave_one(
    manager: Ask, joined: Joined, asked: Asked
) -> None:
    nora = await joined("nora", at("940", "la-manager"))
    people = [await person_of(manager, name) for name in ("manager", "nora")]

    answers = await asyncio.gather(
        nora("POST", f"{manages(people[0])}/end", 1),
        manager("POST", f"{manages(people[1])}/end", 1),
        nora("POST", f"{BASE}/{people[0]['person_id']}/leave"),
        manager("POST", f"{BASE}/{people[1]['person_id']}/leave"),
    )

    assert {each.status_code for each in answers} <= {200, 403, 404, 409, 412}
    [(left,)] = asked(
        "SELECT count(*) FROM assignment WHERE role = 'la-manager'"
        " AND la_code = '940' AND ended_at IS NULL"
    )
    assert left == 1
