"""How often somebody is told is theirs to choose, signed in or by a message's link."""

import re
from typing import Any

import httpx
import psycopg

from gateway.mail import service
from tests.gateway.conftest import Stand

CHOICES = "/api/directory/v1/me/mail-choices"
STOP = "/mail/stop"


async def chosen(ask: Any) -> str:
    answer = await ask("GET", CHOICES)
    assert answer.status_code == 200, answer.text
    said = {choice["kind"]: choice["frequency"] for choice in answer.json()["items"]}
    # What is only of use is asked for, and never sent unasked.
    assert said["kit-week"] == "never"
    frequency: str = said["ticket-resolved"]
    return frequency


async def test_nobody_has_to_choose_and_everybody_may(as_someone: Any) -> None:
    ask, other = await as_someone("teacher"), await as_someone("technician")
    before = await chosen(ask)
    for frequency in ("daily", "daily", "at-once", "never"):
        body = {"kind": "ticket-resolved", "frequency": frequency}
        answer = await ask("POST", CHOICES, json=body)
        assert answer.status_code == 200, answer.text
        assert await chosen(ask) == frequency
    wrong = await ask("POST", CHOICES, json={"kind": "rain", "frequency": "daily"})

    assert before == "at-once"
    assert wrong.status_code == 422
    assert await chosen(other) == "at-once"


async def test_one_click_stops_messages_and_a_visit_of_the_link_does_not(
    stand: Stand, http: httpx.AsyncClient, as_someone: Any
) -> None:
    ask = await as_someone("auditor")
    me = (await ask("GET", "/api/directory/v1/me")).json()
    token = service.unsubscribe_token(stand.seal, me["principal"], "ticket-resolved")
    link = f"{stand.url}{STOP}?token={token}"

    looked = await http.get(link)
    before = await chosen(ask)
    clicked = await http.post(
        f"{stand.url}{STOP}/one-click?token={token}",
        data={"List-Unsubscribe": "One-Click"},
    )
    after = await chosen(ask)

    assert looked.status_code == 200
    assert "Stop these messages?" in looked.text
    assert (before, clicked.status_code, after) == ("at-once", 204, "never")


async def test_the_page_of_the_link_stops_them_too(
    stand: Stand, http: httpx.AsyncClient, as_someone: Any
) -> None:
    ask = await as_someone("other")
    me = (await ask("GET", "/api/directory/v1/me")).json()
    token = service.unsubscribe_token(stand.seal, me["principal"], "ticket-resolved")

    page = (await http.get(f"{stand.url}{STOP}", params={"token": token})).text
    sent = re.search(r'name="token" value="([^"]+)"', page)
    assert sent is not None, page
    answer = await http.post(f"{stand.url}{STOP}", data={"token": sent[1]})

    assert "You will get no more of these messages" in answer.text
    assert await chosen(ask) == "never"


async def test_a_link_that_we_did_not_write_stops_nothing(
    stand: Stand, http: httpx.AsyncClient
) -> None:
    nobody = "00000000-0000-7000-8000-000000000000"
    sealed = [
        {"person_id": nobody, "kind": "ticket-resolved"},
        {"person_id": nobody, "kind": "rain"},
        {"state": "x"},
    ]
    tokens = ["", "forged", *(stand.seal.close(each).decode() for each in sealed)]

    statuses = [
        (await http.post(f"{stand.url}{STOP}/one-click", params={"token": token}))
        for token in tokens
    ]

    assert [answer.status_code for answer in statuses] == [404] * len(tokens)
    assert statuses[1].json()["type"].endswith("#mail-link-unknown")


async def test_a_refused_address_is_told_where_it_is_kept(
    stand: Stand, as_someone: Any
) -> None:
    with psycopg.connect(stand.database.admin, autocommit=True) as admin:
        admin.execute(
            "INSERT INTO mail_message (person_id, kind, address, subject, body_text,"
            " body_html, state, reply, ended_at)"
            " SELECT person_id, 'ticket-resolved', email, 'S', 'T', 'H', 'refused',"
            " '550 5.1.1 <b>nobody</b> here', now()"
            " FROM person WHERE username = 'teacher'"
        )
        row = admin.execute("SELECT person_id FROM person WHERE username = 'teacher'")
        [(person_id,)] = row.fetchall()
    ask = await as_someone("manager")
    page = await ask("GET", f"/people/{person_id}", headers={"accept": "text/html"})
    ask = await as_someone("teacher")
    own = await ask("GET", "/account", headers={"accept": "text/html"})

    for shown in (page, own):
        assert "Messages do not arrive" in shown.text
        assert "550 5.1.1 &lt;b&gt;nobody" in shown.text
