"""60,000 assets put into one LA of inventory by a few statements.

It bypasses the events on purpose: what is measured afterwards is reading.
"""

from typing import LiteralString

import psycopg

SCHOOLS, OF_EACH = 300, 200
_CATEGORIES = (
    *("laptop", "laptop", "laptop", "tablet", "desktop", "desktop", "printer"),
    *("network", "audio-visual", "virtual-machine"),
)
_STATUSES = (*(["in-use"] * 18), "in-store", "retired")

_PLACES: LiteralString = """
INSERT INTO school (school_id, la_code, urn, name, version)
SELECT md5('kit' || n)::uuid, %(la_code)s, 300000 + n, 'Kit School ' || n, 1
FROM generate_series(1, %(schools)s) AS n
"""
# A tenth of what one should know is not known; of half of it an agent tells.
_ASSETS: LiteralString = """
INSERT INTO asset (
    la_code, school_id, tag, category, manufacturer, model, serial, room, status,
    purchased_on, price_pence, warranty_until, support_until
)
SELECT
    school.la_code,
    school.school_id,
    'KIT-' || school.urn || '-' || n,
    (%(categories)s::text[])[1 + n %% %(kinds)s],
    (ARRAY['Lenovo', 'HP', 'Dell', 'Apple'])[1 + n %% 4],
    'Model ' || n %% 37,
    CASE WHEN n %% 10 > 0 THEN 'S' || school.urn || n END,
    CASE WHEN n %% 11 > 0 THEN 'Room ' || n %% 40 END,
    (%(statuses)s::text[])[1 + n %% %(states)s],
    CASE WHEN n %% 9 > 0 THEN current_date - (school.urn * 7 + n * 13) %% 3300 END,
    CASE WHEN n %% 12 > 0 THEN 30000 + n END,
    CASE WHEN n %% 3 > 0 THEN current_date + 700 - (school.urn + n * 17) %% 1500 END,
    CASE WHEN n %% 4 = 0 THEN current_date + 900 - (school.urn + n * 19) %% 1500 END
FROM school, generate_series(1, %(of_each)s) AS n
WHERE school.urn BETWEEN 300001 AND 300000 + %(schools)s
"""
_DEVICES: LiteralString = """
INSERT INTO agent_device (
    la_code, school_id, binding, deviceid, kind, content_hash, sections,
    asset_id, matched_by, last_seen_at
)
SELECT
    la_code, school_id, sha256(asset_id::text::bytea), tag, 'desktop', '', '{}',
    asset_id, 'serial', now() - make_interval(days => abs(hashtext(tag)) %% 45)
FROM asset
WHERE tag LIKE 'KIT-%%' AND category IN ('laptop', 'desktop')
"""


# What a school's machines run: some old, some newer, one in twenty says nothing.
_DETAILS: LiteralString = """
UPDATE asset SET details = jsonb_build_object(
    'operating_system', CASE
        WHEN category = 'tablet' THEN 'iPadOS'
        WHEN n % 4 = 0 THEN 'Microsoft Windows 10 Pro'
        ELSE 'Microsoft Windows 11 Education'
    END,
    'os_version', CASE
        WHEN category = 'tablet' THEN (16 + n % 11)::text || '.' || n % 5
        WHEN n % 4 = 0 THEN '22H2'
        ELSE '10.0.26100.' || 1000 + n % 60
    END,
    'processor', (ARRAY[
        'Intel(R) Core(TM) i5-6500T CPU @ 2.50GHz',
        'Intel(R) Core(TM) i5-8265U CPU @ 1.60GHz',
        '11th Gen Intel(R) Core(TM) i5-1135G7 @ 2.40GHz',
        'AMD Ryzen 5 PRO 4650U with Radeon Graphics'
    ])[1 + n % 4],
    'memory_gib', (ARRAY[3.8, 7.8, 15.7, 15.8])[1 + n % 4],
    'storage_gb', (ARRAY[128, 256, 256.1, 512])[1 + n % 4]
)
FROM (
    SELECT asset_id AS id, abs(hashtext(tag)) AS n FROM asset WHERE tag LIKE 'KIT-%'
) AS thrown
WHERE
    asset_id = id
    AND category IN ('laptop', 'desktop', 'tablet', 'virtual-machine')
    AND n % 20 > 0
"""
_SOFTWARE: LiteralString = """
INSERT INTO software_install (
    la_code, school_id, asset_id, publisher, name, version, maker, maker_key, title,
    title_key, release, title_kind
)
SELECT
    la_code, school_id, asset_id, maker, title, release, maker, lower(maker), title,
    regexp_replace(lower(title), '[^[:alnum:]]+', '', 'g'), release, 'application'
FROM asset
CROSS JOIN LATERAL (
    VALUES
    ('Google', 'Google Chrome', 130 + abs(hashtext(tag)) % 15 || '.0.1.2'),
    ('Mozilla', 'Mozilla Firefox', 115 + abs(hashtext(tag)) % 30 || '.0'),
    (
        'Microsoft',
        'Microsoft Office Standard ' || (ARRAY[2016, 2019, 2021, 2024])[
            1 + abs(hashtext(tag)) % 4
        ],
        '16.0'
    ),
    ('Various', 'Program ' || abs(hashtext(tag)) % 300, '1.0'),
    ('Various', 'Program ' || abs(hashtext(tag || 'x')) % 300 + 300, '1.0')
) AS had (maker, title, release)
WHERE tag LIKE 'KIT-%' AND category IN ('laptop', 'desktop')
ON CONFLICT DO NOTHING
"""


def seed_systems(dsn: str, la_code: str) -> None:
    """Let the kit be there, if it is not yet, and let it run something."""
    with psycopg.connect(dsn) as connection:
        there = connection.execute("SELECT FROM asset WHERE tag LIKE 'KIT-%' LIMIT 1")
        if there.fetchone() is None:
            seed(dsn, la_code)
        connection.execute(_DETAILS)
        connection.execute(_SOFTWARE)
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")


def seed(dsn: str, la_code: str) -> None:
    """Give an LA that many schools more, each with its kit."""
    values = {
        "la_code": la_code,
        "schools": SCHOOLS,
        "of_each": OF_EACH,
        "categories": list(_CATEGORIES),
        "kinds": len(_CATEGORIES),
        "statuses": list(_STATUSES),
        "states": len(_STATUSES),
    }
    with psycopg.connect(dsn) as connection:
        for statement in (_PLACES, _ASSETS, _DEVICES):
            connection.execute(statement, values)
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")
