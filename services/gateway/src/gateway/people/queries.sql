-- list_people
-- A page of the people who hold or held a role where the caller may see it, by name.
SELECT
    p.person_id, p.display_name, p.email, p.invited_at, p.joined_at, p.home_la_code,
    p.home_school_id, h.urn AS home_school_urn, p.version
FROM person AS p
LEFT JOIN school AS h ON p.home_school_id = h.school_id
WHERE
    (
        %(text)s::text IS NULL
        OR strpos(lower(p.display_name), lower(%(text)s)) > 0
        OR strpos(lower(p.email), lower(%(text)s)) > 0
    )
    AND (
        %(is_wide)s::boolean
        OR p.person_id = ANY(
            array(
                SELECT a.person_id FROM assignment AS a
                WHERE
                    (
                        a.la_code = ANY(%(my_las)s::text [])
                        OR a.school_id = ANY(%(my_schools)s::uuid [])
                        OR a.person_id = %(me)s::uuid
                    )
                    AND (%(la_code)s::text IS NULL OR a.la_code = %(la_code)s)
                    AND (%(school_id)s::uuid IS NULL OR a.school_id = %(school_id)s)
                    AND (%(role)s::text IS NULL OR a.role = %(role)s)
                    AND (
                        %(state)s::text IS NULL OR %(state)s = 'left'
                        OR (
                            a.ended_at IS NULL
                            AND (a.to_on IS NULL OR a.to_on >= %(today)s::date)
                        )
                    )
            )
        )
    )
    AND (
        %(state)s::text IS DISTINCT FROM 'left'
        OR p.person_id <> ALL(
            array(
                SELECT a.person_id FROM assignment AS a
                WHERE
                    (
                        a.la_code = ANY(%(my_las)s::text [])
                        OR a.school_id = ANY(%(my_schools)s::uuid [])
                        OR a.person_id = %(me)s::uuid
                    )
                    AND a.person_id IS NOT NULL
                    AND (%(la_code)s::text IS NULL OR a.la_code = %(la_code)s)
                    AND (%(school_id)s::uuid IS NULL OR a.school_id = %(school_id)s)
                    AND (%(role)s::text IS NULL OR a.role = %(role)s)
                    AND a.ended_at IS NULL
                    AND (a.to_on IS NULL OR a.to_on >= %(today)s::date)
            )
        )
    )
    AND (
        %(state)s::text IS NULL OR %(state)s = 'left'
        OR (%(state)s = 'invited') = (p.invited_at IS NOT NULL AND p.joined_at IS NULL)
    )
    AND (
        %(after_name)s::text IS NULL
        OR (p.display_name, p.person_id) > (%(after_name)s, %(after_id)s::uuid)
    )
ORDER BY p.display_name, p.person_id
LIMIT %(page_size)s;

-- count_people
-- How many people a listing has in all.
SELECT count(*)::integer AS people
FROM person AS p
WHERE
    (
        %(text)s::text IS NULL
        OR strpos(lower(p.display_name), lower(%(text)s)) > 0
        OR strpos(lower(p.email), lower(%(text)s)) > 0
    )
    AND p.person_id = ANY(
        array(
            SELECT a.person_id FROM assignment AS a
            WHERE
                (
                    a.la_code = ANY(%(my_las)s::text [])
                    OR a.school_id = ANY(%(my_schools)s::uuid [])
                    OR a.person_id = %(me)s::uuid
                )
                AND (%(la_code)s::text IS NULL OR a.la_code = %(la_code)s)
                AND (%(school_id)s::uuid IS NULL OR a.school_id = %(school_id)s)
                AND (%(role)s::text IS NULL OR a.role = %(role)s)
                AND (
                    %(state)s::text IS NULL OR %(state)s = 'left'
                    OR (
                        a.ended_at IS NULL
                        AND (a.to_on IS NULL OR a.to_on >= %(today)s::date)
                    )
                )
        )
    )
    AND (
        %(state)s::text IS DISTINCT FROM 'left'
        OR p.person_id <> ALL(
            array(
                SELECT a.person_id FROM assignment AS a
                WHERE
                    (
                        a.la_code = ANY(%(my_las)s::text [])
                        OR a.school_id = ANY(%(my_schools)s::uuid [])
                        OR a.person_id = %(me)s::uuid
                    )
                    AND a.person_id IS NOT NULL
                    AND (%(la_code)s::text IS NULL OR a.la_code = %(la_code)s)
                    AND (%(school_id)s::uuid IS NULL OR a.school_id = %(school_id)s)
                    AND (%(role)s::text IS NULL OR a.role = %(role)s)
                    AND a.ended_at IS NULL
                    AND (a.to_on IS NULL OR a.to_on >= %(today)s::date)
            )
        )
    )
    AND (
        %(state)s::text IS NULL OR %(state)s = 'left'
        OR (%(state)s = 'invited') = (p.invited_at IS NOT NULL AND p.joined_at IS NULL)
    );

-- get_person
-- Read a person whom the caller may see.
SELECT
    p.person_id, p.display_name, p.email, p.invited_at, p.joined_at, p.home_la_code,
    p.home_school_id, h.urn AS home_school_urn, p.version
FROM person AS p
LEFT JOIN school AS h ON p.home_school_id = h.school_id
WHERE p.person_id = %(person_id)s;

-- get_person_by_email
-- Read the person of an address, where the caller may see them.
SELECT
    p.person_id, p.display_name, p.email, p.invited_at, p.joined_at, p.home_la_code,
    p.home_school_id, h.urn AS home_school_urn, p.version
FROM person AS p
LEFT JOIN school AS h ON p.home_school_id = h.school_id
WHERE p.email_key = lower(%(email)s);

-- list_people_of_emails
-- The people of some addresses, where the caller may see them.
SELECT
    p.person_id, p.display_name, p.email, p.invited_at, p.joined_at, p.home_la_code,
    p.home_school_id, h.urn AS home_school_urn, p.version
FROM person AS p
LEFT JOIN school AS h ON p.home_school_id = h.school_id
WHERE p.email_key = ANY(%(email_keys)s::text []);

-- list_assignments
-- The roles of some people that the caller may see: those that stand first.
SELECT
    a.assignment_id, a.person_id, a.role, a.la_code, l.name AS la_name, a.school_id,
    s.urn AS school_urn, s.name AS school_name, a.region_code, a.from_on, a.to_on,
    a.ended_at, a.assigned_at, g.display_name AS assigned_by, a.deputises_for,
    d.display_name AS deputises_for_name, a.version
FROM assignment AS a
LEFT JOIN local_authority AS l ON a.la_code = l.la_code
LEFT JOIN school AS s ON a.school_id = s.school_id
LEFT JOIN person AS g ON a.assigned_by = g.person_id
LEFT JOIN person AS d ON a.deputises_for = d.person_id
WHERE a.person_id = ANY(%(person_ids)s::uuid [])
ORDER BY
    a.ended_at IS NOT NULL, a.school_id IS NOT NULL, s.name, a.role, a.from_on DESC,
    a.assignment_id;

-- list_places
-- The schools of some URNs, and those of some LAs that the caller is of or works in.
SELECT s.la_code, l.name AS la_name, s.school_id, i.urn, s.name AS school_name
FROM school_identity AS i
INNER JOIN school AS s ON i.school_id = s.school_id
INNER JOIN local_authority AS l ON s.la_code = l.la_code
WHERE i.urn = ANY(%(urns)s::integer [])
UNION ALL
SELECT
    l.la_code, l.name AS la_name, NULL AS school_id, NULL AS urn, NULL AS school_name
FROM local_authority AS l
WHERE
    l.la_code = ANY(%(la_codes)s::text [])
    AND (
        l.la_code = ANY(%(my_las)s::text [])
        OR EXISTS (
            SELECT FROM school AS s
            WHERE s.la_code = l.la_code AND s.school_id = ANY(%(my_schools)s::uuid [])
        )
    );

-- insert_person
-- Invite somebody who is kept at a place.
INSERT INTO person (
    username, display_name, email, invited_at, home_la_code, home_school_id
) VALUES (
    lower(%(email)s), %(display_name)s, %(email)s, clock_timestamp(), %(la_code)s,
    %(school_id)s
)
RETURNING person_id;

-- insert_people
-- Invite many; whose address somebody has is left out.
INSERT INTO person (
    username, display_name, email, invited_at, home_la_code, home_school_id
)
SELECT
    e.email_key, e.display_name, e.email, clock_timestamp(), e.la_code, e.school_id
FROM
    jsonb_to_recordset(%(entries)s::jsonb) AS e (
        email_key text, display_name text, email text, la_code text, school_id uuid
    )
ON CONFLICT DO NOTHING
RETURNING person_id, email_key;

-- update_person
-- Give somebody another name or address; who never came is invited at the new one.
UPDATE person SET
    display_name = %(display_name)s,
    email = %(email)s,
    username = CASE WHEN username = email_key THEN lower(%(email)s) ELSE username END,
    invited_at = CASE
        WHEN joined_at IS NULL AND email_key <> lower(%(email)s) AND invited_at IS NOT NULL
            THEN clock_timestamp()
        ELSE invited_at
    END,
    version = version + 1
WHERE person_id = %(person_id)s AND version = %(version)s
RETURNING person_id;

-- set_homes
-- Let people be kept elsewhere.
UPDATE person AS p SET home_la_code = e.la_code, home_school_id = e.school_id
FROM
    jsonb_to_recordset(%(entries)s::jsonb) AS e (
        person_id uuid, la_code text, school_id uuid
    )
WHERE p.person_id = e.person_id;

-- invite_again
-- Ask for another invitation.
UPDATE person SET invited_at = clock_timestamp(), version = version + 1
WHERE person_id = %(person_id)s AND joined_at IS NULL
RETURNING person_id;

-- insert_assignments
-- Give people roles.
INSERT INTO assignment (
    la_code, school_id, principal, role, from_on, to_on, deputises_for, assigned_by
)
SELECT
    e.la_code, e.school_id, e.person_id::text, e.role, e.from_on, e.to_on,
    e.deputises_for, %(giver_id)s
FROM
    jsonb_to_recordset(%(entries)s::jsonb) AS e (
        person_id uuid, la_code text, school_id uuid, role text, from_on date,
        to_on date, deputises_for uuid
    )
RETURNING assignment_id;

-- update_assignment
-- Give a role other days, unless another change came first.
UPDATE assignment SET
    from_on = %(from_on)s,
    to_on = %(to_on)s,
    version = version + 1
WHERE
    assignment_id = %(assignment_id)s AND version = %(version)s AND ended_at IS NULL
RETURNING assignment_id;

-- end_assignments
-- End roles at once; those that have ended stay as they were.
UPDATE assignment SET ended_at = clock_timestamp(), version = version + 1
WHERE assignment_id = ANY(%(assignment_ids)s::uuid []) AND ended_at IS NULL
RETURNING assignment_id;

-- lock_authorities
-- Let nobody else take managers from some LAs until this is over.
SELECT la_code FROM local_authority
WHERE la_code = ANY(%(la_codes)s::text [])
ORDER BY la_code
FOR NO KEY UPDATE;

-- list_administered
-- Which of some LAs have a manager on a day, without some of their roles.
SELECT DISTINCT a.la_code
FROM assignment AS a
INNER JOIN person AS p ON a.person_id = p.person_id
WHERE
    a.la_code = ANY(%(la_codes)s::text []) AND a.school_id IS NULL
    AND a.role = 'la-manager' AND a.ended_at IS NULL
    AND a.assignment_id <> ALL(%(without)s::uuid [])
    AND %(on_day)s::date >= a.from_on
    AND (a.to_on IS NULL OR %(on_day)s::date <= a.to_on)
    AND (p.invited_at IS NULL OR p.joined_at IS NOT NULL);
