-- claim_scans
-- Keep scans that were not kept before.
INSERT INTO custody_scan (
    la_code, school_id, scan_id, session, scanned_at, code, action, holder_kind,
    holder_name, holder_reference, purpose, due_on
)
SELECT
    %(la_code)s,
    %(school_id)s,
    said.scan_id,
    %(session)s,
    said.scanned_at,
    said.code,
    said.action,
    said.holder_kind,
    said.holder_name,
    said.holder_reference,
    said.purpose,
    said.due_on
FROM jsonb_to_recordset(%(scans)s::jsonb) AS said (
    scan_id uuid, scanned_at timestamptz, code text, action text, holder_kind text,
    holder_name text, holder_reference text, purpose text, due_on date
)
ORDER BY said.scan_id
ON CONFLICT (la_code, school_id, scan_id) DO NOTHING
RETURNING scan_id;

-- find_codes
-- Find the assets of a school that bear some codes: as tag, serial or label.
SELECT
    said.code,
    borne.asset_id
FROM jsonb_to_recordset(%(codes)s::jsonb) AS said (code text, label uuid)
CROSS JOIN LATERAL (
    SELECT coalesce(a.merged_into, a.asset_id) AS asset_id
    FROM asset AS a
    WHERE a.school_id = %(school_id)s AND a.sort_tag = lower(said.code)
    UNION
    SELECT coalesce(a.merged_into, a.asset_id) AS asset_id
    FROM asset AS a
    WHERE a.school_id = %(school_id)s AND a.sort_serial = lower(said.code)
    UNION
    SELECT coalesce(a.merged_into, a.asset_id) AS asset_id
    FROM asset AS a
    WHERE a.school_id = %(school_id)s AND a.asset_id = said.label
) AS borne;

-- keep_outcomes
-- Keep what came of scans.
UPDATE custody_scan AS s SET
    result = said.result,
    asset_id = said.asset_id,
    custody_id = said.custody_id,
    reason = said.reason,
    detail = said.detail
FROM jsonb_to_recordset(%(outcomes)s::jsonb) AS said (
    scan_id uuid, result text, asset_id uuid, custody_id uuid, reason text, detail text
)
WHERE
    s.la_code = %(la_code)s
    AND s.school_id = %(school_id)s
    AND s.scan_id = said.scan_id;

-- list_scans
-- Read some scans of a school.
SELECT
    c.scan_id,
    c.la_code,
    c.school_id,
    s.urn AS school_urn,
    c.session,
    c.scanned_at,
    c.code,
    c.action,
    c.holder_kind,
    c.holder_name,
    c.holder_reference,
    c.purpose,
    c.due_on,
    c.asset_id,
    c.custody_id,
    c.result,
    c.reason,
    c.detail,
    c.settled_as
FROM custody_scan AS c
INNER JOIN school AS s ON c.school_id = s.school_id
WHERE c.school_id = %(school_id)s AND c.scan_id = ANY(%(scan_ids)s::uuid []);

-- get_scan
-- Read a scan of the scope.
SELECT
    c.scan_id,
    c.la_code,
    c.school_id,
    s.urn AS school_urn,
    c.session,
    c.scanned_at,
    c.code,
    c.action,
    c.holder_kind,
    c.holder_name,
    c.holder_reference,
    c.purpose,
    c.due_on,
    c.asset_id,
    c.custody_id,
    c.result,
    c.reason,
    c.detail,
    c.settled_as
FROM custody_scan AS c
INNER JOIN school AS s ON c.school_id = s.school_id
WHERE c.scan_id = %(scan_id)s
ORDER BY c.school_id
LIMIT 1;

-- list_conflicts
-- List scans of a school that somebody has to settle, in the order of their ids.
SELECT
    c.scan_id,
    c.la_code,
    c.school_id,
    s.urn AS school_urn,
    c.session,
    c.scanned_at,
    c.code,
    c.action,
    c.holder_kind,
    c.holder_name,
    c.holder_reference,
    c.purpose,
    c.due_on,
    c.asset_id,
    c.custody_id,
    c.result,
    c.reason,
    c.detail,
    c.settled_as
FROM custody_scan AS c
INNER JOIN school AS s ON c.school_id = s.school_id
WHERE
    c.school_id = %(school_id)s
    AND c.result = 'conflict'
    AND c.settled_as IS NULL
    AND (%(after_id)s::uuid IS NULL OR c.scan_id > %(after_id)s::uuid)
ORDER BY c.scan_id
LIMIT %(page_size)s;

-- settle_scan
-- Say of a conflict what is right, if nobody has yet.
UPDATE custody_scan SET
    settled_as = %(settled_as)s,
    settled_by = scope_principal(),
    custody_id = coalesce(%(custody_id)s::uuid, custody_id)
WHERE
    scan_id = %(scan_id)s
    AND school_id = %(school_id)s
    AND result = 'conflict'
    AND settled_as IS NULL
RETURNING scan_id;
