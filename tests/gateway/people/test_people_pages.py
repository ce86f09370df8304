"""The pages of people: who opens them, and each step by its form."""

import re
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.gateway.people.conftest import (
    BASE,
    Ask,
    Joined,
    at,
    invited,
    person_of,
    standing,
)

HTML = {"accept": "text/html"}


async def page(ask: Ask, path: str, **rest: Any) -> httpx.Response:
    return await ask("GET", path, headers=HTML, **rest)


async def send(ask: Ask, path: str, **fields: Any) -> httpx.Response:
    return await ask("POST", path, headers=HTML, data={"csrf_token": "", **fields})


async def then(ask: Ask, answer: httpx.Response) -> str:
    """Follow a form that succeeded."""
    assert answer.status_code == 303, answer.text
    return (await page(ask, answer.headers["location"])).text


@pytest.mark.parametrize(
    ("name", "path", "status"),
    [
        ("manager", "/authorities/940/people", 200),
        ("manager", "/schools/140001/people", 200),
        ("manager", "/authorities/941/people", 404),
        ("manager", "/schools/150001/people", 404),
        ("auditor", "/authorities/940/people", 200),
        ("technician", "/schools/140001/people", 403),
        ("teacher", "/schools/140001/people", 403),
        ("manager", "/people/new", 200),
        ("auditor", "/people/new", 403),
        ("technician", "/people/new", 403),
    ],
)
async def test_a_page_opens_to_whom_it_is_for(
    as_someone: Any, name: str, path: str, status: int
) -> None:
    assert (await page(await as_someone(name), path)).status_code == status


async def test_the_navigation_leads_to_the_people_of_ones_own(
    manager: Ask, joined: Joined, as_someone: Any
) -> None:
    leader = await joined("leader", at(140001, "school-leader"))
    technician = await as_someone("technician")

    assert 'href="/authorities/940/people"' in (await page(manager, "/")).text
    assert 'href="/schools/140001/people"' in (await page(leader, "/")).text
    assert "/people" not in (await page(technician, "/")).text


async def test_the_table_finds_narrows_and_is_kept_as_a_file(manager: Ask) -> None:
    await invited(manager, "nora", at(140001, "staff"))
    root = "/authorities/940/people"

    every = (await page(manager, f"{root}?sort=name")).text
    some = (await page(manager, f"{root}?state=invited&role=staff")).text
    none = (await page(manager, f"{root}?q=nobody")).text
    kept = (await manager("GET", f"{root}.csv?q=nora")).text
    book = await manager("GET", f"{root}.xlsx?q=nora")

    assert all(name in every for name in ("Nora", "Technician", "Auditor"))
    assert "Nora" in some
    assert "Technician</a>" not in some
    assert "Nobody matches" in none
    assert kept.splitlines()[1:] == [
        'Nora,"Staff, School 140001",nora@example.org,Invited'
    ]
    assert book.content[:2] == b"PK"


async def test_somebody_is_invited_with_several_roles_by_the_form(
    manager: Ask,
) -> None:
    more = await send(
        manager,
        "/people/new",
        display_name="Nora",
        email="nora@example.org",
        role=["staff"],
        place=["140001"],
        step="more",
    )
    sent = await send(
        manager,
        "/people/new",
        display_name="Nora",
        email="nora@example.org",
        role=["staff", "auditor", ""],
        place=["School 140001", "", ""],
    )

    assert 'id="role-1"' in more.text
    shown = await then(manager, sent)
    assert "They have been invited" in shown
    assert standing(await person_of(manager, "nora")) == {
        ("staff", 140001),
        ("auditor", "940"),
    }


async def test_a_name_that_fits_several_schools_is_asked_back(manager: Ask) -> None:
    answer = await send(
        manager,
        "/people/new",
        display_name="Nora",
        email="nora@example.org",
        role=["staff"],
        place=["School"],
    )

    assert answer.status_code == 422
    assert "Choose which school you mean" in answer.text
    assert '<option value="140001">School 140001, URN 140001</option>' in answer.text
    assert '"150001"' not in answer.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"email": "nobody"}, "Enter an e-mail address"),
        ({"display_name": ""}, "Enter a name"),
        ({"role": [""], "place": [""]}, "Choose a role"),
        ({"place": [""]}, "Say at which school"),
        ({"place": ["Nowhere at all"]}, "No school of yours is called so"),
        ({"place": ["150001"]}, "There is no such school or local authority"),
        ({"role": ["auditor"]}, "the role is of the whole LA"),
        ({"to_day": "31", "to_month": "2", "to_year": "2099"}, "Enter a real date"),
        ({"to_day": "1", "to_month": "2", "to_year": "2020"}, "The last day is"),
        ({"email": "technician@example.org"}, "Give them the role"),
        ({"email": "other@example.org"}, "ask your local authority"),
    ],
    ids=str,
)
async def test_what_is_wrong_comes_back_with_what_was_typed(
    manager: Ask, changes: dict[str, Any], said: str
) -> None:
    fields: dict[str, Any] = {
        "display_name": "Nora",
        "email": "nora@example.org",
        "role": ["staff"],
        "place": ["140001"],
    }

    answer = await send(manager, "/people/new", **(fields | changes))

    assert answer.status_code in {409, 422}
    assert "There is a problem" in answer.text
    assert said in answer.text
    assert f'value="{(fields | changes)["email"]}"' in answer.text


async def test_a_leader_chooses_among_their_own_schools(joined: Joined) -> None:
    leader = await joined(
        "leader", at(140001, "school-leader"), at(140002, "school-leader")
    )

    shown = (await page(leader, "/people/new")).text

    assert '<option value="140002">' in shown
    assert '<option value="la-manager">' not in shown


async def test_a_role_is_ended_by_its_form_and_given_back_by_its_undo(
    manager: Ask,
) -> None:
    nora = await invited(manager, "nora", at(140001, "staff"))
    where = f"/people/{nora['person_id']}"
    role = f"{where}/roles/{nora['assignments'][0]['assignment_id']}"

    asks = (await page(manager, f"{role}/end")).text
    ended = await then(manager, await send(manager, f"{role}/end", version="1"))
    undo = dict(re.findall(r'name="(role|place|to_on)" value="([^"]*)"', ended))
    again = await send(manager, f"{where}/roles/again", **undo)

    assert "End “Staff, School 140001”?" in asks
    assert "The role has ended" in ended
    assert "Has left" in ended
    assert undo == {"role": "staff", "place": "140001", "to_on": ""}
    assert "The role has been given" in await then(manager, again)
    assert standing(await person_of(manager, "nora")) == {("staff", 140001)}


async def test_the_other_steps_are_taken_by_their_forms(manager: Ask) -> None:
    nora = await invited(manager, "nora", at(140001, "staff"))
    where = f"/people/{nora['person_id']}"
    role = f"{where}/roles/{nora['assignments'][0]['assignment_id']}"
    last = {"to_day": "31", "to_month": "7", "to_year": "2099"}
    named = {"display_name": "Nora Ng", "email": "ng@example.org"}

    renamed = await send(manager, f"{where}/edit", version="1", **named)
    invite = await send(manager, f"{where}/invite")
    given = await send(manager, f"{where}/roles/new", role="auditor", place="")
    days = await send(manager, f"{role}/days", version="1", **last)
    shown = await then(manager, days)
    left = await then(manager, await send(manager, f"{where}/leave"))

    for answer in (renamed, invite, given):
        assert urlsplit(answer.headers["location"]).path == where
    assert "Nora Ng" in shown
    assert "31 July 2099" in shown
    assert "Their roles have ended" in left
    assert (await person_of(manager, "Nora Ng"))["state"] == "left"


async def test_a_stale_form_changes_nothing_and_shows_what_is_saved(
    manager: Ask,
) -> None:
    nora = await invited(manager, "nora", at(140001, "staff"))
    where = f"/people/{nora['person_id']}"
    other = {"display_name": "Other Name", "email": "nora@example.org"}
    await manager("PATCH", f"{BASE}/{nora['person_id']}", 1, json={"display_name": "N"})

    answer = await send(manager, f"{where}/edit", version="1", **other)

    assert answer.status_code == 412
    assert "It is now N, nora@example.org" in answer.text
    assert 'value="Other Name"' in answer.text


async def test_the_last_manager_reads_why_they_stay(manager: Ask) -> None:
    me = await person_of(manager, "manager")

    answer = await send(manager, f"/people/{me['person_id']}/leave")

    assert answer.status_code == 409
    assert "keeps at least one LA technical manager" in answer.text


async def test_an_auditor_reads_and_is_offered_nothing(
    manager: Ask, as_someone: Any
) -> None:
    nora = await invited(manager, "nora", at(140001, "staff"))
    auditor, where = await as_someone("auditor"), f"/people/{nora['person_id']}"

    shown = (await page(auditor, where)).text

    assert "Your role does not change it" in shown
    for step in ("edit", "leave", "roles/new"):
        assert f"{where}/{step}" not in shown
        assert (await page(auditor, f"{where}/{step}")).status_code == 403


async def test_a_search_leads_to_somebodys_page_where_there_is_one(
    manager: Ask, as_someone: Any
) -> None:
    nora = await invited(manager, "nora", at(140001, "staff"))
    technician = await as_someone("technician")

    assert (
        f"/people/{nora['person_id']}" in (await page(manager, "/search?q=nora")).text
    )
    shown = (await page(technician, "/search?q=nora")).text
    assert "mailto:nora@example.org" in shown
    assert f"/people/{nora['person_id']}" not in shown
