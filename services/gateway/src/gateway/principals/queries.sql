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
-- Read the operator's client of an id, or the LA's whose credential of it is good.
SELECT
    o.client_id, 'client:' || o.client_id AS principal, true AS is_operators,
    o.scopes, '{}'::text [] AS la_codes, '{}'::uuid [] AS school_ids,
    o.requests_per_minute
FROM client AS o
WHERE o.client_id = %(client_id)s
UNION ALL
SELECT
    k.client_id, 'client:' || c.api_client_id::text AS principal, false AS is_operators,
    c.scopes,
    CASE WHEN c.is_of_whole_la THEN ARRAY[c.place_la_code] ELSE '{}' END AS la_codes,
    array(
        SELECT a.school_id FROM api_client_school AS a
        WHERE
            a.client_la_code = c.la_code AND a.api_client_id = c.api_client_id
            AND a.la_code = c.place_la_code AND NOT c.is_of_whole_la
        ORDER BY a.school_id
    ) AS school_ids,
    c.requests_per_minute
FROM api_credential AS k
INNER JOIN api_client AS c
    ON k.la_code = c.la_code AND k.api_client_id = c.api_client_id
WHERE
    k.client_id = %(client_id)s
    AND c.withdrawn_at IS NULL
    AND (k.ends_at IS NULL OR k.ends_at > clock_timestamp());

-- note_joined
-- Note when somebody signed in for the first time.
UPDATE person SET joined_at = clock_timestamp()
WHERE person_id = %(person_id)s AND joined_at IS NULL;
