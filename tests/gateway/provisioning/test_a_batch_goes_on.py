"""One who cannot be brought holds up nobody, is told so, and is tried again."""

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, LiteralString

import psycopg
import pytest

from chassis.db import Database
from chassis.embedded import child
from chassis.testing.databases import ServiceDatabase
from gateway.directory import loading
from gateway.provisioning import service, syncing
from gateway.provisioning.desk import Door
from tests.gateway.conftest import serving
from tests.gateway.provisioning.local_keycloak import (
    REFUSED,
    UNREADABLE,
    LocalKeycloak,
)
from tests.gateway.world import document_text

NAMES = [f"person-{number:02}" for number in range(12)]
BAD = NAMES[4]


@dataclass(frozen=True, slots=True)
class Place:
    """Who is due, and a Keycloak to bring them to."""

    db: Database
    admin: str
    keycloak: LocalKeycloak
    door: Door
    names: list[str] = field(default_factory=lambda: list(NAMES))

    def asked(self, statement: LiteralString, *values: object) -> list[Any]:
        with psycopg.connect(self.admin, autocommit=True) as admin:
            found = admin.execute(statement, values)
            return found.fetchall() if found.description else []

    def brought(self) -> set[str]:
        found = self.asked(
            "SELECT username FROM person JOIN person_provisioning USING (person_id)"
            " WHERE username LIKE 'person-%%' AND done_version = wanted_version"
            " AND problem IS NULL AND subject IS NOT NULL"
        )
        return {row[0] for row in found}

    def waiting(self) -> tuple[str | None, bool]:
        """Say what is told of the one who fails, and whether they wait their time."""
        [(problem, waits)] = self.asked(
            "SELECT problem, next_attempt_at > now() FROM person_provisioning"
            " JOIN person USING (person_id) WHERE username = %s",
            BAD,
        )
        return problem, waits

    def is_their_turn(self) -> None:
        self.asked(
            "UPDATE person_provisioning SET next_attempt_at = now()"
            " FROM person AS p WHERE p.person_id = person_provisioning.person_id"
            " AND p.username = %s",
            BAD,
        )

    async def bring(self) -> int:
        return await service.provision_due(
            self.db, self.door, lambda: datetime.now(UTC).date()
        )


@pytest.fixture(scope="module")
def batch_database(database_of: Callable[..., ServiceDatabase]) -> ServiceDatabase:
    return database_of("gateway", copy="batches")


@pytest.fixture
async def place(batch_database: ServiceDatabase) -> AsyncGenerator[Place]:
    keycloak = LocalKeycloak(child.free_port())
    await loading.load_from_text(batch_database.app, document_text())
    db = Database(batch_database.worker, 12, "gateway-worker")
    await db.open()
    door = Door(keycloak.url, "joinedup", "joinedup-people", "secret", "portal")
    found = Place(db, batch_database.admin, keycloak, door)
    # Whoever the document names is no concern of these tests.
    found.asked("UPDATE person_provisioning SET next_attempt_at = 'infinity'")
    for name in NAMES:
        found.asked(
            "WITH made AS (INSERT INTO person (username, display_name, email,"
            " invited_at, home_la_code) VALUES (%s, 'Nora Ng', %s,"
            " clock_timestamp(), '940') RETURNING person_id)"
            " INSERT INTO assignment (principal, role, la_code, from_on)"
            " SELECT person_id::text, 'auditor', '940', '2024-01-01'"
            " FROM made",
            name,
            f"{name}@example.org",
        )
    async with serving(keycloak, keycloak.port):
        yield found
    await db.close()
    found.asked("DELETE FROM assignment WHERE principal IN (SELECT person_id::text"
                " FROM person WHERE username LIKE 'person-%%')")  # fmt: skip
    found.asked("DELETE FROM person WHERE username LIKE 'person-%%'")


async def test_one_whom_keycloak_refuses_is_told_so_and_the_others_are_brought(
    place: Place,
) -> None:
    place.keycloak.bad[f"{BAD}@example.org"] = REFUSED

    done = await place.bring()

    assert done == len(NAMES) - 1
    assert place.brought() == {*NAMES} - {BAD}
    assert place.waiting() == ("The sign-on refused or was away (400).", True)


async def test_an_answer_that_nobody_can_read_holds_up_nobody_else(
    place: Place,
) -> None:
    place.keycloak.bad[f"{BAD}@example.org"] = UNREADABLE

    with pytest.raises(ExceptionGroup) as told:
        await place.bring()

    # All the others were brought before it was raised, and sent their mail.
    assert place.brought() == {*NAMES} - {BAD}
    assert len(place.keycloak.invited) == len(NAMES) - 1
    assert [type(each) for each in told.value.exceptions] == [TypeError]
    # It is on their page, and they wait no longer than anybody who fails.
    assert place.waiting() == ("Something unforeseen came up (TypeError).", True)

    place.keycloak.bad.clear()
    place.is_their_turn()

    assert await place.bring() == 1
    assert place.brought() == {*NAMES}
    assert place.waiting()[0] is None


async def test_the_operators_comparison_names_who_was_not_brought(
    place: Place,
) -> None:
    place.keycloak.bad[f"{BAD}@example.org"] = UNREADABLE
    today = datetime.now(UTC).date()

    report = await syncing.sync(place.db, place.door, today, dry_run=False)

    assert [each.due.username for each in report.failed] == [BAD]
    assert {*NAMES} - {BAD} <= place.brought()
