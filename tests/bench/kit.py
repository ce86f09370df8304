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
    la_code, school_id, binding, deviceid, kind, macs, content_hash, sections,
    asset_id, matched_by, last_seen_at
)
SELECT
    la_code, school_id, sha256(asset_id::text::bytea), tag, 'desktop', '{}', '', '{}',
    asset_id, 'serial', now() - make_interval(days => abs(hashtext(tag)) %% 45)
FROM asset
WHERE tag LIKE 'KIT-%%' AND category IN ('laptop', 'desktop')
"""


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
