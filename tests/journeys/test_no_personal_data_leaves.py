"""A canary: somebody's name and address are in the directory, at the sign-on, in mail.

They are in no event, no log, no address of a page, and in none of the other services.
What people type into a ticket is the ticket's: it stays at the desk. Once they are
erased they are nowhere, whoever wrote of them, and the audit still holds.
"""

import asyncio
import re
from collections.abc import Iterator
from typing import NamedTuple
from uuid import uuid4

import httpx
import nats
import psycopg
import pytest
from keycloak import KeycloakAdmin
from psycopg import sql

from local_stack import services
from local_stack.place import SERVICES
from tests import sign_on
from tests.stack import Stack, eventually

PEOPLE = "/api/directory/v1/people"
TICKETS = "/api/servicedesk/v1/tickets"
HTML = {"accept": "text/html"}
TABLES = (
    "SELECT relname FROM pg_class"
    " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)
OF_A_PERSON = {"person", "mail_message", "audit_entry"}
"""In the directory: whose it is, whom it was sent to, what was changed by whom."""
OF_A_TICKET = {"ticket", "ticket_comment", "ticket_history", "audit_entry"}


class Canary(NamedTuple):
    """Words that are nowhere else: of a person, and of what is typed into a ticket."""

    person: str
    ticket: str
    where: str
    """The person's address at the interface."""

    @property
    def email(self) -> str:
        return f"{self.person}@joinedup.example"


@pytest.fixture
def canary(stack: Stack, admin: KeycloakAdmin, manager: httpx.Client) -> Canary:
    """Do with somebody all that is done, well and badly; await what comes of it."""
    told = Canary(f"zq{uuid4().hex}", f"zq{uuid4().hex}", "")
    urn, email = stack.signins["school-technician"]["schools"][0], told.email
    wanted = {
        "display_name": f"Quill {told.person}",
        "email": email,
        "assignments": [{"role": "staff", "school_urn": urn}],
    }
    made = manager.post(PEOPLE, json=wanted)
    assert made.status_code == 201, made.text
    where = made.headers["location"]
    assert manager.post(PEOPLE, json=wanted).status_code == 409
    assert manager.post(PEOPLE, json=wanted | {"email": told.person}).status_code == 422
    eventually(lambda: sign_on.messages(stack, email))
    name = {"display_name": f"Nib {told.person}"}
    seen = manager.get(where)
    changed = manager.patch(
        where, json=name, headers={"if-match": seen.headers["etag"]}
    )
    assert changed.status_code == 200, changed.text
    eventually(lambda: (sign_on.account(admin, email) or {})["firstName"] == "Nib")
    for asked in (PEOPLE, "/search"):
        assert manager.get(asked, params={"q": told.person}).status_code == 200
    ticket = {"school_urn": urn, "summary": told.ticket, "description": told.ticket}
    opened = manager.post(TICKETS, json=ticket)
    assert opened.status_code == 201, opened.text
    answer = manager.post(
        f"{opened.headers['location']}/comments", json={"body": told.ticket}
    )
    assert answer.status_code == 201, answer.text
    manager.post(f"{where}/leave").raise_for_status()
    eventually(
        lambda: not (sign_on.account(admin, email) or {"enabled": True})["enabled"]
    )
    return told._replace(where=where)


def holding(stack: Stack, service: str, word: str) -> Iterator[str]:
    """Name the tables of a service in which a word is."""
    with psycopg.connect(services.cluster(stack.place).dsn(service)) as admin:
        for (table,) in admin.execute(TABLES).fetchall():
            asked = sql.SQL("SELECT count(*) FROM {} AS t WHERE t::text LIKE {}")
            like = sql.Literal(f"%{word}%")
            found = admin.execute(asked.format(sql.Identifier(table), like)).fetchone()
            if found != (0,):
                yield str(table)


async def told_by(stack: Stack, service: str) -> list[bytes]:
    """Everything that a service's stream has, heads and bodies."""
    told = services.service_environment(stack.place, service, "worker")
    connection = await nats.connect(told["JOINEDUP_NATS_URL"])  # pyright: ignore[reportUnknownMemberType]
    stream = connection.jetstream()
    state = (await stream.stream_info(service.upper())).state
    found: list[bytes] = []
    for sequence in range(
        max(state.first_seq, state.last_seq - 500), state.last_seq + 1
    ):
        message = await stream.get_msg(service.upper(), sequence)
        found += [repr(message.headers).encode(), message.data or b""]
    await connection.close()
    return found


def test_what_is_known_of_somebody_stays_where_it_is_kept(
    stack: Stack, manager: httpx.Client, canary: Canary
) -> None:
    places = {
        service: set(holding(stack, service, canary.person)) for service in SERVICES
    }
    typed = {
        service: set(holding(stack, service, canary.ticket)) for service in SERVICES
    }

    assert {"person"} <= places.pop("gateway") <= OF_A_PERSON
    assert set().union(*places.values()) == set()
    assert {"ticket"} <= typed.pop("servicedesk") <= OF_A_TICKET
    assert set().union(*typed.values()) == set()

    for service in SERVICES[:2] + SERVICES[3:]:
        for said in asyncio.run(told_by(stack, service)):
            assert canary.person.encode() not in said
            assert canary.ticket.encode() not in said

    logs = {
        path.name: path.read_text("utf-8") for path in stack.place.logs_dir.iterdir()
    }
    assert '"path":"/search"' in logs["gateway.log"].replace(" ", "")
    assert [n for n, said in logs.items() if canary.person in said] == []
    assert [n for n, said in logs.items() if canary.ticket in said] == []

    la_code = stack.signins["la-manager"]["la_code"]
    page = f"/authorities/{la_code}/people"
    shown = manager.get(page, params={"state": "left"}, headers=HTML).text
    assert canary.person in shown
    links = re.findall(r'(?:href|action|src)="(?!mailto:)([^"]*)"', shown)
    assert [link for link in links if canary.person in link] == []


def test_who_is_erased_is_nowhere_any_more(
    stack: Stack, admin: KeycloakAdmin, manager: httpx.Client, canary: Canary
) -> None:
    urn = stack.signins["school-technician"]["schools"][0]
    others = {"school_urn": urn, "summary": "Laptop", "description": "For "}
    others["description"] += f"Nib {canary.person.upper()}, {canary.email}"
    assert manager.post(TICKETS, json=others).status_code == 201
    assert "ticket" in set(holding(stack, "servicedesk", canary.person))
    la_code = stack.signins["la-manager"]["la_code"]
    told = manager.get(f"{canary.where}/data").raise_for_status().json()
    assert {part["holder"] for part in told["parts"]} == {
        *("directory", "inventory", "servicedesk", "strategy"),
    }

    asked = manager.post(f"{canary.where}/erasures", json={"la_code": la_code})
    assert asked.status_code == 202, asked.text
    eventually(lambda: manager.get(canary.where).status_code == 404)

    left = {
        service: set(holding(stack, service, canary.person)) for service in SERVICES
    }
    assert left == {service: set[str]() for service in SERVICES}
    assert sign_on.account(admin, canary.email) is None
    [erased] = [
        each
        for each in manager.get("/api/directory/v1/erasures").json()["items"]
        if canary.where.endswith(each["person_id"])
    ]
    assert erased["done_at"]
    assert erased["problem"] is None
    assert stack.run("audit", "verify").returncode == 0
