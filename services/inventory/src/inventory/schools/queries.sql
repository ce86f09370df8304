-- get_school
-- Read a school of the scope by a URN that it has or had.
SELECT
    school_id,
    la_code,
    urn,
    name
FROM school
WHERE urn = %(urn)s
UNION ALL
SELECT
    school.school_id,
    school.la_code,
    school.urn,
    school.name
FROM earlier_urn
INNER JOIN school ON earlier_urn.school_id = school.school_id
WHERE earlier_urn.urn = %(urn)s
LIMIT 1;

-- list_schools_elsewhere
-- Which schools of a batch of events this service still knows in another LA.
SELECT school.school_id
FROM jsonb_to_recordset(%(states)s::jsonb) AS said (
    school_id uuid, la_code text, entity_version integer
)
INNER JOIN school ON said.school_id = school.school_id
WHERE said.la_code <> school.la_code AND said.entity_version > school.version;

-- list_schools
-- Read schools of the scope by URNs that they have or had, each beside what was asked.
SELECT
    school.urn AS asked_urn,
    school.school_id,
    school.la_code,
    school.urn,
    school.name
FROM school
WHERE school.urn = ANY(%(urns)s::int [])
UNION ALL
SELECT
    earlier_urn.urn AS asked_urn,
    school.school_id,
    school.la_code,
    school.urn,
    school.name
FROM earlier_urn
INNER JOIN school ON earlier_urn.school_id = school.school_id
WHERE earlier_urn.urn = ANY(%(urns)s::int []);

-- record_schools
-- Take over the schools of a batch of events, newer versions only; what is theirs follows.
INSERT INTO school (school_id, la_code, urn, name, phase, version)
SELECT
    said.school_id,
    said.la_code,
    said.urn,
    said.name,
    said.phase,
    said.entity_version
FROM jsonb_to_recordset(%(states)s::jsonb) AS said (
    school_id uuid, la_code text, urn integer, name text, phase text,
    entity_version integer
)
ORDER BY said.school_id
ON CONFLICT (school_id) DO UPDATE SET
la_code = excluded.la_code,
urn = excluded.urn,
name = excluded.name,
phase = excluded.phase,
version = excluded.version
WHERE
    excluded.version > school.version
    -- What was not kept before is taken from the same state, said again.
    OR (excluded.version = school.version AND school.phase IS NULL)
RETURNING school.school_id, old.la_code AS old_la_code, new.la_code;

-- record_urns
-- Keep the earlier URNs of the schools of a batch of events.
INSERT INTO earlier_urn (la_code, school_id, urn)
SELECT
    school.la_code,
    school.school_id,
    earlier.urn
FROM jsonb_to_recordset(%(states)s::jsonb) AS said (
    school_id uuid, earlier_urns integer []
)
INNER JOIN school ON said.school_id = school.school_id,
    unnest(said.earlier_urns) AS earlier (urn)
ON CONFLICT (la_code, school_id, urn) DO NOTHING;
