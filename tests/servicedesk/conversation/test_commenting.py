"""Comments: of the requester and those who work on the ticket, oldest first."""

import asyncio

import pytest

from chassis.auth import Actor
from chassis.testing.databases import ServiceDatabase
from tests.servicedesk.world import (
    AUDITOR,
    COLLEAGUE,
    DESK,
    LEADER,
    MANAGER,
    OTHER_TECHNICIAN,
    PUPIL,
    RBC,
    TEACHER,
    TECHNICIAN,
    Call,
    opened,
    stored,
    taken,
)


async def place(by: Call) -> str:
    """Open a ticket of the teacher's and say where its comments are."""
    ticket = await opened(by(TEACHER))
    return f"/tickets/{ticket['ticket_id']}/comments"


async def test_a_conversation_is_listed_oldest_first(by: Call) -> None:
    where = await place(by)
    for actor, body in [(TEACHER, "Any news?"), (TECHNICIAN, "A lamp\nis ordered.")]:
        answer = await by(actor).post(where, json={"body": body})
        assert answer.status_code == 201, answer.text
    items = (await by(TEACHER).get(where)).json()["items"]

    assert items[1] == answer.json()
    assert [(i["author_id"], i["body"]) for i in items] == [
        (TEACHER.principal, "Any news?"),
        (TECHNICIAN.principal, "A lamp\nis ordered."),
    ]


async def test_a_comment_is_said_to_no_other_service(
    by: Call, rows: ServiceDatabase
) -> None:
    where = await place(by)
    await by(TEACHER).post(where, json={"body": "Ring me"})

    assert stored(rows, "SELECT count(*) FROM outbox") == [(1,)]


@pytest.mark.parametrize(
    ("actor", "reads", "comments"),
    [
        (TEACHER, 200, 201),
        (TECHNICIAN, 200, 201),
        (DESK, 200, 201),
        (MANAGER, 200, 201),
        (RBC, 200, 201),
        (LEADER, 200, 403),
        (AUDITOR, 200, 403),
        (COLLEAGUE, 404, 404),
        (PUPIL, 404, 404),
        (OTHER_TECHNICIAN, 404, 404),
    ],
    ids=lambda value: getattr(value, "principal", ""),
)
async def test_who_may_read_and_join_a_conversation(
    by: Call, rows: ServiceDatabase, actor: Actor, reads: int, comments: int
) -> None:
    where = await place(by)
    read = await by(actor).get(where)
    said = await by(actor).post(where, json={"body": "Hello"})

    assert (read.status_code, said.status_code) == (reads, comments)
    expected = 1 if comments == 201 else 0
    assert stored(rows, "SELECT count(*) FROM ticket_comment") == [(expected,)]


async def test_a_leader_joins_the_conversation_of_their_own_ticket(by: Call) -> None:
    ticket = await opened(by(LEADER))
    where = f"/tickets/{ticket['ticket_id']}/comments"

    assert (await by(LEADER).post(where, json={"body": "Hm"})).status_code == 201


async def test_a_closed_ticket_may_still_be_commented(by: Call) -> None:
    ticket = await taken(by(TEACHER), await opened(by(TEACHER)), "close")
    where = f"/tickets/{ticket['ticket_id']}/comments"

    assert (await by(TEACHER).post(where, json={"body": "Thanks"})).status_code == 201


@pytest.mark.parametrize("limit", [1, 2, 200])
async def test_pages_join_to_the_whole_in_order(by: Call, limit: int) -> None:
    where = await place(by)
    for i in range(5):
        await by(TEACHER).post(where, json={"body": str(i)})
    found: list[str] = []
    after: str | None = ""
    while after is not None:
        page = (await by(TEACHER).get(f"{where}?limit={limit}{after}")).json()
        found += [comment["body"] for comment in page["items"]]
        after = f"&after={page['next']}" if page["next"] else None

    assert found == ["0", "1", "2", "3", "4"]


async def test_a_repeat_with_its_key_is_said_once(
    by: Call, rows: ServiceDatabase
) -> None:
    where = await place(by)
    client, key = by(TEACHER), {"idempotency-key": "c-1"}
    answers = await asyncio.gather(
        *(client.post(where, json={"body": "Once"}, headers=key) for _ in range(8))
    )

    assert {a.status_code for a in answers} == {201}
    assert len({a.text for a in answers}) == 1
    assert stored(rows, "SELECT count(*) FROM ticket_comment") == [(1,)]


async def test_a_key_used_at_another_ticket_is_refused(by: Call) -> None:
    key = {"idempotency-key": "c-2"}
    first, second = await place(by), await place(by)
    await by(TEACHER).post(first, json={"body": "Same"}, headers=key)
    other = await by(TEACHER).post(second, json={"body": "Same"}, headers=key)

    assert other.status_code == 422
    assert other.json()["type"].endswith("#idempotency-key-reused")


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"body": ""}, "/body"),
        ({"body": " \n"}, "/body"),
        ({"body": 7}, "/body"),
        ({"body": "a\x00b"}, "/body"),
        ({"body": "x" * 4001}, "/body"),
        ({"body": "x", "author_id": "y"}, "/author_id"),
        ({}, "/body"),
    ],
)
async def test_a_wrong_value_is_named_by_its_pointer(
    by: Call, said: dict[str, object], pointer: str
) -> None:
    answer = await by(TEACHER).post(await place(by), json=said)

    assert answer.status_code == 422
    assert pointer in {wrong["pointer"] for wrong in answer.json()["errors"]}


@pytest.mark.parametrize("query", ["after=x", "after=WyJjb21tZW50ZWRfYXQiLCJ4Il0"])
async def test_a_page_that_means_nothing_is_a_problem(by: Call, query: str) -> None:
    assert (await by(TEACHER).get(f"{await place(by)}?{query}")).status_code == 422
