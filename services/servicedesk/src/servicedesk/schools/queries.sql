-- get_school
-- Read a school of the scope by its present URN.
SELECT
    school_id,
    la_code,
    urn
FROM school
WHERE urn = %(urn)s;

-- list_schools
-- Read schools of the scope by their present URNs.
SELECT
    school_id,
    la_code,
    urn
FROM school
WHERE urn = ANY(%(urns)s::int []);

-- record_schools
-- Take over the schools of a batch of events, newer versions only.
INSERT INTO school (school_id, la_code, urn, version)
SELECT DISTINCT ON (said.school_id)
    said.school_id,
    said.la_code,
    said.urn,
    said.entity_version
FROM jsonb_to_recordset(%(states)s::jsonb) AS said (
    school_id uuid, la_code text, urn integer, entity_version integer
)
ORDER BY said.school_id, said.entity_version DESC
ON CONFLICT (school_id) DO UPDATE SET
la_code = excluded.la_code,
urn = excluded.urn,
version = excluded.version
WHERE excluded.version > school.version;
