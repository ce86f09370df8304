"""The copy of schools follows the directory, with what a comparison may ask of them."""

from decimal import Decimal
from typing import Any

import psycopg

from chassis.testing.databases import ServiceDatabase
from tests.strategy.world import HERE, Tell, recorded

TOLD: dict[str, Any] = {
    "free_school_meals_percent": Decimal("12.5"),
    "establishment_type": "Academy converter",
    "capacity": 420,
    "low_age": 4,
    "high_age": 11,
    "trust": "Ash Trust",
    "federation": None,
    "district": "North Ashire",
    "easting": 475300,
    "northing": 260400,
}


def kept(rows: ServiceDatabase) -> list[dict[str, Any]]:
    with psycopg.connect(rows.admin) as admin:
        found = admin.execute(
            "SELECT free_school_meals_percent, establishment_type, capacity, low_age,"
            " high_age, trust, federation, district, easting, northing FROM school"
        ).fetchall()
    return [dict(zip(TOLD, values, strict=True)) for values in found]


async def test_everything_that_is_told_is_kept(
    tell: Tell, rows: ServiceDatabase
) -> None:
    await tell(recorded(HERE, **TOLD))

    assert kept(rows) == [TOLD]


async def test_a_newer_version_replaces_all_of_it(
    tell: Tell, rows: ServiceDatabase
) -> None:
    await tell(recorded(HERE, **TOLD))
    newer = TOLD | {"trust": None, "capacity": 450}

    await tell(recorded(HERE, 3, **newer), recorded(HERE, 2, **TOLD))

    assert kept(rows) == [newer]
