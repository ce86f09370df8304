"""An entry is there if and only if its change is; nobody forges or rewrites one."""

from typing import LiteralString
from uuid import uuid4

import orjson
import psycopg
import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider

from chassis import errors, origin
from chassis.audit import model, service
from chassis.audit.model import Entry, Target
from chassis.auth import Actor, Grant
from chassis.testing.identities import at_school
from tests.shared.audit.conftest import ACCESS, OWNER, SCHOOL, Trail, happened


def rows(trail: Trail, statement: LiteralString) -> list[tuple[object, ...]]:
    with psycopg.connect(trail.stored.admin, autocommit=True) as admin:
        return admin.execute(statement).fetchall()


async def test_an_entry_says_who_did_what_to_what(trail: Trail) -> None:
    thing = uuid4()

    await trail.record(happened("asset.moved", target_id=thing))

    assert rows(
        trail,
        "SELECT la_code, school_id, principal, action, target_kind, target_id, outcome"
        " FROM audit_entry",
    ) == [("940", SCHOOL, "owner", "asset.moved", "asset", str(thing), "done")]


async def test_an_entry_carries_the_trace_and_the_address_of_its_request(
    trail: Trail,
) -> None:
    async def request(_scope: object, _receive: object, _send: object) -> None:
        with TracerProvider().get_tracer("test").start_as_current_span("request"):
            traces.append(trace.get_current_span().get_span_context().trace_id)
            await trail.record(happened())

    traces: list[int] = []
    sent = [(b"joinedup-source", b"192.0.2.7")]
    scope = {"type": "http", "headers": sent}
    await origin.Origin(request)(scope, None, None)
    await origin.Origin(request)({"type": "http", "headers": []}, None, None)

    found = rows(trail, "SELECT trace_id, details FROM audit_entry ORDER BY entry_id")
    assert [int(str(row[0]), 16) for row in found] == traces
    assert [orjson.loads(str(row[1])).get("source") for row in found] == [
        "192.0.2.7",
        None,
    ]


async def test_what_is_rolled_back_leaves_no_entry(trail: Trail) -> None:
    async def fails_after_all() -> None:
        async with trail.app.begin(OWNER, ACCESS) as tx:
            await service.record_many(tx, [happened()])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails_after_all()

    assert rows(trail, "SELECT entry_id FROM audit_entry") == []
    assert rows(trail, "SELECT entry_id FROM audit_waiting") == []


async def test_many_are_kept_in_their_order(trail: Trail) -> None:
    await trail.record(*(happened(target_id=n) for n in range(1, 500)))

    found = rows(trail, "SELECT target_id::int FROM audit_entry ORDER BY entry_id")
    assert [row[0] for row in found] == list(range(1, 500))


@pytest.mark.parametrize(
    ("actor", "entry"),
    [
        (OWNER, happened(la_code="942")),
        (at_school("manager", SCHOOL), happened(school_id=uuid4())),
        (
            OWNER,
            Entry("asset.changed", Target("asset", 1, "940"), principal="another"),
        ),
    ],
    ids=["another LA's", "another school's", "another's name"],
)
async def test_nobody_leaves_an_entry_outside_their_scope_or_for_another(
    trail: Trail, actor: Actor, entry: Entry
) -> None:
    with pytest.raises(errors.Forbidden):
        await trail.record(entry, actor=actor)


async def test_an_entry_without_a_scope_is_refused(trail: Trail) -> None:
    with pytest.raises(errors.Forbidden):
        async with trail.app.system() as tx:
            await service.record_many(tx, [happened(la_code=None)])


async def test_a_reader_without_rights_to_write_leaves_their_own(trail: Trail) -> None:
    auditor = Actor("auditor", "person", (Grant("auditor", ("940",)),))

    await trail.record(happened("export.taken", school_id=None), actor=auditor)

    assert rows(trail, "SELECT principal FROM audit_entry") == [("auditor",)]


@pytest.mark.parametrize("role", ["app", "worker"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET action = 'asset.seen'",
        "UPDATE audit_entry SET seal = NULL",
        "DELETE FROM audit_entry",
        "INSERT INTO audit_entry (occurred_at) VALUES (now())",
        "UPDATE audit_link SET number = number + 1",
        "DELETE FROM audit_link",
    ],
)
async def test_no_role_of_the_service_rewrites_the_trail(
    trail: Trail, role: str, statement: LiteralString
) -> None:
    await trail.record(happened())
    await trail.link()

    with (
        psycopg.connect(getattr(trail.stored, role), autocommit=True) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement)


async def test_values_become_nothing_by_a_service_of_the_la_and_nothing_else(
    trail: Trail,
) -> None:
    await trail.record(happened())
    empty = "UPDATE audit_entry SET details = NULL, salt = NULL"
    scope = "SELECT enter_scope(%s, %s, '{}', %s, '{}', '{}')"
    whose = [("somebody", "940", 0), ("service:x", "941", 0), ("service:x", "940", 1)]

    for principal, la_code, emptied in whose:
        with psycopg.connect(trail.stored.app) as connection:
            connection.execute(scope, [principal, [la_code], [la_code]])
            assert connection.execute(empty).rowcount == emptied, (principal, la_code)
            connection.rollback()
    with psycopg.connect(trail.stored.app) as connection:
        connection.execute(scope, ["service:x", ["940"], ["940"]])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE audit_entry SET details = '{}'")


async def test_the_seal_of_the_same_values_is_never_the_same(trail: Trail) -> None:
    await trail.record(happened(), happened())

    [first, second] = rows(trail, "SELECT seal, salt, details FROM audit_entry")
    assert first[2] == second[2]
    assert first[0] != second[0]


def test_only_what_differs_is_kept_of_two_states() -> None:
    changes = model.differing({"room": "A", "tag": "1"}, {"room": "B", "tag": "1"})

    entry = model.changed("asset.moved", Target("asset", 1), changes)
    assert (entry.before, entry.after) == ({"room": "A"}, {"room": "B"})


def test_values_too_long_are_left_out_and_their_length_is_said() -> None:
    entry = Entry("x.y", Target("x", 1), after={"body": "a" * model.MOST_DETAILS})

    found = orjson.loads(model.details_of(entry, "192.0.2.7"))

    assert found["source"] == "192.0.2.7"
    assert found["left_out"] > model.MOST_DETAILS
