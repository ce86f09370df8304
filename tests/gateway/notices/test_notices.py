"""A notice is written by the LA, shown to its audience alone, and put away by each."""

from collections.abc import Callable
from typing import Any

import pytest

BASE = "/api/directory/v1/notices"
HTML = {"accept": "text/html"}
Ask = Callable[..., Any]


async def published(manager: Ask, **changes: Any) -> str:
    body = {"la_code": "940", "title": "The filter changes", "from_on": "2020-01-01"}
    written = await manager("POST", BASE, json=body | changes)
    assert written.status_code == 201, written.text
    notice_id: str = written.json()["notice_id"]
    answer = await manager("POST", f"{BASE}/{notice_id}/publish", 1)
    assert answer.json()["state"] == "published", answer.text
    return notice_id


async def shown(ask: Ask) -> set[str]:
    found = await ask("GET", f"{BASE}/shown")
    assert found.status_code == 200, found.text
    return {notice["notice_id"] for notice in found.json()["items"]}


async def test_a_draft_is_shown_to_nobody(as_someone: Any) -> None:
    manager, technician = await as_someone("manager"), await as_someone("technician")
    body = {"la_code": "940", "title": "Not yet", "from_on": "2020-01-01"}
    written = (await manager("POST", BASE, json=body)).json()

    assert written["notice_id"] not in await shown(technician) | await shown(manager)


@pytest.mark.parametrize(
    ("audience", "seen_by"),
    [
        ({}, "manager technician teacher"),
        ({"roles": ["staff"]}, "teacher"),
        ({"roles": ["school-leader"]}, ""),
        ({"phases": ["primary"]}, "manager technician teacher"),
        ({"phases": ["secondary"]}, "manager"),
        ({"school_urns": [140002]}, "manager teacher"),
        ({"school_urns": [140002], "roles": ["staff"]}, ""),
        ({"to_on": "2020-01-02"}, ""),
        ({"from_on": "2999-01-01"}, ""),
    ],
    ids=str,
)
async def test_a_notice_is_shown_to_its_audience_and_to_no_other(
    as_someone: Any, audience: dict[str, Any], seen_by: str
) -> None:
    notice_id = await published(await as_someone("manager"), **audience)

    people = ("manager", "technician", "teacher", "other", "analyst")
    found = {
        name for name in people if notice_id in await shown(await as_someone(name))
    }

    assert found == set(seen_by.split())


async def test_each_puts_a_notice_away_for_themselves(as_someone: Any) -> None:
    notice_id = await published(await as_someone("manager"))
    technician, teacher = await as_someone("technician"), await as_someone("teacher")

    first = await technician("POST", f"{BASE}/{notice_id}/put-away")
    again = await technician("POST", f"{BASE}/{notice_id}/put-away")

    assert (first.status_code, again.status_code) == (204, 404)
    assert notice_id not in await shown(technician)
    assert notice_id in await shown(teacher)


async def test_nobody_puts_away_what_is_not_shown_to_them(as_someone: Any) -> None:
    notice_id = await published(await as_someone("manager"), roles=["school-leader"])
    other = await as_someone("other")

    answer = await other("POST", f"{BASE}/{notice_id}/put-away")

    assert answer.status_code == 404


async def test_a_change_says_of_which_version(as_someone: Any) -> None:
    manager = await as_someone("manager")
    path = f"{BASE}/{await published(manager)}"

    assert (await manager("PATCH", path, json={"title": "x"})).status_code == 428
    assert (await manager("PATCH", path, 1, json={"title": "x"})).status_code == 412
    changed = await manager("PATCH", path, 2, json={"title": "Other"})
    assert (changed.status_code, changed.json()["title"]) == (200, "Other")
    assert changed.headers["etag"] == '"3"'


async def test_a_withdrawn_notice_is_shown_no_more_and_stays_so(
    as_someone: Any,
) -> None:
    manager, technician = await as_someone("manager"), await as_someone("technician")
    path = f"{BASE}/{await published(manager)}"

    assert (await manager("POST", f"{path}/withdraw", 2)).status_code == 200
    assert path.rpartition("/")[2] not in await shown(technician)
    assert (await manager("POST", f"{path}/publish", 3)).status_code == 409


@pytest.mark.parametrize(
    ("name", "method", "tail", "status"),
    [
        ("technician", "GET", "", 404),
        ("technician", "PATCH", "", 404),
        ("teacher", "POST", "/withdraw", 404),
        ("other", "POST", "/publish", 404),
        ("analyst", "GET", "", 404),
    ],
)
async def test_a_school_role_reads_and_changes_no_notice(
    as_someone: Any, name: str, method: str, tail: str, status: int
) -> None:
    notice_id = await published(await as_someone("manager"))
    ask = await as_someone(name)
    rest = {"json": {"title": "x"}} if method == "PATCH" else {}

    answer = await ask(method, f"{BASE}/{notice_id}{tail}", 2, **rest)

    assert answer.status_code == status


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"title": ""}, "/title"),
        ({"to_on": "2019-01-01"}, "/to_on"),
        ({"school_urns": [150001]}, "/school_urns"),
        ({"roles": ["king"]}, "/roles/0"),
        ({"from_on": "soon"}, "/from_on"),
    ],
)
async def test_what_is_wrong_is_said_where_it_is(
    as_someone: Any, changes: dict[str, Any], pointer: str
) -> None:
    manager = await as_someone("manager")
    body = {"la_code": "940", "title": "x", "from_on": "2020-01-01"}

    answer = await manager("POST", BASE, json=body | changes)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"].endswith(pointer)


async def test_home_shows_a_notice_until_it_is_put_away(as_someone: Any) -> None:
    notice_id = await published(await as_someone("manager"), title="A <b>day</b> off")
    teacher = await as_someone("teacher")

    before = await teacher("GET", "/", headers=HTML)
    token = {"csrf_token": "", "version": "2"}
    await teacher("POST", f"/notices/{notice_id}/put-away", headers=HTML, data=token)
    after = await teacher("GET", "/", headers=HTML)

    assert "A &lt;b&gt;day&lt;/b&gt; off" in before.text
    assert notice_id not in after.text


async def test_the_pages_are_the_la_s_own(as_someone: Any) -> None:
    manager, technician = await as_someone("manager"), await as_someone("technician")
    path = f"/authorities/940/notices/{await published(manager)}"

    for page in ("/authorities/940/notices", "/authorities/940/notices/new", path):
        assert (await manager("GET", page, headers=HTML)).status_code == 200
        assert (await technician("GET", page, headers=HTML)).status_code == 404


@pytest.mark.parametrize("typed", ["12", "9" * 5_000], ids=["short", "long"])
async def test_an_incomplete_notice_comes_back_with_what_was_typed(
    as_someone: Any, typed: str
) -> None:
    manager = await as_someone("manager")

    answer = await manager(
        "POST",
        "/authorities/940/notices/new",
        headers=HTML,
        data={"body": "Kept", "roles": "staff", "schools": typed},
    )

    assert answer.status_code == 422
    for said in (
        "Enter a title",
        "A URN has six digits",
        "Enter the first day",
        "Kept",
    ):
        assert said in answer.text
