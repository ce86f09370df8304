"""An LA's 60,000 assets: listed, filtered, searched, counted and summed up.

They are put in by a statement, as what is measured is reading. The limit is the same
LA's first page by the same gateway, which asks for the least that a list can be.
"""

from collections.abc import Callable, Mapping
from typing import LiteralString
from urllib.parse import urlencode

import psycopg

from local_stack import services
from tests import stack as stacks
from tests.bench import contest, figures, processor, starts
from tests.bench.contest import Subject
from tests.bench.figures import Figure

COUNT = 60_000
_WHO = "la-manager"
_ASSETS = "/api/inventory/v1/assets"
PAGE = "assets of an LA, first page"
_SERIALS, _SLIPS = 20, 4

# Spread over the LA's schools as evenly as they come.
_KIT: LiteralString = """
WITH place AS (
    SELECT la_code, school_id, row_number() OVER (ORDER BY urn) - 1 AS nth
    FROM school WHERE la_code = %(la_code)s
)
INSERT INTO asset (
    la_code, school_id, tag, category, manufacturer, model, serial, building, room,
    status, purchased_on, price_pence
)
SELECT
    place.la_code,
    place.school_id,
    'BENCH-' || n,
    (ARRAY['laptop', 'desktop', 'tablet', 'printer'])[1 + n %% 4],
    (ARRAY['Lenovo', 'HP', 'Apple', 'Brother'])[1 + n %% 4],
    (ARRAY['ThinkPad L13', 'ProDesk 400', 'iPad 10.2', 'HL-L5100DN'])[1 + n %% 4],
    upper(substr(md5('bench' || n), 1, 10)),
    'Main',
    'Room ' || n %% 60,
    (ARRAY['in-use', 'in-use', 'in-use', 'in-store'])[1 + n %% 4],
    date '2016-01-01' + n * 7 %% 3500,
    20000 + n * 13 %% 90000
FROM generate_series(1, %(count)s) AS n
INNER JOIN place ON place.nth = n %% (SELECT count(*) FROM place)
ON CONFLICT DO NOTHING
"""


def measure(stack: stacks.Stack, say: Callable[[str], None]) -> list[Figure]:
    """Fill an LA, then ask every question in turn, round by round."""
    la_code = stack.signins[_WHO]["la_code"]
    serials = _filled(services.cluster(stack.place).dsn("inventory"), la_code)
    subjects = _subjects(stack, la_code, serials)
    found = contest.hold("kit", subjects, lambda: _processor(stack), say)
    held = starts.memory_held(stack)
    return [
        *found,
        *(
            figures.of_rounds(f"memory after {COUNT:,} assets, {part}", [mib], "MiB")
            for part in ("inventory", "gateway", "postgres")
            for mib, _ in [held[part]]
        ),
    ]


def _filled(dsn: str, la_code: str) -> list[str]:
    """Put the kit in and let the planner know; say some of the serials."""
    with psycopg.connect(dsn, autocommit=True) as inventory:
        inventory.execute(_KIT, {"la_code": la_code, "count": COUNT})
        inventory.execute("VACUUM (ANALYZE) asset")
        rows = inventory.execute(
            "SELECT serial FROM asset WHERE la_code = %s AND tag LIKE 'BENCH-%%7'"
            " ORDER BY md5(tag) LIMIT %s",
            [la_code, _SERIALS],
        ).fetchall()
    return [str(row[0]) for row in rows]


def _subjects(
    stack: stacks.Stack, la_code: str, serials: list[str]
) -> dict[str, Subject]:
    cookie = {"cookie": stack.signed_in(_WHO).headers["cookie"]}
    slips = [serial[:_SLIPS] + "?" + serial[_SLIPS + 1 :] for serial in serials]

    def asked(*queries: dict[str, str], path: str = _ASSETS) -> Subject:
        paths = [f"{path}?{urlencode({'la_code': la_code, **q})}" for q in queries]
        return Subject(stack.url, lambda: cookie, paths, PAGE)

    page = asked({"limit": "50"})
    return {
        PAGE: Subject(page.url, page.headers, page.paths),
        "by age": asked({"sort": "purchased_on"}),
        "narrowed by kind and state": asked(
            {"category": "printer", "status": "in-store"}
        ),
        "counted": asked({}, path=f"{_ASSETS}/count"),
        "searched by serial": asked(*({"q": each} for each in serials)),
        "searched by a serial with a slip": asked(
            *({"q": each, "match": "near"} for each in slips)
        ),
        "dashboard of the estate": asked({}, path="/api/inventory/v1/estate"),
        "health of its schools": asked({}, path="/api/inventory/v1/estate/schools"),
    }


def _processor(stack: stacks.Stack) -> Mapping[str, processor.Seconds]:
    return {
        **contest.processes(stack, "gateway", "inventory"),
        **contest.sessions(stack, "inventory"),
    }
