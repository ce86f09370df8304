-- look_rows_up
-- Let this transaction read no table whole to find a row, however small it once was.
SELECT set_config('enable_seqscan', 'off', true) AS setting;

-- list_known_schools
-- Every school within the scope, and those outside it that a file's URNs name.
SELECT
    s.school_id, s.version, s.urn, s.la_code, s.name, s.phase, s.status, s.laestab,
    s.ukprn, s.establishment_type, s.gender, s.religious_character, s.trust,
    s.federation, s.low_age, s.high_age, s.capacity, s.pupils,
    s.free_school_meals_percent, s.town, s.postcode, s.district, s.ward, s.easting,
    s.northing, s.opened_on, s.closed_on
FROM school AS s
WHERE s.la_code = ANY(%(la_codes)s::text []) OR s.urn = ANY(%(urns)s::integer []);

-- list_earlier_urns
-- The URNs that schools had before the present one.
SELECT i.urn, i.school_id
FROM school_identity AS i
CROSS JOIN LATERAL (
    SELECT o.urn FROM school AS o
    WHERE o.school_id = i.school_id
    OFFSET 0 -- noqa: AM09
) AS s
WHERE i.la_code = ANY(%(la_codes)s::text []) AND i.urn <> s.urn;

-- list_linked_urns
-- The pairs of URNs between which a link is stored.
SELECT urn, other_urn FROM school_link
WHERE la_code = ANY(%(la_codes)s::text []);

-- get_schools_digest
-- Say in one word how the schools of some LAs stand, and hold them as they are.
SELECT
    coalesce(
        md5(string_agg(held.school_id::text || held.version, ',' ORDER BY held.school_id)),
        ''
    ) AS digest
FROM (
    SELECT school_id, version FROM school
    WHERE la_code = ANY(%(la_codes)s::text [])
    ORDER BY school_id
    FOR UPDATE
) AS held;

-- count_wide_roles
-- The roles held over whole LAs that a reorganisation ended.
SELECT
    la_code, role, count(*)::integer AS holders
FROM assignment
WHERE
    la_code = ANY(%(la_codes)s::text []) AND school_id IS NULL
    AND ended_at IS NULL AND (to_on IS NULL OR to_on >= current_date)
GROUP BY la_code, role
ORDER BY la_code, role;

-- insert_import
-- Begin an import.
INSERT INTO school_import (
    la_code, principal, la_codes, file_name, file_id, links_file_id
) VALUES (
    %(la_code)s, %(principal)s, %(la_codes)s, %(file_name)s, %(file_id)s,
    %(links_file_id)s
)
RETURNING import_id;

-- keep_preview
-- Keep what an import would do.
UPDATE school_import SET
    state = 'previewed',
    file_rows = %(file_rows)s,
    as_of = %(as_of)s,
    counts = %(counts)s::jsonb,
    left_out = %(left_out)s::jsonb,
    concerns = %(concerns)s::jsonb,
    ended_roles = %(ended_roles)s::jsonb,
    seen = %(seen)s,
    version = version + 1
WHERE import_id = %(import_id)s AND state = 'waiting';

-- insert_changes
-- Keep the changes of a preview.
INSERT INTO school_import_change (
    la_code, import_id, place, principal, kind, urn, name, line, school_id,
    old_la_code, differences, details
)
SELECT
    e.la_code, %(import_id)s, e.place, %(principal)s, e.kind, e.urn, e.name, e.line,
    e.school_id, e.old_la_code, e.differences, e.details
FROM
    jsonb_to_recordset(%(entries)s::jsonb) AS e (
        la_code text, place integer, kind text, urn integer, name text, line integer,
        school_id uuid, old_la_code text, differences jsonb, details jsonb
    );

-- insert_faults
-- Keep the broken rows of a file.
INSERT INTO school_import_fault (
    la_code, import_id, place, principal, file, line, column_title, detail
)
SELECT
    %(la_code)s, %(import_id)s, e.place, %(principal)s, e.file, e.line, e.column_title,
    e.detail
FROM
    jsonb_to_recordset(%(entries)s::jsonb)
        AS e (place integer, file text, line integer, column_title text, detail text);

-- get_import
-- Read an import.
SELECT
    import_id, principal, la_code, la_codes, file_name, state, file_id, links_file_id,
    job_id, file_rows, as_of, counts, left_out, concerns, ended_roles, seen, problem,
    created_at, applied_at, version
FROM school_import
WHERE import_id = %(import_id)s;

-- lock_import
-- Read an import and hold it for a change.
SELECT
    import_id, principal, la_code, la_codes, file_name, state, file_id, links_file_id,
    job_id, file_rows, as_of, counts, left_out, concerns, ended_roles, seen, problem,
    created_at, applied_at, version
FROM school_import
WHERE import_id = %(import_id)s
FOR UPDATE;

-- list_imports
-- A page of the imports in scope, the newest first.
SELECT
    import_id, principal, la_code, la_codes, file_name, state, file_id, links_file_id,
    job_id, file_rows, as_of, counts, left_out, concerns, ended_roles, seen, problem,
    created_at, applied_at, version
FROM school_import
WHERE %(after)s::uuid IS NULL OR import_id < %(after)s
ORDER BY import_id DESC
LIMIT %(page_size)s;

-- find_import_of_files
-- The newest import of the same files for the same LAs that has not come to nothing.
SELECT
    i.import_id, i.principal, i.la_code, i.la_codes, i.file_name, i.state, i.file_id,
    i.links_file_id, i.job_id, i.file_rows, i.as_of, i.counts, i.left_out, i.concerns,
    i.ended_roles, i.seen, i.problem, i.created_at, i.applied_at, i.version
FROM school_import AS i
INNER JOIN file AS f ON i.file_id = f.file_id
LEFT JOIN file AS l ON i.links_file_id = l.file_id
WHERE
    f.sha256 = %(sha256)s AND l.sha256 IS NOT DISTINCT FROM %(links_sha256)s
    AND i.la_codes = %(la_codes)s::text [] AND i.state NOT IN ('failed', 'cancelled')
ORDER BY i.import_id DESC
LIMIT 1;

-- get_last_applied
-- The last one applied for these LAs, but for one in ten: England's LAs come and go.
SELECT file_rows AS rows, as_of
FROM school_import
WHERE
    state = 'applied'
    AND 10 * (
        SELECT count(*) FROM unnest(la_codes) AS l (la_code)
        WHERE l.la_code = ANY(%(la_codes)s::text [])
    ) >= 9 * greatest(cardinality(la_codes), cardinality(%(la_codes)s::text []))
ORDER BY import_id DESC
LIMIT 1;

-- list_changes
-- A page of an import's changes.
SELECT place, kind, urn, name, la_code, old_la_code, line, differences
FROM school_import_change
WHERE
    import_id = %(import_id)s AND place > %(after)s
    AND (%(kind)s::text IS NULL OR kind = %(kind)s)
ORDER BY place
LIMIT %(page_size)s;

-- list_faults
-- A page of an import's broken rows.
SELECT place, file, line, column_title, detail
FROM school_import_fault
WHERE import_id = %(import_id)s AND place > %(after)s
ORDER BY place
LIMIT %(page_size)s;

-- hand_import
-- Hand an import to a job.
UPDATE school_import
SET job_id = %(job_id)s, state = %(state)s, problem = NULL, version = version + 1
WHERE import_id = %(import_id)s;

-- move_import
-- Bring an import into another state.
UPDATE school_import SET
    state = %(state)s,
    problem = %(problem)s,
    applied_at = CASE WHEN %(state)s = 'applied' THEN now() END,
    version = version + 1
WHERE import_id = %(import_id)s;

-- insert_regions
-- Make sure that the regions are there.
INSERT INTO region (region_code, name)
SELECT e.region_code, e.name
FROM jsonb_to_recordset(%(entries)s::jsonb) AS e (region_code text, name text)
ON CONFLICT (region_code) DO NOTHING;

-- insert_authorities
-- Make sure that the LAs are there.
INSERT INTO local_authority (la_code, name, region_code)
SELECT e.la_code, e.name, e.region_code
FROM
    jsonb_to_recordset(%(entries)s::jsonb)
        AS e (la_code text, name text, region_code text)
ON CONFLICT (la_code) DO NOTHING;

-- insert_new_schools
-- Record the schools of a part of an import that are new.
INSERT INTO school (
    la_code, urn, laestab, ukprn, name, phase, status, establishment_type, gender,
    religious_character, trust, federation, low_age, high_age, capacity, pupils,
    free_school_meals_percent, town, postcode, district, ward, easting, northing,
    opened_on, closed_on
)
SELECT
    f.la_code, f.urn, f.laestab, f.ukprn, f.name, f.phase, f.status,
    f.establishment_type, f.gender, f.religious_character, f.trust, f.federation,
    f.low_age, f.high_age, f.capacity, f.pupils, f.free_school_meals_percent, f.town,
    f.postcode, f.district, f.ward, f.easting, f.northing, f.opened_on, f.closed_on
FROM
    school_import_change AS c,
    jsonb_to_record(c.details -> 'facts') AS f (
        la_code text, urn integer, laestab text, ukprn text, name text, phase text,
        status text, establishment_type text, gender text, religious_character text,
        trust text, federation text, low_age integer, high_age integer,
        capacity integer, pupils integer, free_school_meals_percent numeric, town text,
        postcode text, district text, ward text, easting integer, northing integer,
        opened_on date, closed_on date
    )
WHERE
    c.import_id = %(import_id)s AND c.place BETWEEN %(first)s AND %(last)s
    AND c.kind = 'new'
ORDER BY c.place
RETURNING school.school_id;

-- update_schools
-- Bring the known schools of a part of an import to what the register says.
WITH part AS MATERIALIZED (
    SELECT c.school_id, c.details
    FROM school_import_change AS c
    WHERE
        c.import_id = %(import_id)s AND c.place BETWEEN %(first)s AND %(last)s
        AND c.kind NOT IN ('new', 'linked', 'crosses-border')
)

UPDATE school SET
    (
        la_code, urn, laestab, ukprn, name, phase, status, establishment_type, gender,
        religious_character, trust, federation, low_age, high_age, capacity, pupils,
        free_school_meals_percent, town, postcode, district, ward, easting, northing,
        opened_on, closed_on
    ) = (
        SELECT
            f.la_code, f.urn, f.laestab, f.ukprn, f.name, f.phase, f.status,
            f.establishment_type, f.gender, f.religious_character, f.trust,
            f.federation, f.low_age, f.high_age, f.capacity, f.pupils,
            f.free_school_meals_percent, f.town, f.postcode, f.district, f.ward,
            f.easting, f.northing, f.opened_on, f.closed_on
        FROM
            part AS p,
            jsonb_to_record(p.details -> 'facts') AS f (
                la_code text, urn integer, laestab text, ukprn text, name text,
                phase text, status text, establishment_type text, gender text,
                religious_character text, trust text, federation text,
                low_age integer, high_age integer, capacity integer, pupils integer,
                free_school_meals_percent numeric, town text, postcode text,
                district text, ward text, easting integer, northing integer,
                opened_on date, closed_on date
            )
        WHERE p.school_id = school.school_id
    ),
    version = school.version + 1,
    changed_at = now()
WHERE school.school_id = ANY((SELECT array_agg(p.school_id) FROM part AS p)::uuid [])
RETURNING
school.school_id,
CASE WHEN old.la_code <> new.la_code THEN old.la_code END AS old_la_code;

-- upsert_identities
-- Keep every URN of the schools in a part of an import, with its days.
INSERT INTO school_identity (la_code, school_id, urn, from_on, to_on)
SELECT s.la_code, s.school_id, e.urn, e.from_on, greatest(e.to_on, e.from_on)
FROM
    school_import_change AS c
CROSS JOIN LATERAL (
    SELECT o.la_code, o.school_id FROM school AS o
    WHERE o.urn = c.urn
    OFFSET 0 -- noqa: AM09
) AS s,
    jsonb_to_recordset(c.details -> 'identities')
        AS e (urn integer, from_on date, to_on date)
WHERE
    c.import_id = %(import_id)s AND c.place BETWEEN %(first)s AND %(last)s
    AND c.kind NOT IN ('linked', 'crosses-border')
ON CONFLICT (urn) DO UPDATE
SET
    la_code = excluded.la_code,
    from_on = coalesce(excluded.from_on, CASE
        WHEN excluded.to_on IS NULL OR school_identity.from_on <= excluded.to_on
            THEN school_identity.from_on
    END),
    to_on = excluded.to_on;

-- insert_past
-- Keep what the schools in a part of an import were called before.
INSERT INTO school_past (
    la_code, school_id, urn, laestab, past_la_code, name, until_on, reason
)
SELECT
    s.la_code, s.school_id, e.urn, e.laestab, e.la_code AS past_la_code, e.name,
    e.until_on, e.reason
FROM
    school_import_change AS c
CROSS JOIN LATERAL (
    SELECT o.la_code, o.school_id FROM school AS o
    WHERE o.urn = c.urn
    OFFSET 0 -- noqa: AM09
) AS s,
    jsonb_to_recordset(c.details -> 'past') AS e (
        urn integer, laestab text, la_code text, name text, until_on date, reason text
    )
WHERE
    c.import_id = %(import_id)s AND c.place BETWEEN %(first)s AND %(last)s
    AND c.kind NOT IN ('linked', 'crosses-border')
ORDER BY c.place, e.until_on DESC NULLS LAST;

-- insert_links
-- Keep the links of the schools in a part of an import to others.
INSERT INTO school_link (
    la_code, school_id, urn, other_urn, relation, kind, linked_on
)
SELECT
    s.la_code, s.school_id, e.urn, e.other_urn, e.relation, e.kind, e.linked_on
FROM
    school_import_change AS c
CROSS JOIN LATERAL (
    SELECT o.la_code, o.school_id FROM school AS o
    WHERE o.urn = c.urn
    OFFSET 0 -- noqa: AM09
) AS s,
    jsonb_to_recordset(c.details -> 'relations') AS e (
        urn integer, other_urn integer, relation text, kind text, linked_on date
    )
WHERE
    c.import_id = %(import_id)s AND c.place BETWEEN %(first)s AND %(last)s
    AND c.kind <> 'crosses-border'
ON CONFLICT (school_id, urn, other_urn) DO NOTHING;

-- list_authority_codes
-- List every LA that the directory has.
SELECT la_code FROM local_authority;
