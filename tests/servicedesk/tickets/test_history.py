"""A ticket's history: every version's fact, never rewritten."""

import psycopg
import pytest

from chassis.testing.databases import ServiceDatabase
from tests.servicedesk.world import (
    AUDITOR,
    COLLEAGUE,
    HERE,
    OTHER_TECHNICIAN,
    TEACHER,
    TECHNICIAN,
    Call,
    opened,
    stored,
    taken,
)


async def test_every_version_has_its_fact_and_its_changes(by: Call) -> None:
    ticket = await opened(by(TEACHER))
    resolved = await taken(by(TECHNICIAN), ticket, "waiting", "resolve")
    await taken(by(TEACHER), resolved, "reopen")
    answer = await by(TEACHER).get(f"/tickets/{ticket['ticket_id']}/history")
    items = answer.json()["items"]

    assert [(i["version"], i["fact"], i["actor_id"]) for i in items] == [
        (1, "opened", TEACHER.principal),
        (2, "changed", TECHNICIAN.principal),
        (3, "resolved", TECHNICIAN.principal),
        (4, "reopened", TEACHER.principal),
    ]
    assert items[0]["changes"] == {}
    assert items[1]["changes"] == {
        "status": {"before": "open", "after": "waiting"},
        "waits_for": {"before": None, "after": "requester"},
    }
    assert items[2]["changes"] == {
        "status": {"before": "waiting", "after": "resolved"},
        "waits_for": {"before": "requester", "after": None},
        "resolved_at": {"before": None, "after": resolved["resolved_at"]},
    }


async def test_pages_of_a_history_join_to_the_whole(by: Call) -> None:
    ticket = await opened(by(TECHNICIAN))
    await taken(by(TECHNICIAN), ticket, "waiting", "open", "waiting", "resolve")
    where = f"/tickets/{ticket['ticket_id']}/history?limit=2"
    versions: list[int] = []
    after = ""
    while after is not None:
        page = (await by(TECHNICIAN).get(where + after)).json()
        versions += [entry["version"] for entry in page["items"]]
        after = f"&after={page['next']}" if page["next"] else None

    assert versions == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("query", ["after=x", "after=WyJ2ZXJzaW9uIiwiMSJd", "limit=0"])
async def test_a_page_that_means_nothing_is_a_problem(by: Call, query: str) -> None:
    ticket = await opened(by(TECHNICIAN))
    where = f"/tickets/{ticket['ticket_id']}/history?{query}"

    assert (await by(TECHNICIAN).get(where)).status_code == 422


async def test_who_may_see_the_ticket_may_see_its_history(by: Call) -> None:
    ticket = await opened(by(TEACHER))
    where = f"/tickets/{ticket['ticket_id']}/history"
    actors = (TEACHER, TECHNICIAN, AUDITOR, COLLEAGUE, OTHER_TECHNICIAN)
    found = [(await by(actor).get(where)).status_code for actor in actors]

    assert found == [200, 200, 200, 404, 404]


@pytest.mark.parametrize("table", ["ticket_history", "ticket_comment"])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {} SET ticket_id = ticket_id", "DELETE FROM {}", "TRUNCATE {}"],
)
@pytest.mark.parametrize("role", ["app", "worker"])
def test_no_role_of_the_service_rewrites_what_was_said(
    rows: ServiceDatabase, table: str, statement: str, role: str
) -> None:
    with (
        psycopg.connect(getattr(rows, role)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement.format(table).encode())


async def test_no_ticket_changes_whose_it_is_or_goes_away(
    by: Call, rows: ServiceDatabase
) -> None:
    await opened(by(TEACHER))
    for statement in (
        "UPDATE ticket SET requester_id = 'me'",
        "UPDATE ticket SET number = 1",
        "UPDATE ticket SET school_id = uuidv7()",
        "DELETE FROM ticket",
    ):
        with (
            psycopg.connect(rows.app) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(statement.encode())


async def test_the_own_scope_reaches_no_row_of_another_requester(
    by: Call, rows: ServiceDatabase
) -> None:
    """Row-level security holds it, whatever a statement asks for."""
    await opened(by(TEACHER))
    enter = "SELECT enter_scope('colleague', '{}', '{}', '{}', '{}', ARRAY[%s]::uuid[])"
    with psycopg.connect(rows.app) as connection:
        connection.execute(enter, [HERE.school_id])
        seen = connection.execute("SELECT count(*) FROM ticket").fetchone()
        changed = connection.execute("UPDATE ticket SET status = 'closed'")
        assert (seen, changed.rowcount) == ((0,), 0)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(
                "INSERT INTO ticket_history (la_code, school_id, ticket_id,"
                " requester_id, version, fact, changes)"
                " SELECT '940', %s, uuidv7(), 'teacher', 2, 'closed', '{}'",
                [HERE.school_id],
            )


async def test_nobody_signs_for_another(by: Call, rows: ServiceDatabase) -> None:
    ticket = await opened(by(TEACHER))
    enter = "SELECT enter_scope('mallory', '{940}', '{}', '{940}', '{}', '{}')"
    with psycopg.connect(rows.app) as connection:
        connection.execute(enter)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(
                "INSERT INTO ticket_comment (la_code, school_id, ticket_id,"
                " requester_id, author_id, body)"
                " VALUES ('940', %s, %s, 'teacher', 'teacher', 'x')",
                [HERE.school_id, ticket["ticket_id"]],
            )
    assert stored(rows, "SELECT count(*) FROM ticket_comment") == [(0,)]
