-- list_regions
-- Every region.
SELECT region_code, name FROM region
ORDER BY region_code;

-- list_authorities
-- Every local authority.
SELECT la_code, name, region_code FROM local_authority
ORDER BY la_code;

-- list_named_authorities
-- The local authorities of some codes.
SELECT la_code, name, region_code
FROM local_authority
WHERE la_code = ANY(%(la_codes)s::text [])
ORDER BY name, la_code;

-- list_schools
-- A page of the schools in scope, by name.
SELECT
    s.school_id, s.urn, s.laestab, s.ukprn, s.la_code, l.name AS la_name,
    l.region_code, s.name, s.phase, s.status, s.pupils,
    s.free_school_meals_percent, s.postcode, s.version
FROM school AS s
INNER JOIN local_authority AS l USING (la_code)
WHERE
    (%(la_code)s::text IS NULL OR s.la_code = %(la_code)s)
    AND (%(phase)s::text IS NULL OR s.phase = %(phase)s)
    AND (%(name_part)s::text IS NULL OR strpos(lower(s.name), lower(%(name_part)s)) > 0)
    AND (
        %(after_name)s::text IS NULL
        OR (s.name, s.urn) > (%(after_name)s, %(after_urn)s::integer)
    )
ORDER BY s.name, s.urn
LIMIT %(page_size)s;

-- get_school
-- Read a school by a URN that it has or had.
SELECT
    s.school_id, s.urn, s.laestab, s.ukprn, s.la_code, l.name AS la_name,
    l.region_code, s.name, s.phase, s.status, s.pupils,
    s.free_school_meals_percent, s.postcode, s.version
FROM school_identity AS i
INNER JOIN school AS s USING (school_id)
INNER JOIN local_authority AS l ON s.la_code = l.la_code
WHERE i.urn = %(urn)s;

-- upsert_regions
-- Keep regions as the document has them.
INSERT INTO region (region_code, name)
SELECT e.region_code, e.name
FROM jsonb_to_recordset(%(entries)s::jsonb) AS e (region_code text, name text)
ON CONFLICT (region_code) DO UPDATE SET name = excluded.name
WHERE region.name IS DISTINCT FROM excluded.name;

-- upsert_authorities
-- Keep authorities as the document has them.
INSERT INTO local_authority (la_code, name, region_code)
SELECT e.la_code, e.name, e.region_code
FROM
    jsonb_to_recordset(%(entries)s::jsonb)
        AS e (la_code text, name text, region_code text)
ON CONFLICT (la_code) DO UPDATE
SET name = excluded.name, region_code = excluded.region_code
WHERE
    (local_authority.name, local_authority.region_code)
    IS DISTINCT FROM (excluded.name, excluded.region_code);

-- upsert_schools
-- Keep schools as the document has them; return those that are new or changed.
INSERT INTO school (
    la_code, urn, laestab, ukprn, name, phase, status, pupils,
    free_school_meals_percent, postcode
)
SELECT
    e.la_code, e.urn, e.laestab, e.ukprn, e.name, e.phase, e.status, e.pupils,
    e.free_school_meals_percent, e.postcode
FROM
    jsonb_to_recordset(%(entries)s::jsonb) AS e (
        la_code text, urn integer, laestab text, ukprn text, name text, phase text,
        status text, pupils integer, free_school_meals_percent numeric, postcode text
    )
ON CONFLICT ON CONSTRAINT school_urn_unique DO UPDATE
SET
    la_code = excluded.la_code,
    laestab = excluded.laestab,
    ukprn = excluded.ukprn,
    name = excluded.name,
    phase = excluded.phase,
    status = excluded.status,
    pupils = excluded.pupils,
    free_school_meals_percent = excluded.free_school_meals_percent,
    postcode = excluded.postcode,
    version = school.version + 1,
    changed_at = now()
WHERE
    (
        school.la_code, school.laestab, school.ukprn, school.name, school.phase,
        school.status, school.pupils, school.free_school_meals_percent, school.postcode
    ) IS DISTINCT FROM (
        excluded.la_code, excluded.laestab, excluded.ukprn, excluded.name,
        excluded.phase, excluded.status, excluded.pupils,
        excluded.free_school_meals_percent, excluded.postcode
    )
RETURNING school.school_id;

-- insert_identities
-- Note the URN of every school that has none noted yet.
INSERT INTO school_identity (la_code, school_id, urn)
SELECT s.la_code, s.school_id, s.urn
FROM school AS s
WHERE NOT EXISTS (SELECT FROM school_identity AS i
WHERE i.urn = s.urn);

-- upsert_people
-- Keep people as the document has them.
INSERT INTO person (subject, username, display_name, email)
SELECT e.subject, e.username, e.display_name, e.email
FROM
    jsonb_to_recordset(%(entries)s::jsonb)
        AS e (subject text, username text, display_name text, email text)
ON CONFLICT ON CONSTRAINT person_username_unique DO UPDATE
SET
    subject = excluded.subject,
    display_name = excluded.display_name,
    email = excluded.email,
    version = person.version + 1
WHERE
    (person.subject, person.display_name, person.email)
    IS DISTINCT FROM (excluded.subject, excluded.display_name, excluded.email);

-- upsert_clients
-- Keep clients as the document has them.
INSERT INTO client (client_id, name)
SELECT e.client_id, e.name
FROM jsonb_to_recordset(%(entries)s::jsonb) AS e (client_id text, name text)
ON CONFLICT (client_id) DO UPDATE SET name = excluded.name
WHERE client.name IS DISTINCT FROM excluded.name;

-- upsert_assignments
-- Keep assignments as the document has them; an unknown holder or school is refused.
INSERT INTO assignment (
    la_code, school_id, region_code, principal, role, from_on, to_on
)
SELECT
    coalesce(s.la_code, e.la_code) AS la_code, s.school_id,
    CASE WHEN e.urn IS NULL THEN e.region_code END AS region_code,
    coalesce(p.person_id::text, 'client:' || c.client_id, '') AS principal,
    e.role,
    e.from_on,
    e.to_on
FROM
    jsonb_to_recordset(%(entries)s::jsonb) AS e (
        username text, client_id text, role text, urn integer, la_code text,
        region_code text, from_on date, to_on date
    )
LEFT JOIN person AS p ON e.username = p.username
LEFT JOIN client AS c ON e.client_id = c.client_id
LEFT JOIN school AS s ON e.urn = s.urn
ON CONFLICT ON CONSTRAINT assignment_once_unique DO UPDATE
SET to_on = excluded.to_on
WHERE assignment.to_on IS DISTINCT FROM excluded.to_on;

-- list_recorded_schools
-- The full state of some schools, or of all in scope, in the order of their ids.
SELECT
    s.school_id, s.urn, s.laestab, s.ukprn, s.la_code, l.name AS la_name,
    l.region_code, s.name, s.phase, s.status, s.pupils,
    s.free_school_meals_percent, s.postcode, s.version
FROM school AS s
INNER JOIN local_authority AS l USING (la_code)
WHERE %(school_ids)s::uuid [] IS NULL OR s.school_id = ANY(%(school_ids)s::uuid [])
ORDER BY s.school_id;
