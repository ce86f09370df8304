"""Somebody's page says that nothing is sent to them; their keeper tries again."""

from collections.abc import Callable, Generator
from typing import Any
from uuid import UUID

import httpx
import psycopg
import pytest

from tests.gateway.conftest import Stand
from tests.gateway.world import Browser

PAGE = {"accept": "text/html"}
SAID = "550 5.1.1 <b>nobody</b> here"


@pytest.fixture
def teacher(stand: Stand) -> Generator[UUID]:
    """Somebody whose address gave a message back, and takes nothing since."""
    with psycopg.connect(stand.database.admin, autocommit=True) as admin:
        admin.execute(
            "INSERT INTO mail_message (person_id, kind, address, subject, body_text,"
            " body_html, state, reply, ended_at)"
            " SELECT person_id, 'tickets', email, '', '', '', 'bounced', %s, now()"
            " FROM person WHERE username = 'teacher'",
            [SAID],
        )
        [(person_id,)] = admin.execute(
            "INSERT INTO mail_hold (person_id, address, status, reply, since_at)"
            " SELECT person_id, email, '5.1.1', %s, now() FROM person"
            " WHERE username = 'teacher' RETURNING person_id",
            [SAID],
        ).fetchall()
        yield person_id
        admin.execute("DELETE FROM mail_hold WHERE person_id = %s", [person_id])
        admin.execute("DELETE FROM mail_message WHERE person_id = %s", [person_id])


@pytest.fixture
async def manager(stand: Stand, http: httpx.AsyncClient) -> Browser:
    stand.issuer.subject = "subject-manager"
    browser = Browser(stand.url, http)
    await browser.sign_in()
    return browser


async def test_who_keeps_the_address_sees_why_and_tries_again(
    teacher: UUID, manager: Browser, csrf: Callable[[Browser], str]
) -> None:
    before = (await manager.get(f"/people/{teacher}", PAGE)).text
    sent = PAGE | {"sec-fetch-site": "same-origin"}
    answer = await manager.send(
        "POST",
        f"/people/{teacher}/mail-retry",
        sent,
        data={"csrf_token": csrf(manager)},
    )
    after = (await manager.get(f"/people/{teacher}", PAGE)).text

    assert "Messages do not arrive" in before
    assert "550 5.1.1 &lt;b&gt;nobody&lt;/b&gt; here" in before
    assert "Nothing more is sent there" in before
    assert "Try the address again" in before
    assert answer.status_code == 303
    assert "Messages do not arrive" not in after
    assert "Messages go to their address again." in after


async def test_by_the_interface_as_well(
    teacher: UUID, as_someone: Callable[..., Any]
) -> None:
    path = f"/api/directory/v1/people/{teacher}/mail-retry"
    answers = [
        (await (await as_someone(name))("POST", path)).status_code
        for name in ("technician", "neighbour", "manager", "manager")
    ]

    # A school's technician keeps no address; another LA's people know nobody here.
    assert answers == [403, 404, 204, 204]
