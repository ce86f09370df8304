"""Signing in and out, files that leave, and refused access: who, and from where."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx
import psycopg

from tests.gateway.conftest import Stand
from tests.gateway.world import Browser

PATIENCE = 90.0
"""Where another test was refused alike before, ours is told when the minute is over."""
Csrf = Callable[[Browser], str]


def entries(stand: Stand, action: str, **wanted: str) -> list[tuple[Any, ...]]:
    """Read what was recorded since this test began, newest last."""
    with psycopg.connect(stand.database.admin, autocommit=True) as admin:
        return admin.execute(
            "SELECT e.la_code, p.username, e.target_id, e.outcome,"
            " e.details::jsonb ->> 'source', e.details::jsonb -> 'after' AS after"
            " FROM audit_entry AS e"
            " LEFT JOIN person AS p ON p.person_id::text = e.principal"
            " WHERE e.action = %s"
            " AND (%s::text IS NULL OR e.target_id = %s) ORDER BY e.entry_id",
            [action, wanted.get("target"), wanted.get("target")],
        ).fetchall()


def person_id(stand: Stand, username: str) -> str:
    """Say the id of somebody of the directory, as entries have it."""
    with psycopg.connect(stand.database.admin, autocommit=True) as admin:
        row = admin.execute(
            "SELECT person_id::text FROM person WHERE username = %s", [username]
        ).fetchone()
    assert row
    return str(row[0])


async def until(check: Callable[[], list[tuple[Any, ...]]]) -> list[tuple[Any, ...]]:
    async with asyncio.timeout(PATIENCE):
        while not (found := check()):  # noqa: ASYNC110 - written a second later
            await asyncio.sleep(0.1)
    return found


async def test_signing_in_and_out_are_recorded_in_the_persons_la(
    stand: Stand, technician: Browser, csrf: Csrf
) -> None:
    signed_in = entries(stand, "sign-in.succeeded")[-1]

    await technician.send(
        "POST",
        "/logout",
        {"origin": stand.url, "x-csrf-token": csrf(technician)},
    )

    assert signed_in[:2] == ("940", "technician")
    assert signed_in[3:5] == ("done", "127.0.0.1")
    assert entries(stand, "sign-out")[-1][:2] == ("940", "technician")


async def test_somebody_unknown_to_the_directory_is_recorded_as_refused(
    stand: Stand,
) -> None:
    stand.issuer.subject = "subject-of-a-stranger"
    # Other tests are refused, too: what comes from this address is this test's own.
    address = "127.0.0.7"
    transport = httpx.AsyncHTTPTransport(local_address=address)

    async with httpx.AsyncClient(transport=transport, timeout=60) as http:
        answer = await Browser(stand.url, http).sign_in()

    assert answer.status_code == 403
    [found] = await until(
        lambda: [e for e in entries(stand, "sign-in.refused") if e[4] == address]
    )
    assert found[:4] == (None, None, "/login/callback", "refused")


async def test_refused_access_is_recorded_once_and_then_counted(
    stand: Stand, http: httpx.AsyncClient
) -> None:
    path = f"/api/inventory/v1/{uuid4()}"
    for _ in range(20):
        answer = await http.get(
            stand.url + path, headers={"authorization": "Bearer wrong"}
        )
        assert answer.status_code == 401

    # Other tests are refused from the same address: the first entry may be theirs.
    await until(lambda: entries(stand, "access.refused"))
    assert len(entries(stand, "access.refused", target=path)) <= 1


async def test_who_may_not_is_recorded_with_their_name(
    stand: Stand, browser: Browser, csrf: Csrf
) -> None:
    stand.issuer.subject = "subject-auditor"
    await browser.sign_in()
    path = "/api/directory/v1/notices"
    body = {"la_code": "940", "title": "x", "body": "x", "from_on": "2026-01-01"}
    headers = {"origin": stand.url, "x-csrf-token": csrf(browser)}

    answer = await browser.send("POST", path, headers, json=body)

    assert answer.status_code == 403, answer.text
    found = await until(lambda: entries(stand, "access.refused", target=path))
    assert found[-1][:2] == ("940", "auditor")
    assert found[-1][5]["status"] == 403


async def test_who_asks_for_what_is_anothers_is_recorded_in_their_own_la(
    stand: Stand, browser: Browser
) -> None:
    stand.issuer.subject = "subject-auditor"
    await browser.sign_in()
    # The manager of the other LA; and some who never were: nobody may know which.
    foreign = f"/api/directory/v1/people/{person_id(stand, 'neighbour')}"
    for path in (foreign, *(f"/api/directory/v1/people/{uuid4()}" for _ in range(9))):
        assert (await browser.get(path)).status_code == 404

    def asked() -> list[tuple[Any, ...]]:
        return entries(stand, "access.not-found", target=foreign)

    [told] = await until(asked)
    assert told[:2] == ("940", "auditor")
    assert told[3:5] == ("refused", "127.0.0.1")
    route = "/api/directory/v1/people/{id}"
    assert told[5] == {"method": "GET", "status": 404, "times": 1, "route": route}
    # One at once; the nine others are counted, to be told when the minute is over.
    every = [e for e in entries(stand, "access.not-found") if e[1] == "auditor"]
    assert [e[5]["route"] for e in every].count(route) == 1
    # No other LA learns that somebody asked.
    assert {e[0] for e in every} == {"940"}


async def test_a_page_that_is_not_theirs_is_recorded_and_a_slip_without_id_is_not(
    stand: Stand, technician: Browser
) -> None:
    for path in ("/schools/150001/tickets/new", "/no/such/page", "/api/directory/v1/x"):
        assert (await technician.get(path)).status_code == 404

    def asked() -> list[tuple[Any, ...]]:
        return entries(stand, "access.not-found", target="/schools/150001/tickets/new")

    [told] = await until(asked)
    assert told[:2] == ("940", "technician")
    assert entries(stand, "access.not-found", target="/no/such/page") == []


async def test_what_nobody_signed_in_asks_for_leaves_no_entry(
    stand: Stand, http: httpx.AsyncClient
) -> None:
    path = f"/nowhere/{uuid4()}"

    assert (await http.get(stand.url + path)).status_code == 404

    assert entries(stand, "access.not-found", target=path) == []


async def test_a_file_that_leaves_is_recorded(stand: Stand, browser: Browser) -> None:
    stand.issuer.subject = "subject-manager"
    await browser.sign_in()
    path = "/authorities/940/schools.csv"

    answer = await browser.get(path)

    assert answer.status_code == 200, answer.text
    assert "attachment" in answer.headers["content-disposition"]
    assert entries(stand, "export.taken", target=path)[-1][:2] == ("940", "manager")
