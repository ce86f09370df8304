"""What came and went at Keycloak's own pages is recorded: once, as whose it is."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from chassis.db import Database
from gateway.second_steps import model, noticing
from tests.gateway.conftest import Stand
from tests.gateway.trail.test_what_the_gateway_records import entries

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
CODES = "recovery-authn-codes"
TAKEN = {"type": "REMOVE_CREDENTIAL"}
APP = {"details": {"credential_type": "otp"}}


def event(**told: Any) -> dict[str, Any]:
    """An event as Keycloak 26.7 tells it."""
    given = {
        "id": str(uuid4()),
        "time": int(NOW.timestamp() * 1000),
        "type": "UPDATE_CREDENTIAL",
        "clientId": "joinedup-portal",
        "userId": "subject-manager",
        "ipAddress": "203.0.113.7",
        "details": {"credential_type": "webauthn"},
    }
    return given | told


@pytest.fixture
async def database(stand: Stand) -> AsyncGenerator[Database]:
    made = Database(stand.database.worker, 2, "noticing")
    await made.open()
    yield made
    await made.close()


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ({}, "passkey"),
        ({"details": {"credential_type": "otp"}}, "app"),
        ({"details": {"credential_type": "recovery-authn-codes"}}, "recovery-codes"),
        ({"details": {"credential_type": "password"}}, None),
        ({"details": {}}, None),
        ({"details": None}, None),
        ({"type": "REMOVE_CREDENTIAL"}, "passkey"),
        # The portal's own: on record with who asked, and whence.
        ({"type": "REMOVE_CREDENTIAL", "clientId": "account"}, None),
    ],
)
def test_only_second_steps_that_are_on_no_record_are_taken(
    told: dict[str, Any], kind: str | None
) -> None:
    change = model.change_of(event(**told))

    assert (change and change.kind) == kind
    if change:
        assert change.is_removal is (told.get("type") == "REMOVE_CREDENTIAL")


@pytest.mark.parametrize(
    ("told", "left", "role", "action"),
    [
        (TAKEN, ["password", CODES], "la-manager", "webauthn-register"),
        (TAKEN | APP, ["password", CODES], "auditor", "CONFIGURE_TOTP"),
        # Another one that lasts is there; or nothing, which Keycloak sees by itself.
        (TAKEN, ["password", CODES, "otp"], "la-manager", None),
        (TAKEN, ["password"], "la-manager", None),
        # No role asks for one; it came and did not go.
        (TAKEN, ["password", CODES], "school-leader", None),
        ({}, ["password", CODES], "la-manager", None),
    ],
)
def test_codes_alone_are_not_left_to_a_role_that_asks_for_more(
    told: dict[str, Any], left: list[str], role: str, action: str | None
) -> None:
    change = model.change_of(event(**told))
    assert change

    assert model.action_after(change, left, [role]) == action


async def test_a_change_is_recorded_once_in_the_persons_la_from_where_it_came(
    stand: Stand, database: Database
) -> None:
    found = model.change_of(event())
    stranger = model.change_of(event(userId="subject-of-nobody"))
    assert found
    assert stranger
    before = len(entries(stand, "second-step.added"))

    first = await noticing.record(database, [found, stranger], NOW)
    again = await noticing.record(database, [found], NOW + timedelta(minutes=1))

    recorded = entries(stand, "second-step.added")
    assert (first, again) == (1, 0)
    # The manager's roles are in one LA, and so is the record.
    assert len(recorded) == before + 1
    assert recorded[-1][1] == "manager"
    assert recorded[-1][4:] == ("203.0.113.7", {"kind": "passkey"})
