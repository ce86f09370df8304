"""A copy of all that is held of somebody, and their erasure everywhere."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, LiteralString
from uuid import uuid4

import httpx
import psycopg
import pytest
from psycopg import sql

from chassis.auth import sign_internal_token
from chassis.db import Database
from chassis.testing.databases import ServiceDatabase
from gateway.days import day_in_england
from gateway.privacy import erasing, keeping
from gateway.privacy.holders import Holders
from tests.security.product import (
    FAR_AWAY,
    MINE,
    SERVICES,
    Product,
    Session,
    person,
    ticket,
    view,
)

DIRECTORY = "/api/directory/v1"
TICKETS = "/api/servicedesk/v1/tickets"
ROLE = {"role": "staff", "school_urn": MINE}
LONG_ENOUGH = 60.0
OF_941 = "SELECT count(*) FROM retention_run WHERE la_code = '941'"
TABLES = (
    "SELECT relname FROM pg_class"
    " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)


@dataclass(frozen=True, slots=True)
class Canary:
    """Somebody whose name is nowhere else, and what they did."""

    word: str
    person_id: str
    session: Session
    ticket: dict[str, Any]

    @property
    def name(self) -> str:
        return f"Quill {self.word}"


Asked = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def asked(database_of: Callable[..., ServiceDatabase]) -> Asked:
    """Ask a service's database as a superuser."""

    def ask(service: str, statement: LiteralString, *values: object) -> Any:
        stored = database_of(service, "_product")
        with psycopg.connect(stored.admin, autocommit=True) as admin:
            found = admin.execute(statement, values)
            return found.fetchall() if found.description else []

    return ask


@pytest.fixture
async def manager(product: Product) -> Session:
    return await product.signed_in("la-manager", "940")


@pytest.fixture
async def canary(product: Product, manager: Session, asked: Asked) -> Canary:
    """Invite somebody, let them work, and have others write of them."""
    word = f"zq{uuid4().hex}"
    invited = await manager.ask(
        "POST",
        f"{DIRECTORY}/people",
        json={
            "display_name": f"Quill {word}",
            "email": f"{word}@example.org",
            "assignments": [ROLE],
        },
    )
    assert invited.status_code == 201, invited.text
    person_id = invited.json()["person_id"]
    asked(
        "gateway",
        "UPDATE person SET subject = %s WHERE person_id = %s",
        f"subject-{word}-x",
        person_id,
    )
    them = await product.signed_in(word, "x")
    opened = await them.ask(
        "POST", TICKETS, json=ticket(MINE, summary=f"I am Quill {word}")
    )
    assert opened.status_code == 201, opened.text
    other = await manager.ask(
        "POST", TICKETS, json=ticket(MINE, description=f"Ask QUILL  {word.upper()}")
    )
    where = f"{TICKETS}/{other.json()['ticket_id']}"
    changed = await manager.ask(
        "PATCH",
        where,
        {"if-match": '"1"'},
        json={"summary": f"For {word}@example.org"},
    )
    assert changed.status_code == 200, changed.text
    saved = await manager.ask(
        "POST", f"{DIRECTORY}/views", json=view(f"Of {word}@example.org")
    )
    assert saved.status_code == 201, saved.text
    await furnish(product, manager, f"Office of Quill {word}")
    return Canary(word, person_id, them, opened.json())


async def furnish(product: Product, manager: Session, room: str) -> None:
    """Have kit stand in a room, and then in another."""
    kit = f"/api/inventory/v1/assets/{product.tenants[MINE].asset['asset_id']}"
    for words in (room, room.upper()):
        present = (await manager.ask("GET", kit)).headers["etag"]
        moved = await manager.ask(
            "POST", f"{kit}/move", {"if-match": present}, json={"room": words}
        )
        assert moved.status_code == 200, moved.text


@pytest.fixture
async def way(
    product: Product, database_of: Callable[..., ServiceDatabase]
) -> AsyncGenerator[erasing.Way]:
    """What the gateway's worker goes by; no sign-on is here."""
    database = Database(database_of("gateway", "_product").worker, 2, "privacy")
    await database.open()
    settings = product.edge._app.state.settings
    async with httpx.AsyncClient(timeout=60) as client:
        holders = Holders(
            client,
            settings.service_urls,
            lambda actor, service: sign_internal_token(
                product.signing.key, actor, service, time.time()
            ),
        )
        yield erasing.Way(
            database, holders, None, lambda: day_in_england(datetime.now(UTC))
        )
    await database.close()


def holding(database: ServiceDatabase, word: str) -> set[str]:
    """Name the tables of a database in which a word is."""
    found: set[str] = set()
    with psycopg.connect(database.admin, autocommit=True) as admin:
        for (table,) in admin.execute(TABLES).fetchall():
            asked = sql.SQL("SELECT count(*) FROM {} AS t WHERE t::text ILIKE {}")
            like = sql.Literal(f"%{word}%")
            counted = admin.execute(
                asked.format(sql.Identifier(table), like)
            ).fetchone()
            if counted != (0,):
                found.add(str(table))
    return found


async def erased(
    canary: Canary, manager: Session, way: erasing.Way, *, with_texts: bool = False
) -> dict[str, Any]:
    """Let them leave, have them erased, and return what the LA's list says."""
    left = await manager.ask("POST", f"{DIRECTORY}/people/{canary.person_id}/leave")
    assert left.status_code == 200, left.text
    answer = await manager.ask(
        "POST",
        f"{DIRECTORY}/people/{canary.person_id}/erasures",
        json={"la_code": "940", "with_texts": with_texts},
    )
    assert answer.status_code == 202, answer.text
    await erasing.erase_due(way)
    listed = await manager.ask("GET", f"{DIRECTORY}/erasures?la_code=940")
    [found] = [
        each for each in listed.json()["items"] if each["person_id"] == canary.person_id
    ]
    one: dict[str, Any] = found
    return one


async def test_somebody_reads_all_that_is_held_of_themselves(canary: Canary) -> None:
    answer = await canary.session.ask("GET", f"{DIRECTORY}/me/data")

    assert answer.status_code == 200, answer.text
    told = {part["holder"]: part["holdings"] for part in answer.json()["parts"]}
    assert told.keys() == {"directory", *SERVICES}
    assert told["directory"]["person"][0]["email"] == f"{canary.word}@example.org"
    assert [role["role"] for role in told["directory"]["roles"]] == ["staff"]
    assert len(told["directory"]["sessions"]) == 1
    [reported] = told["servicedesk"]["tickets_reported"]
    assert reported["ticket_id"] == canary.ticket["ticket_id"]
    assert told["servicedesk"]["mentions"] == []


async def test_a_manager_reads_it_with_what_others_wrote(
    canary: Canary, manager: Session, asked: Asked
) -> None:
    where = f"{DIRECTORY}/people/{canary.person_id}/data"

    answer = await manager.ask("GET", where)

    assert answer.status_code == 200, answer.text
    told = {part["holder"]: part["holdings"] for part in answer.json()["parts"]}
    assert len(told["servicedesk"]["mentions"]) == 1
    assert len(told["inventory"]["mentions"]) == 1
    assert told["directory"]["person"][0]["name"] == canary.name
    recorded = asked(
        "gateway",
        "SELECT la_code FROM audit_entry WHERE action = 'person.told'"
        " AND target_id = %s",
        canary.person_id,
    )
    assert recorded == [("940",)]


@pytest.mark.parametrize(
    ("role", "where", "status"),
    [
        ("la-manager", "941", 404),
        ("la-technician", "940", 403),
        ("auditor", "940", 403),
        ("school-leader", MINE, 403),
        ("staff", MINE, 404),
        ("school-technician", FAR_AWAY, 404),
    ],
)
async def test_nobody_else_reads_or_erases_it(
    product: Product, canary: Canary, role: str, where: int | str, status: int
) -> None:
    other = await product.signed_in(role, where)
    root = f"{DIRECTORY}/people/{canary.person_id}"

    read = await other.ask("GET", f"{root}/data")
    gone = await other.ask("POST", f"{root}/erasures", json={"la_code": "940"})

    assert (read.status_code, gone.status_code) == (status, status)
    assert canary.word not in read.text + gone.text


async def test_who_is_erased_is_nowhere_any_more(
    canary: Canary,
    manager: Session,
    way: erasing.Way,
    database_of: Callable[..., ServiceDatabase],
) -> None:
    databases = {name: database_of(name, "_product") for name in ("gateway", *SERVICES)}
    before = {name: holding(each, canary.word) for name, each in databases.items()}
    assert {"person", "saved_view"} <= before["gateway"]
    assert {"ticket", "ticket_history"} <= before["servicedesk"]
    assert {"asset", "asset_history"} <= before["inventory"]

    found = await erased(canary, manager, way)

    after = {name: holding(each, canary.word) for name, each in databases.items()}
    assert after == {name: set[str]() for name in databases}
    assert found["done_at"]
    assert found["problem"] is None
    assert found["erased"]["directory"]["roles"] == 1
    assert found["erased"]["servicedesk"]["tickets"] == 2
    read = await manager.ask("GET", f"{DIRECTORY}/people/{canary.person_id}")
    assert read.status_code == 404
    async with asyncio.timeout(LONG_ENOUGH):
        # A session is known for a second, and rights for five.
        while (await who_am_i(canary)).status_code != 401:  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.2)


async def who_am_i(canary: Canary) -> httpx.Response:
    return await canary.session.ask("GET", f"{DIRECTORY}/me")


async def test_what_they_wrote_stays_or_goes(
    canary: Canary, manager: Session, way: erasing.Way
) -> None:
    await erased(canary, manager, way, with_texts=True)

    kept = await manager.ask("GET", f"{TICKETS}/{canary.ticket['ticket_id']}")

    assert kept.json()["summary"] == "[removed]"


async def test_who_holds_a_role_is_not_erased(canary: Canary, manager: Session) -> None:
    answer = await manager.ask(
        "POST",
        f"{DIRECTORY}/people/{canary.person_id}/erasures",
        json={"la_code": "940"},
    )

    assert answer.status_code == 409
    assert answer.json()["type"].endswith("#still-in-office")


async def test_who_is_known_in_another_la_stays_there(
    product: Product, canary: Canary, manager: Session, way: erasing.Way, asked: Asked
) -> None:
    """The one LA lets go of its part; it learns nothing of the other."""
    asked(
        "gateway",
        "INSERT INTO assignment (la_code, school_id, principal, role, from_on)"
        " SELECT la_code, school_id, %s, 'staff', '2020-01-01' FROM school"
        " WHERE urn = %s",
        canary.person_id,
        FAR_AWAY,
    )

    found = await erased(canary, manager, way)

    assert found["done_at"]
    read = await manager.ask("GET", f"{DIRECTORY}/people/{canary.person_id}")
    assert read.status_code == 404
    far = await product.signed_in("la-manager", "941")
    theirs = await far.ask("GET", f"{DIRECTORY}/people/{canary.person_id}/data")
    [roles] = [
        part["holdings"]["roles"]
        for part in theirs.json()["parts"]
        if part["holder"] == "directory"
    ]
    assert [role["la_code"] for role in roles] == ["941"]
    assert str(MINE) not in theirs.text
    kept = await far.ask("GET", f"{DIRECTORY}/people/{canary.person_id}")
    assert kept.json()["display_name"] == canary.name
    assert [each["school_urn"] for each in kept.json()["assignments"]] == [FAR_AWAY]
    for narrowed in ("", "?la_code=940", "?la_code=941"):
        listed = await far.ask("GET", f"{DIRECTORY}/erasures{narrowed}")
        assert canary.person_id not in listed.text


async def test_who_is_kept_elsewhere_stays_kept_there(
    canary: Canary, manager: Session, way: erasing.Way, asked: Asked
) -> None:
    """Nobody moves a home, or deletes whom another keeps: the operator, for one."""
    asked(
        "gateway",
        "UPDATE person SET home_la_code = NULL, home_school_id = NULL"
        " WHERE person_id = %s",
        canary.person_id,
    )

    await erased(canary, manager, way)

    kept = asked(
        "gateway",
        "SELECT display_name, home_la_code FROM person WHERE person_id = %s",
        canary.person_id,
    )
    assert kept == [(canary.name, None)]
    read = await manager.ask("GET", f"{DIRECTORY}/people/{canary.person_id}")
    assert read.status_code == 404
    asked("gateway", "DELETE FROM person WHERE person_id = %s", canary.person_id)


async def test_who_is_taken_on_again_meanwhile_is_not_erased(
    canary: Canary, manager: Session, way: erasing.Way
) -> None:
    where = f"{DIRECTORY}/people/{canary.person_id}"
    await manager.ask("POST", f"{where}/leave")
    await manager.ask("POST", f"{where}/erasures", json={"la_code": "940"})
    given = await manager.ask("POST", f"{where}/assignments", json=ROLE)
    assert given.status_code == 201, given.text

    await erasing.erase_due(way)

    read = await manager.ask("GET", where)
    assert read.json()["display_name"] == canary.name
    listed = await manager.ask("GET", f"{DIRECTORY}/erasures?la_code=940")
    assert canary.person_id not in listed.text
    # And leaves again, and is erased after all.
    assert (await erased(canary, manager, way))["done_at"]


async def test_former_names_are_found_too(
    canary: Canary,
    manager: Session,
    way: erasing.Way,
    database_of: Callable[..., ServiceDatabase],
) -> None:
    where = f"{DIRECTORY}/people/{canary.person_id}"
    etag = (await manager.ask("GET", where)).headers["etag"]
    renamed = {"display_name": "Nib Married", "email": f"nib{uuid4().hex}@example.org"}
    answer = await manager.ask("PATCH", where, {"if-match": etag}, json=renamed)
    assert answer.status_code == 200, answer.text

    await erased(canary, manager, way)

    for name in ("gateway", *SERVICES):
        assert holding(database_of(name, "_product"), canary.word) == set()


async def test_a_former_address_that_is_anothers_now_is_left_alone(
    canary: Canary, manager: Session, way: erasing.Way
) -> None:
    """A mailbox such as head@ goes from one to the next."""
    where, address = (
        f"{DIRECTORY}/people/{canary.person_id}",
        f"{canary.word}@example.org",
    )
    etag = (await manager.ask("GET", where)).headers["etag"]
    moved = {"email": f"{uuid4().hex}@example.org"}
    assert (
        await manager.ask("PATCH", where, {"if-match": etag}, json=moved)
    ).is_success
    successor = person(ROLE) | {"email": address}
    made = await manager.ask("POST", f"{DIRECTORY}/people", json=successor)
    assert made.status_code == 201, made.text
    written = ticket(MINE, summary=f"Write to {address}")
    opened = (await manager.ask("POST", TICKETS, json=written)).json()

    await erased(canary, manager, way)

    kept = await manager.ask("GET", f"{TICKETS}/{opened['ticket_id']}")
    assert kept.json()["summary"] == f"Write to {address}"


async def test_who_is_erased_by_the_rule_is_sought_by_address_alone(
    canary: Canary, manager: Session, way: erasing.Way, asked: Asked
) -> None:
    await manager.ask("POST", f"{DIRECTORY}/people/{canary.person_id}/leave")
    asked(
        "gateway",
        "INSERT INTO erasure (la_code, person_id, with_texts, asked_by)"
        " VALUES ('940', %s, false, 'service:gateway')",
        canary.person_id,
    )

    await erasing.erase_due(way)

    path = f"{TICKETS}/{canary.ticket['ticket_id']}"
    kept = (await manager.ask("GET", path)).json()["summary"]
    assert kept == f"I am {canary.name}"


async def test_who_looks_as_a_manager_reads_no_copy(
    product: Product, canary: Canary, manager: Session, asked: Asked
) -> None:
    """It would stand in the record as the other's."""
    boss = {"role": "la-manager", "la_code": "940"}
    made = await manager.ask("POST", f"{DIRECTORY}/people", json=person(boss))
    colleague = made.json()["person_id"]
    other = await product.signed_in("la-manager", "940")
    began = await other.ask("POST", f"/people/{colleague}/view")
    assert began.status_code == 303, began.text

    for path in (
        f"{DIRECTORY}/people/{canary.person_id}/data",
        f"/people/{canary.person_id}/data",
        f"/people/{canary.person_id}/data.json",
    ):
        answer = await other.ask("GET", path)
        assert answer.status_code == 403, path
        assert canary.word not in answer.text
    told = "SELECT count(*) FROM audit_entry WHERE action = 'person.told'"
    by_them = told + " AND target_id = %s"
    assert asked("gateway", by_them, canary.person_id) == [(0,)]


async def test_it_waits_for_a_service_that_is_away(
    product: Product, canary: Canary, manager: Session, way: erasing.Way, asked: Asked
) -> None:
    away = dict(product.edge._app.state.settings.service_urls)
    away["servicedesk"] = "http://127.0.0.1:9"
    async with httpx.AsyncClient(timeout=60) as client:
        holders = Holders(client, away, way.holders._sign)
        broken = erasing.Way(way.db, holders, None, way.day)
        waiting = await erased(canary, manager, broken)

    assert waiting["done_at"] is None
    assert waiting["problem"]
    assert waiting["erased"].keys() == {"inventory"}
    still = await manager.ask("GET", f"{DIRECTORY}/people/{canary.person_id}")
    assert still.status_code == 200
    again = await manager.ask(
        "POST",
        f"{DIRECTORY}/people/{canary.person_id}/erasures",
        json={"la_code": "940"},
    )
    assert again.status_code == 409
    asked("gateway", "UPDATE erasure SET next_attempt_at = now() WHERE done_at IS NULL")
    assert await erasing.erase_due(way) >= 1
    gone = await manager.ask("GET", f"{DIRECTORY}/people/{canary.person_id}")
    assert gone.status_code == 404


async def test_a_namesake_is_not_erased_with_them(
    canary: Canary, manager: Session, way: erasing.Way
) -> None:
    """Two of one name: what others wrote may be of either, and only addresses tell."""
    await manager.ask(
        "POST",
        f"{DIRECTORY}/people",
        json={
            "display_name": canary.name.upper().replace(" ", "  "),
            "email": f"{uuid4().hex}@example.org",
            "assignments": [ROLE],
        },
    )

    await erased(canary, manager, way)

    kept = await manager.ask("GET", f"{TICKETS}/{canary.ticket['ticket_id']}")
    assert kept.json()["summary"] == f"I am {canary.name}"


async def test_every_night_lets_go_of_what_is_too_old(
    canary: Canary, manager: Session, way: erasing.Way, asked: Asked
) -> None:
    where = f"{DIRECTORY}/authorities/940/retention"
    changed = await manager.ask(
        "PATCH",
        where,
        # Files of kit stay: other tests of this database save them.
        json={"people_months": 1, "tickets_months": 3, "imports_months": 120},
    )
    assert changed.status_code == 200, changed.text
    assert changed.json()["months"] == {
        "people": 1,
        "tickets": 3,
        "record": 24,
        "imports": 120,
    }
    await manager.ask("POST", f"{DIRECTORY}/people/{canary.person_id}/leave")
    path = f"{TICKETS}/{canary.ticket['ticket_id']}"
    await manager.ask("POST", f"{path}/close", {"if-match": '"1"'})
    now, foreign = datetime.now(UTC), asked("gateway", OF_941)

    await keeping.tidy(way.db, way.holders, "940", now + timedelta(days=20))
    assert (await manager.ask("GET", path)).json()["summary"] != "[removed]"
    await keeping.tidy(way.db, way.holders, "940", now + timedelta(days=100))
    await erasing.erase_due(way)

    assert (await manager.ask("GET", path)).json()["summary"] == "[removed]"
    gone = await manager.ask("GET", f"{DIRECTORY}/people/{canary.person_id}")
    assert gone.status_code == 404
    last, *_ = (await manager.ask("GET", where)).json()["runs"]
    assert last["problem"] is None
    assert last["erased"]["directory"]["people"] >= 1
    assert last["erased"]["servicedesk"]["tickets"] >= 1
    assert asked("gateway", OF_941) == foreign


@pytest.mark.parametrize(
    "body",
    [
        {"people_months": 0},
        {"people_months": 121},
        {"record_months": 1},
        {"tickets_months": "3"},
    ],
)
async def test_nothing_is_kept_for_a_day_or_for_ever(
    manager: Session, body: dict[str, Any]
) -> None:
    where = f"{DIRECTORY}/authorities/940/retention"

    answer = await manager.ask("PATCH", where, json=body)

    assert answer.status_code == 422, answer.text
    [fault] = answer.json()["errors"]
    assert fault["pointer"] == f"/{next(iter(body))}"


async def test_an_la_with_a_run_that_went_well_is_tidied_once_a_day(
    way: erasing.Way, asked: Asked
) -> None:
    asked("gateway", "TRUNCATE retention_run")
    now = datetime.now(UTC)

    for hours in (0, 1, 30):
        later = now + timedelta(hours=hours)
        await keeping.tidy_all(way.db, way.holders, lambda at=later: at)

    ran = asked("gateway", "SELECT la_code FROM retention_run ORDER BY run_id")
    assert [la for (la,) in ran] == ["940", "941", "940", "941"]
