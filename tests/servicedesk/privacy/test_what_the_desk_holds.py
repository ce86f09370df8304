"""What the desk tells of somebody, erases of them, and keeps no longer."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI

from chassis import auth
from chassis.auth import Actor, Grant
from chassis.db import Database
from chassis.sql import Query
from chassis.testing.databases import ServiceDatabase
from chassis.testing.identities import Signing, at_la, at_school
from tests.servicedesk.world import (
    FAR_AWAY,
    HERE,
    MANAGER,
    Call,
    opened,
    stored,
    taken,
)

SOMEBODY = UUID(int=77)
THEM = at_school("staff", HERE.school_id, principal=str(SOMEBODY))
TECHNICIAN = at_school("school-technician", HERE.school_id, principal=str(uuid4()))
FAR_TECHNICIAN = at_school("school-technician", FAR_AWAY.school_id)
NAME, EMAIL = "Orla O'Quill", "o.quill+x@school.example"
ABOUT = {"person_id": str(SOMEBODY), "words": [NAME, EMAIL]}
ERASE = ABOUT | {"with_texts": False, "asked_by": str(UUID(int=9))}
DETAILS = "SELECT details FROM audit_entry WHERE details IS NOT NULL"
THEIRS = (
    "SELECT summary, description FROM ticket UNION ALL"
    " SELECT body, '' FROM ticket_comment UNION ALL"
    " SELECT changes::text, '' FROM ticket_history UNION ALL"
    " SELECT coalesce(details, ''), '' FROM audit_entry"
)


@pytest.fixture
async def gateway(app: FastAPI, signing: Signing, rows: ServiceDatabase) -> Any:
    """Ask the desk about people as the gateway does, for some LAs."""
    del rows

    async def ask(path: str, body: dict[str, Any], *las: str) -> httpx.Response:
        ourselves = Actor("service:gateway", "service", (Grant("service", las),))
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://servicedesk"
        ) as client:
            return await client.post(
                f"/internal/privacy/{path}",
                json=body,
                headers=signing.headers(ourselves, "servicedesk"),
            )

    return ask


@pytest.fixture
async def tickets(by: Call) -> list[dict[str, Any]]:
    """What somebody reported, and what others wrote of them, here and far away."""
    theirs = await opened(
        by(THEM),
        summary=f"{NAME.upper()} has no sound",
        description=f"Write to {EMAIL.upper()}, please",
    )
    await by(THEM).post(
        f"/tickets/{theirs['ticket_id']}/comments", json={"body": "It is urgent"}
    )
    others = await opened(
        by(TECHNICIAN),
        summary="New laptop",
        description="For Orla\n  O'Quill. Not for Orla O'Quilleran.",
    )
    answer = await by(TECHNICIAN).patch(
        f"/tickets/{others['ticket_id']}",
        json={"summary": f"New laptop for {NAME}"},
        headers={"if-match": '"1"'},
    )
    assert answer.status_code == 200, answer.text
    far = await opened(
        by(FAR_TECHNICIAN), school_urn=FAR_AWAY.urn, summary=f"Far from {NAME}"
    )
    return [theirs, answer.json(), far]


async def test_somebody_is_told_what_is_held_of_them(
    gateway: Any, tickets: list[dict[str, Any]]
) -> None:
    answer = await gateway("told", ABOUT, "940")

    assert answer.status_code == 200, answer.text
    told = answer.json()
    [reported] = told["tickets_reported"]
    assert reported["summary"] == f"{NAME.upper()} has no sound"
    assert [each["wrote"] for each in told["comments"]] == ["It is urgent"]
    assert [each["done"] for each in told["steps"]] == ["opened"]
    assert [each["ticket_id"] for each in told["mentions"]] == [tickets[1]["ticket_id"]]
    assert {each["action"] for each in told["record"]} == {
        "ticket.opened",
        "ticket.commented",
    }


async def test_no_other_la_is_looked_into(
    gateway: Any, tickets: list[dict[str, Any]]
) -> None:
    far = (await gateway("told", ABOUT, "941")).json()
    nowhere = (await gateway("told", ABOUT)).json()

    assert [each["ticket_id"] for each in far.pop("mentions")] == [
        tickets[2]["ticket_id"]
    ]
    assert {name: held for name, held in far.items() if held} == {}
    assert not any(nowhere.values())


async def test_a_name_is_gone_and_what_was_written_stays(
    gateway: Any, tickets: list[dict[str, Any]], rows: ServiceDatabase, by: Call
) -> None:
    del tickets
    answer = await gateway("erased", ERASE, "940")
    again = await gateway("erased", ERASE, "940")

    assert answer.status_code == 200, answer.text
    assert answer.json() == {"tickets": 2, "history_names": 1, "record": 3}
    assert again.json() == {"record": 1}
    kept = " ".join(" ".join(each) for each in stored(rows, THEIRS))
    assert "o'quill." not in kept.lower().replace("far from orla o'quill", "")
    assert EMAIL not in kept.lower()
    assert "Orla O'Quilleran" in kept
    assert "[name erased] has no sound" in kept
    assert "It is urgent" in kept
    assert f"Far from {NAME}" in kept
    listed = (await by(MANAGER).get("/tickets")).json()["items"]
    assert "New laptop for [name erased]" in {each["summary"] for each in listed}


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (f"Dear all\n{NAME} is ill", "Dear all\n[name erased] is ill"),
        ("Regards\nOrla O\u2019Quill", "Regards\n[name erased]"),
        ("ORLA\to'quill's laptop", "[name erased]'s laptop"),
        (f"{EMAIL}, or <{EMAIL}>.", "[name erased], or <[name erased]>."),
        # Others, who only look alike.
        (f"mary.{EMAIL}", f"mary.{EMAIL}"),
        (f"{EMAIL}.uk", f"{EMAIL}.uk"),
        (f"{NAME}-Jones and {NAME}an", f"{NAME}-Jones and {NAME}an"),
        (f"Anna-{NAME}", f"Anna-{NAME}"),
    ],
)
async def test_a_name_is_found_wherever_it_stands_and_nowhere_else(
    gateway: Any, by: Call, rows: ServiceDatabase, said: str, kept: str
) -> None:
    made = await opened(by(TECHNICIAN), description=said)
    where = f"/tickets/{made['ticket_id']}"
    headers = {"if-match": '"1"'}
    await by(TECHNICIAN).patch(where, json={"description": "No"}, headers=headers)

    await gateway("erased", ERASE, "940")

    [(changes,)] = stored(
        rows,
        "SELECT changes -> 'description' ->> 'before' FROM ticket_history"
        " WHERE version = 2",
    )
    assert changes == kept
    details = " ".join(d for (d,) in stored(rows, DETAILS))
    assert (json.dumps(said, ensure_ascii=False)[1:-1] in details) == (said == kept)


async def test_a_quoted_name_is_found_in_json(
    gateway: Any, by: Call, rows: ServiceDatabase
) -> None:
    made = await opened(by(TECHNICIAN), summary='For Bob "Bobby" Quill')
    where = f"/tickets/{made['ticket_id']}"
    await by(TECHNICIAN).patch(
        where, json={"summary": "No"}, headers={"if-match": '"1"'}
    )

    await gateway("erased", ERASE | {"words": ['Bob "Bobby" Quill']}, "940")

    kept = " ".join(" ".join(each) for each in stored(rows, THEIRS))
    assert "Bobby" not in kept


async def test_what_they_wrote_goes_from_the_audit_too(
    gateway: Any, by: Call, rows: ServiceDatabase
) -> None:
    """Without a word of their name in it, and by whomever it was changed."""
    made = await opened(by(THEM), summary="I cannot see", description="Any more")
    await by(TECHNICIAN).patch(
        f"/tickets/{made['ticket_id']}",
        json={"summary": "They cannot see"},
        headers={"if-match": '"1"'},
    )

    await gateway("erased", ERASE | {"with_texts": True}, "940")

    kept = " ".join(" ".join(each) for each in stored(rows, THEIRS))
    assert "cannot see" not in kept


async def test_what_they_wrote_goes_too_where_that_is_asked_for(
    gateway: Any, tickets: list[dict[str, Any]], rows: ServiceDatabase
) -> None:
    del tickets
    await gateway("erased", ERASE | {"with_texts": True}, "940")

    kept = " ".join(" ".join(each) for each in stored(rows, THEIRS))
    assert "has no sound" not in kept
    assert "It is urgent" not in kept
    assert "New laptop for [name erased]" in kept
    again = await gateway("erased", ERASE | {"with_texts": True}, "940")
    assert again.json() == {"record": 1}


async def test_what_was_thought_of_tickets_is_told_let_go_and_kept_as_figures(
    gateway: Any, by: Call, rows: ServiceDatabase
) -> None:
    theirs = await taken(by(TECHNICIAN), await opened(by(THEM)), "resolve")
    where = f"/tickets/{theirs['ticket_id']}"
    said = {"score": "poor", "comment": "I had to ask twice"}
    await by(THEM).put(f"{where}/satisfaction", json=said)
    met = {"obstacles": ["information"], "comment": f"{NAME} was not there"}
    await by(TECHNICIAN).put(f"{where}/obstacles", json=met)
    kept = "SELECT score, obstacles, comment FROM ticket_feedback ORDER BY view"

    told = (await gateway("told", ABOUT, "940")).json()
    await gateway("erased", ERASE | {"with_texts": True}, "940")
    erased = stored(rows, kept)
    later = datetime.now(UTC) + timedelta(days=1)
    body = {"before": {"tickets": later.isoformat()}}
    await gateway("expired", body, "940")

    assert [(e["score"], e["wrote"]) for e in told["feedback"]] == [
        ("poor", "I had to ask twice")
    ]
    assert told["mentions"][-1]["text"] == f"{NAME} was not there"
    assert erased == [
        ("poor", [], "[removed]"),
        (None, ["information"], "[name erased] was not there"),
    ]
    assert stored(rows, kept) == [
        ("poor", [], "[removed]"),
        (None, ["information"], "[removed]"),
    ]


async def test_the_erasure_is_recorded_as_whose_it_was(
    gateway: Any, tickets: list[dict[str, Any]], rows: ServiceDatabase
) -> None:
    del tickets
    await gateway("erased", ERASE, "940")

    [entry] = stored(
        rows,
        "SELECT principal, la_code, target_id, details FROM audit_entry"
        " WHERE action = 'person.erased'",
    )
    assert entry[:3] == (ERASE["asked_by"], "940", str(SOMEBODY))
    assert NAME not in entry[3]


async def test_words_of_settled_tickets_are_kept_for_so_long_only(
    gateway: Any, by: Call, rows: ServiceDatabase
) -> None:
    settled = await opened(by(TECHNICIAN), summary="Settled words")
    await by(TECHNICIAN).post(
        f"/tickets/{settled['ticket_id']}/comments", json={"body": "Settled words"}
    )
    settled = await taken(by(TECHNICIAN), settled, "resolve")
    await opened(by(TECHNICIAN), summary="Open words")
    later = datetime.now(UTC) + timedelta(days=1)

    async def expire(before: datetime, *las: str) -> dict[str, int]:
        body = {"before": {"tickets": before.isoformat()}}
        answer = await gateway("expired", body, *las)
        assert answer.status_code == 200, answer.text
        counts: dict[str, int] = answer.json()
        return counts

    assert await expire(later - timedelta(days=2), "940") == {}
    assert await expire(later, "941") == {}
    assert (await expire(later, "940"))["tickets"] >= 2
    assert await expire(later, "940") == {}
    details = " ".join(d for (d,) in stored(rows, DETAILS))
    assert "Settled words" not in details
    assert "Open words" in details
    kept = stored(rows, "SELECT summary FROM ticket ORDER BY number")
    assert kept == [("[removed]",), ("Open words",)]


async def test_values_of_the_record_are_kept_for_so_long_only(
    gateway: Any, tickets: list[dict[str, Any]], rows: ServiceDatabase
) -> None:
    del tickets
    later = (datetime.now(UTC) + timedelta(days=1)).isoformat()

    answer = await gateway("expired", {"before": {"record": later}}, "940")

    held = "SELECT count(*) FROM audit_entry WHERE details IS NOT NULL AND la_code = "
    assert answer.json()["record"] == 4
    assert stored(rows, held + "'940'") == [(0,)]
    assert stored(rows, held + "'941'") == [(1,)]


@pytest.mark.parametrize("path", ["told", "erased", "expired"])
async def test_nobody_but_the_gateway_asks(
    app: FastAPI, signing: Signing, rows: ServiceDatabase, path: str
) -> None:
    del rows
    bodies = {"told": ABOUT, "erased": ERASE, "expired": {"before": {}}}
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://servicedesk"
    ) as client:
        where = f"/internal/privacy/{path}"
        assert (await client.post(where, json=bodies[path])).status_code == 401
        for actor in (THEM, MANAGER, at_la("rbc-system", "940")):
            headers = signing.headers(actor, "servicedesk")
            answer = await client.post(where, json=bodies[path], headers=headers)
            assert answer.status_code == 403, answer.text


async def test_a_person_of_the_same_scope_can_rewrite_no_comment(
    tickets: list[dict[str, Any]], rows: ServiceDatabase
) -> None:
    """The right to change a comment is the role's; the policy keeps it to services."""
    del tickets
    db = Database(rows.app, 1, "test")
    await db.open()
    try:
        change = Query("x", "UPDATE ticket_comment SET body = 'X'", None)
        everything = auth.Access(frozenset({"la-manager"}), frozenset({"la-manager"}))
        async with db.begin(MANAGER, everything) as tx:
            assert await tx.run(change) == 0
    finally:
        await db.close()
