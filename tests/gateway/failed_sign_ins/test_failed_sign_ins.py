"""Wrong passwords on record: whose, from where, when, and never what was typed."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from chassis.db import Database
from chassis.privacy import service as holding
from gateway.failed_sign_ins import model, service
from gateway.failed_sign_ins.model import Log, Tried
from gateway.provisioning import service as provisioning
from tests.gateway.conftest import Stand
from tests.gateway.trail.test_what_the_gateway_records import entries, person_id

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
TYPED = "Correct-Horse-77!"
CLIENT = "rbc-demo"
"""The directory's client of the test world."""


def event(subject: str | None, second: int = 5, **told: Any) -> dict[str, Any]:
    """An event as Keycloak 26.7 tells it."""
    given = {
        "id": str(uuid4()),
        "time": int((NOW + timedelta(seconds=second)).timestamp() * 1000),
        "type": "LOGIN_ERROR",
        "clientId": "joinedup-portal",
        "ipAddress": "203.0.113.7",
        "error": "invalid_user_credentials" if subject else "user_not_found",
        "details": {"auth_method": "openid-connect"},
    }
    if subject:
        given["userId"] = subject
    else:
        given["details"] = {"username": TYPED}
    return given | told


def read(*events: dict[str, Any]) -> Log:
    log = Log()
    log.note(events)
    return log


@pytest.fixture
async def database(stand: Stand) -> AsyncGenerator[Database]:
    made = Database(stand.database.worker, 2, "failed-sign-ins")
    await made.open()
    yield made
    await made.close()


@pytest.fixture
def since(stand: Stand) -> datetime:
    """A moment up to which the log was read."""
    with psycopg.connect(stand.database.admin, autocommit=True) as admin:
        admin.execute(
            "INSERT INTO sign_in_look (read_until) VALUES (%s)"
            " ON CONFLICT (one) DO UPDATE SET read_until = excluded.read_until",
            [NOW],
        )
    return NOW


def last_details(stand: Stand, count: int) -> str:
    with psycopg.connect(stand.database.admin, autocommit=True) as admin:
        rows = admin.execute(
            "SELECT to_jsonb(e)::text FROM audit_entry AS e"
            " WHERE action = 'sign-in.failed' ORDER BY entry_id DESC LIMIT %s",
            [count],
        ).fetchall()
    return " ".join(str(row[0]) for row in rows)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({}, "wrong-password"),
        ({"details": None}, "wrong-password"),
        ({"details": {"selected_credential_id": "x"}}, "wrong-second-step"),
        ({"error": "user_temporarily_disabled"}, "shut-out-for-now"),
        ({"error": "user_disabled"}, "account-disabled"),
        ({"error": "expired_code"}, None),
        ({"error": "cookie_not_found"}, None),
        ({"error": None}, None),
    ],
)
def test_what_is_no_attempt_is_left_out(
    told: dict[str, Any], reason: str | None
) -> None:
    attempt = model.attempt_of(event("subject-x", **told))

    assert (attempt and attempt.reason) == reason


def test_only_whole_minutes_that_are_all_written_are_read() -> None:
    assert model.stretch(NOW, NOW + timedelta(seconds=74)) == NOW
    assert model.stretch(NOW, NOW + timedelta(seconds=75)) == NOW + model.MINUTE
    assert model.stretch(NOW, NOW + timedelta(days=2)) == NOW + model.LONGEST_LOOK
    # A clock that was put back reads nothing twice.
    assert model.stretch(NOW, NOW - timedelta(days=1)) < NOW


def test_a_storm_is_a_hundred_entries_a_minute_and_keeps_who_was_tried_most() -> None:
    log = read(
        *(event(f"subject-{n}", ipAddress=f"10.0.{n // 250}.{n % 250}")
          for n in range(3000)),
        *(event("subject-target") for _ in range(50)),
        *(event(None, ipAddress=f"10.9.{n // 250}.{n % 250}") for n in range(1000)),
    )  # fmt: skip

    [(people, beyond)] = [model.bounded(each) for each in log.minutes.values()]
    nameless = model.nameless(people, {}, beyond)

    assert len(people) == model.MOST_ACCOUNTS + 1
    assert people[Tried("person", "subject-target")].times == 50
    assert len(nameless) == 2
    # Nobody was left out of the count, nor did where it came from fill the memory.
    assert sum(int(str(each.after["times"])) for each in nameless) == 4050
    assert all(
        len(tally.sources) <= model.MOST_SOURCES * 100 for tally in people.values()
    )


async def test_a_persons_minute_is_one_entry_in_their_la(
    stand: Stand, database: Database, since: datetime
) -> None:
    before = len(entries(stand, model.ACTION))
    log = read(
        event("subject-manager", 5),
        event("subject-manager", 7, ipAddress="203.0.113.9"),
        event("subject-manager", 9, ipAddress="203.0.113.9"),
    )
    until = since + model.MINUTE

    made = await service.record(database, log, since, until)
    # Another process that read the same minute records nothing of it.
    again = await service.record(database, log, since, until)

    assert (made, again) == (1, 0)
    recorded = entries(stand, model.ACTION)
    assert len(recorded) == before + 1
    la_code, doer, target, outcome, source, after = recorded[-1]
    # It was not them, as far as anybody knows: it was done to them.
    assert (la_code, doer, outcome) == ("940", None, "refused")
    assert target == person_id(stand, "manager")
    assert source == "203.0.113.9"
    assert after["times"] == 3
    assert after["reason"] == ["wrong-password"]
    assert after["addresses"] == ["203.0.113.9", "203.0.113.7"]
    assert after["first_at"].startswith("2026-11-28T12:00:05")


async def test_a_name_that_nobody_has_is_counted_and_never_kept(
    stand: Stand, database: Database, since: datetime
) -> None:
    log = read(
        event(None),
        event(None, userId=None, username=TYPED),
        event("subject-of-nobody-here", details={"username": TYPED}),
    )

    made = await service.record(database, log, since, since + model.MINUTE)

    assert made == 1
    la_code, doer, target, outcome, _, after = entries(stand, model.ACTION)[-1]
    assert (la_code, doer, target, outcome) == (None, None, "unknown-name", "refused")
    assert after["times"] == 3
    told = last_details(stand, 5)
    assert TYPED not in told
    assert "subject-of-nobody-here" not in told


def of_client(client_id: str, error: str, second: int = 5) -> dict[str, Any]:
    """An event of a system that signed in, as Keycloak tells it."""
    told = {"type": "CLIENT_LOGIN_ERROR", "clientId": client_id, "error": error}
    return event(None, second, details={"grant_type": "client_credentials"}, **told)


async def test_a_wrong_secret_is_an_entry_in_each_la_of_its_client(
    stand: Stand, database: Database, since: datetime
) -> None:
    before = len(entries(stand, model.ACTION))
    wrong = [of_client(CLIENT, "invalid_client_credentials", n) for n in range(3)]

    made = await service.record(database, read(*wrong), since, since + model.MINUTE)

    # One in the record of each LA of its region.
    assert made == 2
    recorded = entries(stand, model.ACTION)[before:]
    assert {entry[0] for entry in recorded} == {"940", "941"}
    for _, doer, target, outcome, _, after in recorded:
        assert (doer, target, outcome) == (None, CLIENT, "refused")
        assert (after["times"], after["reason"]) == (3, ["wrong-secret"])


async def test_a_client_that_nobody_has_is_counted_apart_and_never_kept(
    stand: Stand, database: Database, since: datetime
) -> None:
    log = read(
        of_client(TYPED, "client_not_found"),
        # The portal itself is at Keycloak, and in no directory.
        of_client("joinedup-portal", "invalid_client_credentials"),
        event(None),
    )

    made = await service.record(database, log, since, since + model.MINUTE)

    assert made == 2
    found = {e[2]: e for e in entries(stand, model.ACTION)[-2:]}
    assert found["unknown-client"][0] is None
    assert found["unknown-client"][5]["times"] == 2
    assert found["unknown-name"][5]["times"] == 1
    assert TYPED not in last_details(stand, 2)


async def test_where_it_came_from_is_outside_what_the_chain_covers(
    stand: Stand, database: Database, since: datetime
) -> None:
    log = read(event(None, ipAddress="198.51.100.77"))
    await service.record(database, log, since, since + model.MINUTE)
    assert "198.51.100.77" in last_details(stand, 1)
    everywhere = await provisioning.everywhere(database)
    tomorrow = datetime.now(UTC) + timedelta(days=1)

    erased = await holding.expire_unplaced_record(database, everywhere, tomorrow)

    # The values go when their time is over; the entry and its seal stay.
    assert erased >= 1
    kept = last_details(stand, 1)
    assert "198.51.100.77" not in kept
    assert '"target_id": "unknown-name"' in kept
