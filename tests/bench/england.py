"""20,000 schools put into the directory and the comparison by a few statements.

It bypasses the events on purpose: what is measured afterwards is reading. A school of
the demonstration is the pattern of the new ones, so that no column is forgotten.
"""

from collections.abc import Mapping
from typing import LiteralString

import psycopg

from chassis.embedded import postgres

COUNT = 20_000
LARGEST_LA = 600
"""Schools that one LA gets: no LA of England has many more."""

_FIRST = (
    *("Ash", "Beech", "Birch", "Cedar", "Elm", "Holly", "Juniper", "Larch", "Maple"),
    *("Oak", "Poplar", "Rowan", "Sycamore", "Willow", "Yew", "Heron", "Kestrel"),
    *("Kingfisher", "Lark", "Linnet", "Nightingale", "Plover", "Robin", "Skylark"),
    *("St Aidan's", "St Bede's", "St Cuthbert's", "St Hilda's", "St Oswald's"),
)
_SECOND = (
    *("Bank", "Bridge", "Brook", "Common", "Court", "Cross", "Dale", "End", "Field"),
    *("Ford", "Gate", "Green", "Grove", "Hall", "Heath", "Hill", "Lane", "Lea"),
    *("Mead", "Mill", "Moor", "Park", "Row", "Side", "Street", "Thorpe", "Vale"),
)
_PHASES: Mapping[str, str] = {
    "primary": "Primary School",
    "secondary": "Academy",
    "special": "School",
    "nursery": "Nursery School",
}
NEEDLES = ("yew thorpe", "kingfisher", "st cuthb", "academy", "hilda", "lark mill")
"""What is searched for: two words, one, a beginning, a common one, and so on."""

# No authority of England has a code below 200, so these are free.
_LAS: LiteralString = """
INSERT INTO local_authority (la_code, name, region_code)
SELECT lpad(n::text, 3, '0'), 'Bench Authority ' || n, region_code
FROM generate_series(1, 150) AS n,
    (SELECT region_code FROM local_authority WHERE la_code = %(la_code)s) AS region
"""
_NUMBERED: LiteralString = """
WITH numbered AS (
    SELECT
        md5('bench' || n)::uuid AS school_id,
        200000 + n AS urn,
        CASE WHEN n <= %(largest)s THEN %(la_code)s
            ELSE lpad((1 + n %% 150)::text, 3, '0') END AS la_code,
        (%(first)s::text[])[1 + n %% %(firsts)s] || ' '
            || (%(second)s::text[])[1 + n / %(firsts)s %% %(seconds)s] || ' '
            || (%(words)s::text[])[1 + n %% 7 / 2] AS name,
        (%(phases)s::text[])[1 + n %% 7 / 2] AS phase,
        60 + n * 37 %% 1200 AS pupils
    FROM generate_series(1, %(count)s) AS n
),

pattern AS (SELECT school FROM school WHERE status = 'open' LIMIT 1)
"""
_DIRECTORY: LiteralString = (
    _NUMBERED
    + """
INSERT INTO school
SELECT (jsonb_populate_record(pattern.school, to_jsonb(numbered) || jsonb_build_object(
    'laestab', numbered.la_code || lpad((numbered.urn %% 10000)::text, 4, '0'),
    'ukprn', NULL
))).*
FROM numbered, pattern
"""
)
_IDENTITIES: LiteralString = """
INSERT INTO school_identity (la_code, school_id, urn)
SELECT la_code, school_id, urn FROM school
WHERE urn BETWEEN 200001 AND 200000 + %(count)s
"""
_COPIES: LiteralString = (
    _NUMBERED
    + """
INSERT INTO school
SELECT (jsonb_populate_record(pattern.school, to_jsonb(numbered))).*
FROM numbered, pattern
"""
)
_DEVICES: LiteralString = """
INSERT INTO device_count (la_code, school_id, devices)
SELECT la_code, school_id, pupils / (2 + urn %% 9) FROM school
WHERE urn BETWEEN 200001 AND 200000 + %(count)s
"""
_TICKETS: LiteralString = """
INSERT INTO open_ticket_count (la_code, school_id, open_tickets)
SELECT la_code, school_id, urn %% 13 FROM school
WHERE urn BETWEEN 200001 AND 200000 + %(count)s
"""
_SEEDS: Mapping[str, tuple[LiteralString, ...]] = {
    "gateway": (_LAS, _DIRECTORY, _IDENTITIES),
    "strategy": (_COPIES, _DEVICES, _TICKETS),
}


def seed(cluster: postgres.Cluster, la_code: str) -> None:
    """Add the schools, each LA's share in the region of the given one."""
    for database, statements in _SEEDS.items():
        _add(cluster.dsn(database), statements, la_code, COUNT)


def seed_directory(dsn: str, la_code: str, count: int) -> None:
    """Add some of the schools to a directory alone."""
    _add(dsn, _SEEDS["gateway"], la_code, count)


def _add(
    dsn: str, statements: tuple[LiteralString, ...], la_code: str, count: int
) -> None:
    values = {
        "la_code": la_code,
        "count": count,
        "largest": LARGEST_LA,
        "first": list(_FIRST),
        "firsts": len(_FIRST),
        "second": list(_SECOND),
        "seconds": len(_SECOND),
        "phases": list(_PHASES),
        "words": list(_PHASES.values()),
    }
    with psycopg.connect(dsn) as connection:
        for statement in statements:
            connection.execute(statement, values)
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")
