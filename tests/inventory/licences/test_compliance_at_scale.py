"""How much work compliance is: it grows as kit does, once statistics know of the kit.

Until autovacuum has looked, a plan for an empty table may be taken: its turns at each
title go through all software. A test that met both plans would compare the two.
"""

from collections.abc import Mapping
from typing import LiteralString

import psycopg
import pytest

from chassis.testing.databases import ServiceDatabase
from inventory.compliance import store
from tests.inventory.costs.test_costs_at_scale import seen
from tests.inventory.world import HERE, NEXT_DOOR

TITLES = 40
_KIT: LiteralString = """
INSERT INTO asset (
    la_code, school_id, tag, category, manufacturer, model, status
)
SELECT
    %(la_code)s, %(school_id)s, 'KIT-' || n, 'laptop', 'Lenovo', 'L13',
    CASE n %% 10 WHEN 0 THEN 'retired' ELSE 'in-use' END
FROM generate_series(1, %(kit)s) AS n
"""
_SOFTWARE: LiteralString = """
INSERT INTO software_install (
    la_code, school_id, asset_id, publisher, name, version, maker, maker_key, title,
    title_key, release, title_kind
)
SELECT
    asset.la_code, asset.school_id, asset.asset_id, 'P', 'T' || n, '', 'P', 'p',
    'T' || n, 't' || n, '', 'application'
FROM asset CROSS JOIN generate_series(1, %(titles)s) AS n
"""
_LICENCES: LiteralString = """
INSERT INTO licence (
    la_code, maker, maker_key, title, title_key, measure, seats, term, cfr_code
)
SELECT %(la_code)s, 'P', 'p', 'T' || n, 't' || n, 'seats', 9, 'perpetual', 'E20D'
FROM generate_series(1, %(titles)s, 4) AS n
"""


def work(rows: ServiceDatabase, kit: int, where: Mapping[str, object]) -> int:
    """Count the rows of the statement's plan, where one title of four is licensed."""
    la_code = HERE.la_code
    text = store.LIST_INSTALLED.text
    with psycopg.connect(rows.admin) as admin:
        admin.execute("DELETE FROM software_install")
        admin.execute("DELETE FROM asset")
        admin.execute("DELETE FROM licence")
        for place in (HERE, NEXT_DOOR):
            known = {"la_code": la_code, "school_id": place.school_id}
            admin.execute(_KIT, {**known, "kit": kit})
        admin.execute(_SOFTWARE, {"titles": TITLES})
        admin.execute(_LICENCES, {"la_code": la_code, "titles": TITLES})
        admin.execute("ANALYZE asset, licence, school, software_install")
    with psycopg.connect(rows.app) as app:
        app.execute(
            "SELECT enter_scope('reader', %s, '{}', '{}', '{}', '{}')", [[la_code]]
        )
        told = app.execute(text, where).fetchall()
        assert sorted({row[-1] for row in told}) == [kit - kit // 10]
        explained = app.execute(
            f"EXPLAIN (ANALYZE, TIMING off, FORMAT JSON) {text}", where
        ).fetchone()
    assert explained is not None
    return seen(explained[0][0]["Plan"])


@pytest.mark.parametrize("school_ids", [None, [HERE.school_id]], ids=["la", "school"])
def test_four_times_the_kit_is_four_times_the_work(
    rows: ServiceDatabase, school_ids: list[object] | None
) -> None:
    where = {"la_code": HERE.la_code, "school_ids": school_ids}

    little, much = work(rows, 100, where), work(rows, 400, where)

    assert much > 1_000
    # As the square of the kit it would be sixteen times the work; the planner may take
    # another way for little kit, whose statistics are a sample each time.
    assert much < 8 * little
