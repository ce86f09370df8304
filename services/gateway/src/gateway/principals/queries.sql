-- list_held_grants
-- What a principal is today: each role with its LAs (those of a region, too) and schools.
SELECT
    a.role,
    coalesce(
        array_agg(DISTINCT l.la_code) FILTER (WHERE l.la_code IS NOT NULL), '{}'
    ) AS la_codes,
    coalesce(
        array_agg(DISTINCT a.school_id) FILTER (WHERE a.school_id IS NOT NULL), '{}'
    ) AS school_ids
FROM assignment AS a
LEFT JOIN local_authority AS l
    ON
        a.school_id IS NULL
        AND (a.la_code = l.la_code OR a.region_code = l.region_code)
WHERE
    a.principal = %(principal)s
    AND a.ended_at IS NULL
    AND a.from_on <= (now() AT TIME ZONE 'Europe/London')::date
    AND (a.to_on IS NULL OR a.to_on >= (now() AT TIME ZONE 'Europe/London')::date)
GROUP BY a.role
ORDER BY a.role;

-- get_person_by_subject
-- Read the person whom Keycloak calls by this subject.
SELECT person_id, username, display_name, email, version
FROM person
WHERE subject = %(subject)s;

-- get_client
-- Read a client.
SELECT client_id, name FROM client
WHERE client_id = %(client_id)s;

-- note_joined
-- Note when somebody signed in for the first time.
UPDATE person SET joined_at = clock_timestamp()
WHERE person_id = %(person_id)s AND joined_at IS NULL;
