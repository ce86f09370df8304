"""How much work a sum of costs is: it grows as kit does, whatever the planner thinks.

Row security hides from the planner how many rows there are, and what it takes for one
row it goes through again and again. Rows are counted here, as time would be noise.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, LiteralString
from uuid import UUID, uuid4

import psycopg

from chassis import sql
from chassis.testing.databases import ServiceDatabase
from inventory.costs import store
from inventory.tariffs.model import Span
from tests.inventory.world import HERE

TODAY = date(2026, 9, 1)
PRICES = 300
_KIT: LiteralString = """
INSERT INTO asset (
    la_code, school_id, tag, category, manufacturer, model, status, purchased_on,
    price_pence
)
SELECT
    %(la_code)s, %(school_id)s, 'KIT-' || n, 'laptop', 'Lenovo', 'Model ' || n %% 5,
    'in-use', date '2017-01-01' + n, 40000
FROM generate_series(1, %(kit)s) AS n
"""
_REPAIRS: LiteralString = """
INSERT INTO repair (
    la_code, school_id, asset_id, fault, is_under_warranty, sent_on
)
SELECT la_code, school_id, asset_id, 'Broken hinge', false, date '2026-01-05'
FROM asset
"""


def prices() -> Sequence[Span]:
    """Price each of many schools anew twice; the one with the kit is among them."""
    schools: list[UUID] = [HERE.school_id, *(uuid4() for _ in range(PRICES // 2 - 1))]
    day = date(2022, 4, 1)
    return [
        span
        for school in schools
        for span in (
            Span(HERE.la_code, school, date(2015, 1, 1), day, 20_000),
            Span(HERE.la_code, school, day, day + timedelta(9_000), 27_000),
        )
    ]


def work(rows: ServiceDatabase, kit: int) -> int:
    """Go through the kit of a place by the statement; count the rows of its plan."""
    place = {"la_code": HERE.la_code, "school_id": HERE.school_id}
    where = {"la_code": HERE.la_code, "school_ids": None}
    values = store.asked(where, store.Narrowed(), prices(), TODAY)
    text = sql.load("inventory.costs").bound["sum_costs"].text
    with psycopg.connect(rows.admin) as admin:
        admin.execute("DELETE FROM repair")
        admin.execute("DELETE FROM asset")
        admin.execute(_KIT, {**place, "kit": kit})
        admin.execute(_REPAIRS)
    with psycopg.connect(rows.app) as app:
        app.execute(
            "SELECT enter_scope('reader', %s, '{}', '{}', '{}', '{}')",
            [[HERE.la_code]],
        )
        explained = app.execute(
            f"EXPLAIN (ANALYZE, TIMING off, FORMAT JSON) {text}", values
        ).fetchone()
    assert explained is not None
    return seen(explained[0][0]["Plan"])


def seen(node: dict[str, Any]) -> int:
    """Count the rows that a node and those below it gave or threw away."""
    here = sum(
        node.get(key, 0)
        for key in (
            "Actual Rows",
            "Rows Removed by Filter",
            "Rows Removed by Join Filter",
        )
    )
    return here * node["Actual Loops"] + sum(map(seen, node.get("Plans", [])))


def test_four_times_the_kit_is_four_times_the_work(rows: ServiceDatabase) -> None:
    little, much = work(rows, 250), work(rows, 1_000)

    assert much > 1_000
    assert much < 5 * little
