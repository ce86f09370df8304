-- insert_import
-- Keep a file that came, and how it would be read.
INSERT INTO asset_import (
    la_code, school_id, file_id, file_name, layout, preset, headings, columns, reading,
    rows
)
VALUES (
    %(la_code)s, %(school_id)s, %(file_id)s, %(file_name)s, %(layout)s, %(preset)s,
    %(headings)s, %(columns)s::jsonb, %(reading)s::jsonb, %(rows)s
)
RETURNING import_id;

-- get_import
-- Read an import.
SELECT
    i.import_id,
    i.la_code,
    i.school_id,
    s.urn AS school_urn,
    i.principal,
    i.file_id,
    i.file_name,
    i.layout,
    i.preset,
    i.columns,
    i.reading,
    i.state,
    i.job_id,
    i.line_done,
    i.rows,
    i.fresh,
    i.known,
    i.changing,
    i.faults,
    i.made,
    i.updated,
    i.undone,
    i.kept,
    i.problem,
    i.sent_at,
    i.applied_at,
    i.undone_at,
    i.version
FROM asset_import AS i
LEFT JOIN school AS s ON i.la_code = s.la_code AND i.school_id = s.school_id
WHERE i.import_id = %(import_id)s;

-- lock_import
-- Hold an import of the write scope until the end.
SELECT i.import_id
FROM asset_import AS i
WHERE i.import_id = %(import_id)s
FOR UPDATE;

-- list_imports
-- List imports, the newest first.
SELECT
    i.import_id,
    i.la_code,
    i.school_id,
    s.urn AS school_urn,
    i.principal,
    i.file_id,
    i.file_name,
    i.layout,
    i.preset,
    i.columns,
    i.reading,
    i.state,
    i.job_id,
    i.line_done,
    i.rows,
    i.fresh,
    i.known,
    i.changing,
    i.faults,
    i.made,
    i.updated,
    i.undone,
    i.kept,
    i.problem,
    i.sent_at,
    i.applied_at,
    i.undone_at,
    i.version
FROM asset_import AS i
LEFT JOIN school AS s ON i.la_code = s.la_code AND i.school_id = s.school_id
WHERE
    (%(school_id)s::uuid IS NULL OR i.school_id = %(school_id)s::uuid)
    AND (%(after_id)s::uuid IS NULL OR i.import_id < %(after_id)s::uuid)
ORDER BY i.import_id DESC
LIMIT %(page_size)s;

-- find_reading
-- Read how the last file of the same place with the same headings was read.
SELECT i.reading
FROM asset_import AS i
WHERE
    i.la_code = %(la_code)s
    AND i.school_id IS NOT DISTINCT FROM %(school_id)s::uuid
    AND i.headings = %(headings)s::text []
    AND i.state NOT IN ('sent', 'trying', 'failed', 'given-up')
ORDER BY i.import_id DESC
LIMIT 1;

-- set_reading
-- Keep how an import is to be read.
UPDATE asset_import SET reading = %(reading)s::jsonb
WHERE import_id = %(import_id)s;

-- hand_import
-- Bring an import into a state in which a job works on it.
UPDATE asset_import SET
    state = %(state)s,
    job_id = %(job_id)s,
    problem = NULL,
    line_done = CASE WHEN %(state)s = 'applying' THEN 0 ELSE line_done END,
    version = version + 1
WHERE import_id = %(import_id)s;

-- move_import
-- Bring an import into another state, and say why where that is bad.
UPDATE asset_import SET
    state = %(state)s,
    problem = %(problem)s,
    applied_at = CASE
        WHEN %(state)s IN ('applied', 'stopped') THEN coalesce(applied_at, now())
        ELSE applied_at
    END,
    undone_at = CASE WHEN %(state)s = 'undone' THEN now() ELSE undone_at END,
    version = version + 1
WHERE import_id = %(import_id)s;

-- keep_trial
-- Keep what an import would do.
UPDATE asset_import SET
    rows = %(rows)s,
    fresh = %(fresh)s,
    known = %(known)s,
    changing = %(changing)s,
    faults = %(faults)s
WHERE import_id = %(import_id)s;

-- delete_faults
-- Forget what was wrong when the file was read otherwise.
DELETE FROM asset_import_fault WHERE import_id = %(import_id)s;

-- insert_faults
-- Keep what is wrong with rows, in the order of the file.
INSERT INTO asset_import_fault (
    la_code, school_id, import_id, place, line, heading, said, detail
)
SELECT
    i.la_code,
    i.school_id,
    i.import_id,
    told.place,
    told.line,
    told.heading,
    told.said,
    told.detail
FROM
    jsonb_to_recordset(%(faults)s::jsonb) AS told (
        place integer, line integer, heading text, said text, detail text
    )
INNER JOIN asset_import AS i ON i.import_id = %(import_id)s;

-- list_faults
-- List what is wrong with rows, in the order of the file.
SELECT
    f.place,
    f.line,
    f.heading,
    f.said,
    f.detail
FROM asset_import_fault AS f
WHERE f.import_id = %(import_id)s AND f.place > %(after)s
ORDER BY f.place
LIMIT %(page_size)s;

-- insert_effects
-- Keep what an import did to which assets.
INSERT INTO asset_import_effect (
    la_code, school_id, import_id, asset_id, asset_version, line
)
SELECT
    i.la_code,
    i.school_id,
    i.import_id,
    told.asset_id,
    told.asset_version,
    told.line
FROM
    jsonb_to_recordset(%(effects)s::jsonb) AS told (
        asset_id uuid, asset_version integer, line integer
    )
INNER JOIN asset_import AS i ON i.import_id = %(import_id)s
-- Stopped and applied again, it may change what it had made before.
ON CONFLICT ON CONSTRAINT asset_import_effect_pkey DO UPDATE SET
    asset_version = excluded.asset_version,
    line = excluded.line;

-- count_up
-- Count what a part of an import did, and say how far it is.
UPDATE asset_import SET
    line_done = %(line_done)s,
    made = made + %(made)s,
    updated = updated + %(updated)s
WHERE import_id = %(import_id)s;

-- take_effects
-- Take some of what an import did in hand to undo it; of each asset once.
DELETE FROM asset_import_effect AS e
USING (
    SELECT o.asset_id
    FROM asset_import_effect AS o
    WHERE o.import_id = %(import_id)s
    ORDER BY o.asset_id
    LIMIT %(most)s
) AS next
WHERE e.import_id = %(import_id)s AND e.asset_id = next.asset_id
RETURNING e.asset_id, e.asset_version;

-- count_undone
-- Count what was taken back, and what has to stay.
UPDATE asset_import SET
    undone = undone + %(undone)s,
    kept = kept + %(kept)s
WHERE import_id = %(import_id)s;
