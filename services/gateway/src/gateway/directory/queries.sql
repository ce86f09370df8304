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
    s.free_school_meals_percent, s.postcode, s.version, s.establishment_type,
    s.district, s.ward, s.town, s.easting, s.northing, s.capacity, s.low_age,
    s.high_age, s.gender, s.religious_character, s.trust, s.federation, s.opened_on,
    s.closed_on
FROM school AS s
INNER JOIN local_authority AS l USING (la_code)
WHERE
    (%(la_code)s::text IS NULL OR s.la_code = %(la_code)s)
    AND (%(phase)s::text IS NULL OR s.phase = %(phase)s)
    AND (%(status)s::text IS NULL OR s.status = %(status)s)
    AND (%(district)s::text IS NULL OR s.district = %(district)s)
    AND (%(grouping)s::text IS NULL OR %(grouping)s IN (s.trust, s.federation))
    AND (
        %(after_name)s::text IS NULL
        OR (s.name, s.urn) > (%(after_name)s, %(after_urn)s::integer)
    )
ORDER BY s.name, s.urn
LIMIT %(page_size)s;

-- search_schools
-- A page of the schools in scope that bear every word asked for, by name.
SELECT
    s.school_id, s.urn, s.laestab, s.ukprn, s.la_code, l.name AS la_name,
    l.region_code, s.name, s.phase, s.status, s.pupils,
    s.free_school_meals_percent, s.postcode, s.version, s.establishment_type,
    s.district, s.ward, s.town, s.easting, s.northing, s.capacity, s.low_age,
    s.high_age, s.gender, s.religious_character, s.trust, s.federation, s.opened_on,
    s.closed_on
FROM school AS s
INNER JOIN local_authority AS l USING (la_code)
WHERE
    s.school_id IN (
        SELECT w.school_id
        FROM school_word AS w
        WHERE
            w.word >= %(longest)s::text
            AND w.word < %(longest)s::text || U&'\+10FFFF'
            AND NOT EXISTS (
                SELECT FROM unnest(%(others)s::text []) AS o (word)
                WHERE
                    NOT EXISTS (
                        SELECT FROM school_word AS x
                        WHERE
                            x.la_code = w.la_code AND x.school_id = w.school_id
                            AND o.word <= x.word AND o.word || U&'\+10FFFF' > x.word
                    )
            )
    )
    AND (%(la_code)s::text IS NULL OR s.la_code = %(la_code)s)
    AND (%(phase)s::text IS NULL OR s.phase = %(phase)s)
    AND (%(status)s::text IS NULL OR s.status = %(status)s)
    AND (%(district)s::text IS NULL OR s.district = %(district)s)
    AND (%(grouping)s::text IS NULL OR %(grouping)s IN (s.trust, s.federation))
    AND (
        %(after_name)s::text IS NULL
        OR (s.name, s.urn) > (%(after_name)s, %(after_urn)s::integer)
    )
ORDER BY s.name, s.urn
LIMIT %(page_size)s;

-- find_schools
-- The schools in scope that bear every word asked for: the likeliest, and how many.
SELECT w.school_id, (count(*) OVER ())::integer AS total
FROM school_word AS w
WHERE
    w.word >= %(longest)s::text AND w.word < %(longest)s::text || U&'\+10FFFF'
    AND NOT EXISTS (
        SELECT FROM unnest(%(others)s::text []) AS o (word)
        WHERE
            NOT EXISTS (
                SELECT FROM school_word AS x
                WHERE
                    x.la_code = w.la_code AND x.school_id = w.school_id
                    AND o.word <= x.word AND o.word || U&'\+10FFFF' > x.word
            )
    )
GROUP BY w.school_id
ORDER BY
    max(CASE WHEN w.word = %(longest)s THEN 2 ELSE 1 END + w.is_name::integer) DESC, w.school_id
LIMIT 100;

-- find_schools_nearly
-- The schools in scope whose words fit a pattern for each word asked for.
SELECT w.school_id, (count(*) OVER ())::integer AS total
FROM
    unnest(
        %(nths)s::integer [], %(starts)s::text [], %(patterns)s::text []
    ) AS a (nth, begins, pattern)
INNER JOIN school_word AS w
    ON
        a.begins <= w.word AND a.begins || U&'\+10FFFF' > w.word
        AND w.word LIKE a.pattern
GROUP BY w.school_id
HAVING bit_or(1::bigint << a.nth) = %(every_bit)s::bigint
ORDER BY w.school_id
LIMIT 100;

-- list_found_schools
-- The schools in scope of some ids, those that are open first.
SELECT
    s.school_id, s.urn, s.laestab, s.ukprn, s.la_code, l.name AS la_name,
    l.region_code, s.name, s.phase, s.status, s.pupils,
    s.free_school_meals_percent, s.postcode, s.version, s.establishment_type,
    s.district, s.ward, s.town, s.easting, s.northing, s.capacity, s.low_age,
    s.high_age, s.gender, s.religious_character, s.trust, s.federation, s.opened_on,
    s.closed_on
FROM school AS s
INNER JOIN local_authority AS l USING (la_code)
WHERE s.school_id = ANY(%(school_ids)s::uuid [])
ORDER BY
    s.status = 'closed', NOT starts_with(lower(s.name), lower(%(written)s::text)),
    s.name, s.urn
LIMIT %(page_size)s;

-- list_schools_of_urns
-- The schools in scope that have or had some URNs.
SELECT
    s.school_id, s.urn, s.laestab, s.ukprn, s.la_code, l.name AS la_name,
    l.region_code, s.name, s.phase, s.status, s.pupils,
    s.free_school_meals_percent, s.postcode, s.version, s.establishment_type,
    s.district, s.ward, s.town, s.easting, s.northing, s.capacity, s.low_age,
    s.high_age, s.gender, s.religious_character, s.trust, s.federation, s.opened_on,
    s.closed_on
FROM school_identity AS i
INNER JOIN school AS s USING (school_id)
INNER JOIN local_authority AS l ON s.la_code = l.la_code
WHERE i.urn = ANY(%(urns)s::integer []);

-- get_school
-- Read a school by a URN that it has or had.
SELECT
    s.school_id, s.urn, s.laestab, s.ukprn, s.la_code, l.name AS la_name,
    l.region_code, s.name, s.phase, s.status, s.pupils,
    s.free_school_meals_percent, s.postcode, s.version, s.establishment_type,
    s.district, s.ward, s.town, s.easting, s.northing, s.capacity, s.low_age,
    s.high_age, s.gender, s.religious_character, s.trust, s.federation, s.opened_on,
    s.closed_on
FROM school_identity AS i
INNER JOIN school AS s USING (school_id)
INNER JOIN local_authority AS l ON s.la_code = l.la_code
WHERE i.urn = %(urn)s;

-- list_groupings
-- A page of the trusts and federations that schools in scope belong to, by name.
SELECT
    g.kind, g.name, count(*)::integer AS schools,
    array_agg(DISTINCT s.la_code ORDER BY s.la_code) AS la_codes
FROM school AS s,
    LATERAL (VALUES ('trust', s.trust), ('federation', s.federation)) AS g (kind, name)
WHERE
    g.name IS NOT NULL AND s.status <> 'closed'
    AND (%(kind)s::text IS NULL OR g.kind = %(kind)s)
    AND (
        %(after_name)s::text IS NULL
        OR (g.name, g.kind) > (%(after_name)s, %(after_kind)s)
    )
GROUP BY g.kind, g.name
ORDER BY g.name, g.kind
LIMIT %(page_size)s;

-- list_school_urns
-- Every URN that a school has or had, the newest first.
SELECT i.urn, i.from_on, i.to_on, i.urn = s.urn AS is_present
FROM school_identity AS i
INNER JOIN school AS s USING (school_id)
WHERE i.school_id = %(school_id)s
ORDER BY i.urn = s.urn DESC, i.to_on DESC NULLS LAST, i.urn DESC;

-- list_school_past
-- What a school was called before, the newest first.
SELECT
    p.urn, p.laestab, p.past_la_code, l.name AS past_la_name, p.name, p.until_on, p.reason
FROM school_past AS p
LEFT JOIN local_authority AS l ON p.past_la_code = l.la_code
WHERE p.school_id = %(school_id)s
ORDER BY p.until_on DESC NULLS LAST, p.past_id DESC;

-- list_school_links
-- The other schools that a school came from or went into.
SELECT k.urn, k.other_urn, k.relation, k.kind, k.linked_on, s.name AS other_name
FROM school_link AS k
LEFT JOIN school_identity AS i ON k.other_urn = i.urn
LEFT JOIN school AS s ON i.school_id = s.school_id
WHERE k.school_id = %(school_id)s
ORDER BY k.linked_on DESC NULLS LAST, k.other_urn;

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
    free_school_meals_percent, postcode, establishment_type, district, ward, town,
    easting, northing, capacity, low_age, high_age, gender, trust, federation
)
SELECT
    e.la_code, e.urn, e.laestab, e.ukprn, e.name, e.phase, e.status, e.pupils,
    e.free_school_meals_percent, e.postcode, e.establishment_type, e.district, e.ward,
    e.town, e.easting, e.northing, e.capacity, e.low_age, e.high_age, e.gender, e.trust,
    e.federation
FROM
    jsonb_to_recordset(%(entries)s::jsonb) AS e (
        la_code text, urn integer, laestab text, ukprn text, name text, phase text,
        status text, pupils integer, free_school_meals_percent numeric, postcode text,
        establishment_type text, district text, ward text, town text, easting integer,
        northing integer, capacity integer, low_age integer, high_age integer,
        gender text, trust text, federation text
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
    establishment_type = excluded.establishment_type,
    district = excluded.district,
    ward = excluded.ward,
    town = excluded.town,
    easting = excluded.easting,
    northing = excluded.northing,
    capacity = excluded.capacity,
    low_age = excluded.low_age,
    high_age = excluded.high_age,
    gender = excluded.gender,
    trust = excluded.trust,
    federation = excluded.federation,
    version = school.version + 1,
    changed_at = now()
WHERE
    (
        school.la_code, school.laestab, school.ukprn, school.name, school.phase,
        school.status, school.pupils, school.free_school_meals_percent, school.postcode,
        school.establishment_type, school.district, school.ward, school.town,
        school.easting, school.northing, school.capacity, school.low_age,
        school.high_age, school.gender, school.trust, school.federation
    ) IS DISTINCT FROM (
        excluded.la_code, excluded.laestab, excluded.ukprn, excluded.name,
        excluded.phase, excluded.status, excluded.pupils,
        excluded.free_school_meals_percent, excluded.postcode,
        excluded.establishment_type, excluded.district, excluded.ward, excluded.town,
        excluded.easting, excluded.northing, excluded.capacity, excluded.low_age,
        excluded.high_age, excluded.gender, excluded.trust, excluded.federation
    )
RETURNING
school.school_id,
CASE WHEN old.la_code <> new.la_code THEN old.la_code END AS old_la_code;

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

-- await_changes
-- Bring nobody to the sign-on who was loaded, until somebody changes them.
UPDATE person_provisioning AS d SET next_attempt_at = 'infinity'
FROM person AS p
WHERE
    d.person_id = p.person_id AND p.username = ANY(%(usernames)s::text [])
    AND p.invited_at IS NULL AND d.done_version = 0 AND d.attempts = 0;

-- upsert_clients
-- Keep clients as the document has them.
INSERT INTO client (client_id, name, scopes, requests_per_minute)
SELECT e.client_id, e.name, e.scopes, e.requests_per_minute
FROM jsonb_to_recordset(%(entries)s::jsonb) AS e (
    client_id text, name text, scopes text [], requests_per_minute integer
)
ON CONFLICT (client_id) DO UPDATE SET
    name = excluded.name,
    scopes = excluded.scopes,
    requests_per_minute = excluded.requests_per_minute
WHERE
    (client.name, client.scopes, client.requests_per_minute)
    IS DISTINCT FROM
    (excluded.name, excluded.scopes, excluded.requests_per_minute);

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
WHERE
    NOT EXISTS (
        SELECT FROM assignment AS a
        WHERE
            a.principal = coalesce(p.person_id::text, 'client:' || c.client_id)
            AND a.role = e.role AND a.from_on = e.from_on
            AND a.la_code IS NOT DISTINCT FROM coalesce(s.la_code, e.la_code)
            AND a.school_id IS NOT DISTINCT FROM s.school_id
            AND a.region_code IS NOT DISTINCT FROM e.region_code
            AND a.ended_at IS NOT NULL
    )
ON CONFLICT (la_code, school_id, region_code, principal, role, from_on)
WHERE ended_at IS NULL DO UPDATE
SET to_on = excluded.to_on, version = assignment.version + 1
WHERE assignment.to_on IS DISTINCT FROM excluded.to_on;

-- settle_homes
-- Let people be kept by the smallest place that holds all roles they have or will have.
UPDATE person AS p SET
    home_la_code = h.la_code,
    home_school_id = h.school_id
FROM (
    SELECT
        a.person_id,
        CASE
            WHEN count(DISTINCT a.la_code) = 1 AND bool_and(a.la_code IS NOT NULL)
                THEN min(a.la_code)
        END AS la_code,
        CASE
            WHEN
                count(DISTINCT a.la_code) = 1 AND count(DISTINCT a.school_id) = 1
                AND bool_and(a.school_id IS NOT NULL)
                THEN (array_agg(a.school_id))[1]
        END AS school_id
    FROM assignment AS a
    WHERE
        a.ended_at IS NULL
        AND a.person_id IN (
            SELECT b.person_id FROM assignment AS b
            WHERE b.school_id = ANY(%(school_ids)s::uuid [])
            UNION ALL
            SELECT n.person_id FROM person AS n
            WHERE n.username = ANY(%(usernames)s::text [])
        )
    GROUP BY a.person_id
) AS h
WHERE
    h.person_id = p.person_id
    AND (
        p.home_la_code IS NULL
        OR p.home_la_code IS DISTINCT FROM h.la_code
        OR (p.home_school_id IS NOT NULL AND p.home_school_id IS DISTINCT FROM h.school_id)
    )
    AND (p.home_la_code, p.home_school_id) IS DISTINCT FROM (h.la_code, h.school_id);

-- list_school_ids
-- Every school in scope, in the order of their ids.
SELECT school_id FROM school
ORDER BY school_id;

-- list_recorded_schools
-- The full state of some schools, in the order of their ids.
SELECT
    s.school_id, s.urn, s.laestab, s.ukprn, s.la_code, l.name AS la_name,
    l.region_code, s.name, s.phase, s.status, s.pupils,
    s.free_school_meals_percent, s.postcode, s.version, s.establishment_type,
    s.district, s.ward, s.town, s.easting, s.northing, s.capacity, s.low_age,
    s.high_age, s.gender, s.religious_character, s.trust, s.federation, s.opened_on,
    s.closed_on
FROM
    unnest(%(school_ids)s::uuid []) AS a (school_id)
CROSS JOIN LATERAL (
    SELECT
        o.school_id, o.urn, o.laestab, o.ukprn, o.la_code, o.name, o.phase,
        o.status, o.pupils, o.free_school_meals_percent, o.postcode,
        o.version, o.establishment_type, o.district, o.ward, o.town,
        o.easting, o.northing, o.capacity, o.low_age, o.high_age, o.gender,
        o.religious_character, o.trust, o.federation, o.opened_on, o.closed_on
    FROM school AS o
    WHERE o.school_id = a.school_id
    OFFSET 0 -- noqa: AM09
) AS s
CROSS JOIN LATERAL (
    SELECT o.name, o.region_code FROM local_authority AS o
    WHERE o.la_code = s.la_code
    OFFSET 0 -- noqa: AM09
) AS l
ORDER BY s.school_id;

-- list_earlier_urns
-- The URNs that some schools had before the present one.
SELECT a.school_id, i.urn
FROM
    unnest(%(school_ids)s::uuid []) AS a (school_id)
CROSS JOIN LATERAL (
    SELECT o.urn FROM school AS o
    WHERE o.school_id = a.school_id
    OFFSET 0 -- noqa: AM09
) AS s
CROSS JOIN LATERAL (
    SELECT o.urn FROM school_identity AS o
    WHERE o.school_id = a.school_id AND o.urn <> s.urn
    OFFSET 0 -- noqa: AM09
) AS i
ORDER BY a.school_id, i.urn;

-- move_identities
-- Let the URNs of schools that moved follow them to their LA.
UPDATE school_identity AS i SET
    la_code = (SELECT s.la_code FROM school AS s
    WHERE s.school_id = i.school_id)
WHERE i.school_id = ANY(%(school_ids)s::uuid []);

-- move_past
-- Let the history of schools that moved follow them to their LA.
UPDATE school_past AS p SET
    la_code = (SELECT s.la_code FROM school AS s
    WHERE s.school_id = p.school_id)
WHERE p.school_id = ANY(%(school_ids)s::uuid []);

-- move_links
-- Let the links of schools that moved follow them to their LA.
UPDATE school_link AS k SET
    la_code = (SELECT s.la_code FROM school AS s
    WHERE s.school_id = k.school_id)
WHERE k.school_id = ANY(%(school_ids)s::uuid []);
