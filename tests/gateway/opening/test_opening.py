"""An LA comes in by the operator's word, with a manager who may do everything there."""

import json
from collections.abc import AsyncGenerator, Callable
from datetime import date
from typing import Any

import psycopg
import pytest

from chassis.db import Database
from chassis.testing.databases import ServiceDatabase
from gateway.opening import command, model, service
from gateway.opening.model import Opening
from gateway.people import refusals

TODAY = date(2026, 9, 1)
ADDRESS = "wilhelmina@example.org"


def told(**changes: object) -> Opening:
    values = {"la_code": "940", "manager_name": "Wilhelmina Ng"}
    return Opening.model_validate(values | {"manager_email": ADDRESS} | changes)


@pytest.fixture
def stored(database_of: Callable[..., ServiceDatabase]) -> ServiceDatabase:
    return database_of("gateway", copy="opening")


@pytest.fixture
async def db(stored: ServiceDatabase) -> AsyncGenerator[Database]:
    with psycopg.connect(stored.admin, autocommit=True) as admin:
        admin.execute("TRUNCATE person, local_authority, region CASCADE")
    database = Database(stored.app, 1, "gateway")
    await database.open()
    yield database
    await database.close()


def held(stored: ServiceDatabase) -> list[tuple[Any, ...]]:
    with psycopg.connect(stored.admin) as admin:
        return admin.execute(
            "SELECT p.email, p.invited_at IS NOT NULL, a.role, a.la_code"
            " FROM person AS p INNER JOIN assignment AS a ON a.principal"
            " = p.person_id::text WHERE a.ended_at IS NULL ORDER BY 1, 4"
        ).fetchall()


MANAGER = (ADDRESS, True, "la-manager", "940")


async def test_an_la_comes_in_with_its_manager(
    db: Database, stored: ServiceDatabase
) -> None:
    assert await service.open_authority(db, told(), TODAY)

    assert held(stored) == [MANAGER]
    with psycopg.connect(stored.admin) as admin:
        found = admin.execute(
            "SELECT l.la_code, l.name, r.name FROM local_authority AS l"
            " INNER JOIN region AS r USING (region_code)"
        ).fetchall()
    assert found == [("940", "North Northamptonshire", "East Midlands")]


async def test_again_it_changes_nothing(db: Database, stored: ServiceDatabase) -> None:
    await service.open_authority(db, told(), TODAY)

    again = told(manager_email=ADDRESS.upper())
    assert not await service.open_authority(db, again, TODAY)

    assert held(stored) == [MANAGER]


async def test_another_manager_comes_in_beside_the_first(
    db: Database, stored: ServiceDatabase
) -> None:
    await service.open_authority(db, told(), TODAY)

    other = told(manager_email="ola@example.org")
    assert await service.open_authority(db, other, TODAY)

    assert [row[0] for row in held(stored)] == ["ola@example.org", ADDRESS]


async def test_whoever_is_no_manager_any_more_is_made_one(
    db: Database, stored: ServiceDatabase
) -> None:
    await service.open_authority(db, told(), TODAY)
    with psycopg.connect(stored.admin, autocommit=True) as admin:
        admin.execute("UPDATE assignment SET ended_at = clock_timestamp()")

    assert await service.open_authority(db, told(), TODAY)

    assert held(stored) == [MANAGER]


async def test_the_address_of_somebody_elsewhere_is_refused(
    db: Database, stored: ServiceDatabase
) -> None:
    await service.open_authority(db, told(), TODAY)

    with pytest.raises(refusals.EmailInUse):
        await service.open_authority(db, told(la_code="941"), TODAY)

    assert held(stored) == [MANAGER]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"la_code": "111"}, "has the code 111"),
        ({"la_code": "928"}, "West Northamptonshire (941)"),
        ({"la_code": "94"}, "three digits"),
        ({"manager_name": " "}, "manager's name"),
        ({"manager_email": "olu"}, "e-mail address"),
        ({"manager": "olu"}, "There is no manager"),
    ],
)
def test_what_cannot_be_is_said_in_words(wrong: dict[str, str], said: str) -> None:
    values = {"la_code": "940", "manager_name": "Olu", "manager_email": ADDRESS}

    with pytest.raises(command.CommandRefused) as refused:
        command.read(json.dumps(values | wrong).encode())

    assert said in str(refused.value)
    assert ADDRESS not in str(refused.value)


@pytest.mark.parametrize("text", [b"", b"[]", b"{", b"{}"])
def test_what_is_no_opening_is_refused(text: bytes) -> None:
    with pytest.raises(command.CommandRefused):
        command.read(text)


def test_every_la_that_there_is_can_come_in() -> None:
    la = model.authority_of("202")

    document = model.directory_of(la)

    assert document.regions[0].name == "London"
    assert document.authorities[0].name == la.name
