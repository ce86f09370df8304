-- insert_stock_take
-- Open a stock-take of a room, unless one is under way there.
INSERT INTO stock_take (la_code, school_id, site, building, room)
VALUES (%(la_code)s, %(school_id)s, %(site)s, %(building)s, %(room)s)
ON CONFLICT DO NOTHING
RETURNING stock_take_id;

-- get_open
-- Say which stock-take of a room is under way.
SELECT t.stock_take_id
FROM stock_take AS t
WHERE
    t.school_id = %(school_id)s
    AND t.closed_as IS NULL
    AND lower(coalesce(t.site, '')) = lower(coalesce(%(site)s::text, ''))
    AND lower(coalesce(t.building, '')) = lower(coalesce(%(building)s::text, ''))
    AND lower(coalesce(t.room, '')) = lower(coalesce(%(room)s::text, ''));

-- lock_stock_take
-- Hold a stock-take of the write scope until the end.
SELECT stock_take_id
FROM stock_take
WHERE stock_take_id = %(stock_take_id)s
FOR UPDATE;

-- get_stock_take
-- Read a stock-take of the scope.
SELECT told.*
FROM stock_take_told AS told
WHERE told.stock_take_id = %(stock_take_id)s;

-- list_stock_takes
-- List stock-takes of a place, the newest first: their ids go by time.
SELECT told.*
FROM stock_take_told AS told
WHERE
    (%(la_code)s::text IS NULL OR told.la_code = %(la_code)s::text)
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR told.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND (%(state)s::text IS NULL OR told.state = %(state)s::text)
    AND (
        %(after_id)s::uuid IS NULL
        OR told.stock_take_id < %(after_id)s::uuid
    )
ORDER BY told.stock_take_id DESC
LIMIT %(page_size)s;

-- count_stock_takes
-- Count the stock-takes that a listing holds.
SELECT count(*)::integer
FROM stock_take_told AS told
WHERE
    (%(la_code)s::text IS NULL OR told.la_code = %(la_code)s::text)
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR told.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND (%(state)s::text IS NULL OR told.state = %(state)s::text);

-- list_places
-- List the rooms of a school by its kit in use and by its stock-takes.
WITH kit AS (
    SELECT
        lower(coalesce(a.site, '')) AS site_key,
        lower(coalesce(a.building, '')) AS building_key,
        lower(coalesce(a.room, '')) AS room_key,
        min(a.site) AS site,
        min(a.building) AS building,
        min(a.room) AS room,
        count(*)::integer AS assets
    FROM asset AS a
    WHERE
        a.school_id = %(school_id)s
        AND a.status = 'in-use'
        AND a.category <> 'virtual-machine'
    GROUP BY site_key, building_key, room_key
),

taken AS (
    SELECT
        lower(coalesce(t.site, '')) AS site_key,
        lower(coalesce(t.building, '')) AS building_key,
        lower(coalesce(t.room, '')) AS room_key,
        min(t.site) AS site,
        min(t.building) AS building,
        min(t.room) AS room,
        (
            array_agg(t.stock_take_id) FILTER (WHERE t.closed_as IS NULL)
        )[1] AS open_id,
        (
            array_agg(t.stock_take_id ORDER BY t.closed_at DESC)
            FILTER (WHERE t.closed_as = 'closed')
        )[1] AS last_id,
        max(t.closed_at) FILTER (WHERE t.closed_as = 'closed') AS last_closed_at
    FROM stock_take AS t
    WHERE t.school_id = %(school_id)s AND t.closed_as IS DISTINCT FROM 'abandoned'
    GROUP BY site_key, building_key, room_key
)

SELECT
    coalesce(kit.site, taken.site) AS site,
    coalesce(kit.building, taken.building) AS building,
    coalesce(kit.room, taken.room) AS room,
    coalesce(kit.assets, 0) AS assets,
    taken.open_id,
    taken.last_id,
    taken.last_closed_at
FROM kit
FULL JOIN taken
    ON
        kit.site_key = taken.site_key
        AND kit.building_key = taken.building_key
        AND kit.room_key = taken.room_key
ORDER BY
    coalesce(kit.room_key, taken.room_key),
    coalesce(kit.building_key, taken.building_key),
    coalesce(kit.site_key, taken.site_key)
LIMIT %(page_size)s;

-- list_expected
-- Read the kit in use that the register has in a room.
SELECT told.*
FROM asset_told AS told
WHERE
    told.school_id = %(school_id)s
    AND told.status = 'in-use'
    AND told.category <> 'virtual-machine'
    AND lower(coalesce(told.site, '')) = lower(coalesce(%(site)s::text, ''))
    AND lower(coalesce(told.building, '')) = lower(coalesce(%(building)s::text, ''))
    AND lower(coalesce(told.room, '')) = lower(coalesce(%(room)s::text, ''));

-- claim_scans
-- Keep scans of a stock-take that were not kept before.
INSERT INTO stock_take_scan (
    la_code, school_id, stock_take_id, scan_id, scanned_at, code
)
SELECT
    %(la_code)s,
    %(school_id)s,
    %(stock_take_id)s,
    said.scan_id,
    said.scanned_at,
    said.code
FROM jsonb_to_recordset(%(scans)s::jsonb) AS said (
    scan_id uuid, scanned_at timestamptz, code text
)
ORDER BY said.scan_id
ON CONFLICT (la_code, school_id, stock_take_id, scan_id) DO NOTHING
RETURNING scan_id;

-- keep_outcomes
-- Keep what came of scans.
UPDATE stock_take_scan AS s SET
    result = said.result,
    asset_id = said.asset_id,
    bearers = said.bearers
FROM jsonb_to_recordset(%(outcomes)s::jsonb) AS said (
    scan_id uuid, result text, asset_id uuid, bearers integer
)
WHERE
    s.la_code = %(la_code)s
    AND s.school_id = %(school_id)s
    AND s.stock_take_id = %(stock_take_id)s
    AND s.scan_id = said.scan_id;

-- list_scans
-- Read the scans of a stock-take in the order in which they were made.
SELECT
    s.scan_id,
    s.scanned_at,
    s.code,
    s.asset_id,
    s.bearers,
    s.result
FROM stock_take_scan AS s
WHERE s.stock_take_id = %(stock_take_id)s
ORDER BY s.scanned_at, s.scan_id;

-- keep_counts
-- Store how a stock-take stands after more was scanned.
UPDATE stock_take SET
    expected = %(expected)s,
    found = %(found)s,
    missing = %(missing)s,
    elsewhere = %(elsewhere)s,
    not_in_use = %(not_in_use)s,
    on_loan = %(on_loan)s,
    unknown = %(unknown)s,
    version = version + %(step)s::int
WHERE stock_take_id = %(stock_take_id)s;

-- end_stock_take
-- Store that a stock-take has ended, and how.
UPDATE stock_take SET
    closed_as = %(closed_as)s,
    closed_at = %(closed_at)s,
    closed_by = scope_principal(),
    moved = %(moved)s
WHERE stock_take_id = %(stock_take_id)s;

-- insert_lines
-- Keep what was true of each piece of kit and code as a stock-take ended.
INSERT INTO stock_take_line (
    la_code, school_id, stock_take_id, line_id, standing, code, asset_id, tag, category,
    manufacturer, model, serial, site, building, room, status, asset_version, is_out,
    bearers, scanned_at, is_moved
)
SELECT
    %(la_code)s,
    %(school_id)s,
    %(stock_take_id)s,
    said.line_id,
    said.standing,
    said.code,
    said.asset_id,
    said.tag,
    said.category,
    said.manufacturer,
    said.model,
    said.serial,
    said.site,
    said.building,
    said.room,
    said.status,
    said.asset_version,
    said.is_out,
    said.bearers,
    said.scanned_at,
    said.is_moved
FROM jsonb_to_recordset(%(lines)s::jsonb) AS said (
    line_id uuid, standing text, code text, asset_id uuid, tag text, category text,
    manufacturer text, model text, serial text, site text, building text, room text,
    status text, asset_version integer, is_out boolean, bearers integer,
    scanned_at timestamptz, is_moved boolean
);

-- list_lines
-- Read what was true of each piece of kit and code as a stock-take ended.
SELECT
    l.line_id,
    l.standing,
    l.code,
    l.asset_id,
    l.tag,
    l.category,
    l.manufacturer,
    l.model,
    l.serial,
    l.site,
    l.building,
    l.room,
    l.status,
    l.asset_version,
    l.is_out,
    l.bearers,
    l.scanned_at,
    l.is_moved
FROM stock_take_line AS l
WHERE l.stock_take_id = %(stock_take_id)s;
