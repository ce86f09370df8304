-- list_clients
-- A page of the clients of some LAs: those that were withdrawn last, the rest by name.
SELECT
    c.api_client_id, c.la_code, l.name AS la_name, c.name, c.contact, c.scopes,
    CASE
        WHEN NOT c.is_of_whole_la THEN array(
            SELECT s.urn
            FROM api_client_school AS a
            INNER JOIN school AS s ON a.school_id = s.school_id
            WHERE
                a.api_client_id = c.api_client_id AND a.client_la_code = c.la_code
                AND a.la_code = c.place_la_code
            ORDER BY s.urn
        )
    END AS school_urns,
    c.is_sandbox, c.requests_per_minute, c.made_at,
    p.display_name AS made_by, c.withdrawn_at,
    (
        SELECT max(k.last_used_at) FROM api_credential AS k
        WHERE k.la_code = c.la_code AND k.api_client_id = c.api_client_id
    ) AS last_used_at,
    c.version
FROM api_client AS c
INNER JOIN local_authority AS l ON c.la_code = l.la_code
LEFT JOIN person AS p ON c.made_by = p.person_id
WHERE
    c.la_code = ANY(%(la_codes)s::text [])
    AND (
        %(after_id)s::uuid IS NULL
        OR (c.withdrawn_at IS NOT NULL, lower(c.name), c.api_client_id)
        > (%(after_withdrawn)s::boolean, %(after_name)s::text, %(after_id)s::uuid)
    )
ORDER BY c.withdrawn_at IS NOT NULL, lower(c.name), c.api_client_id
LIMIT %(page_size)s;

-- get_client
-- Read a client of the scope.
SELECT
    c.api_client_id, c.la_code, l.name AS la_name, c.name, c.contact, c.scopes,
    CASE
        WHEN NOT c.is_of_whole_la THEN array(
            SELECT s.urn
            FROM api_client_school AS a
            INNER JOIN school AS s ON a.school_id = s.school_id
            WHERE
                a.api_client_id = c.api_client_id AND a.client_la_code = c.la_code
                AND a.la_code = c.place_la_code
            ORDER BY s.urn
        )
    END AS school_urns,
    c.is_sandbox, c.requests_per_minute, c.made_at,
    p.display_name AS made_by, c.withdrawn_at,
    (
        SELECT max(k.last_used_at) FROM api_credential AS k
        WHERE k.la_code = c.la_code AND k.api_client_id = c.api_client_id
    ) AS last_used_at,
    c.version
FROM api_client AS c
INNER JOIN local_authority AS l ON c.la_code = l.la_code
LEFT JOIN person AS p ON c.made_by = p.person_id
WHERE c.api_client_id = %(api_client_id)s AND c.la_code = ANY(%(la_codes)s::text []);

-- list_credentials
-- The credentials of some clients, the newest first.
SELECT
    k.api_client_id, k.client_id, k.made_at, k.ends_at, k.kept_at, k.last_used_at
FROM api_credential AS k
WHERE
    k.la_code = ANY(%(la_codes)s::text [])
    AND k.api_client_id = ANY(%(api_client_ids)s::uuid [])
ORDER BY k.made_at DESC, k.credential_id DESC;

-- count_clients
-- How many clients an LA has that were not withdrawn.
SELECT count(*)::integer AS clients FROM api_client
WHERE la_code = %(la_code)s AND withdrawn_at IS NULL;

-- lock_authority
-- Let nobody else make clients of an LA until this is over.
SELECT la_code FROM local_authority
WHERE la_code = %(la_code)s
FOR NO KEY UPDATE;

-- list_client_schools
-- Find those schools of an LA that are named by a present URN.
SELECT school_id, urn FROM school
WHERE la_code = %(la_code)s AND urn = ANY(%(urns)s::integer []);

-- insert_client
-- Keep a new client and return its id.
INSERT INTO api_client (
    la_code, name, contact, scopes, place_la_code, is_of_whole_la, is_sandbox,
    requests_per_minute, made_by
) VALUES (
    %(la_code)s, %(name)s, %(contact)s, %(scopes)s::text [], %(place_la_code)s,
    %(is_of_whole_la)s, %(is_sandbox)s, %(requests_per_minute)s, %(made_by)s
)
RETURNING api_client_id;

-- update_client
-- Store a client's next version, unless another change came first.
UPDATE api_client SET
    name = %(name)s,
    contact = %(contact)s,
    scopes = %(scopes)s::text [],
    is_of_whole_la = %(is_of_whole_la)s,
    requests_per_minute = %(requests_per_minute)s,
    version = version + 1
WHERE
    la_code = %(la_code)s AND api_client_id = %(api_client_id)s
    AND version = %(version)s
RETURNING api_client_id;

-- withdraw_client
-- Withdraw a client for good, unless another change came first.
UPDATE api_client SET withdrawn_at = clock_timestamp(), version = version + 1
WHERE
    la_code = %(la_code)s AND api_client_id = %(api_client_id)s
    AND version = %(version)s AND withdrawn_at IS NULL
RETURNING api_client_id;

-- touch_client
-- Let a client be at its next version, unless another change came first.
UPDATE api_client SET version = version + 1
WHERE
    la_code = %(la_code)s AND api_client_id = %(api_client_id)s
    AND version = %(version)s
RETURNING api_client_id;

-- delete_client_schools
-- Let a client work in none of its schools.
DELETE FROM api_client_school
WHERE client_la_code = %(la_code)s AND api_client_id = %(api_client_id)s;

-- insert_client_schools
-- Let a client work in some schools of an LA.
INSERT INTO api_client_school (la_code, school_id, client_la_code, api_client_id)
SELECT %(place_la_code)s, s.school_id, %(la_code)s, %(api_client_id)s
FROM unnest(%(school_ids)s::uuid []) AS s (school_id);

-- insert_credential
-- Keep a client id whose secret Keycloak is yet to be told.
INSERT INTO api_credential (la_code, api_client_id, client_id, sealed_secret)
VALUES (%(la_code)s, %(api_client_id)s, %(client_id)s, %(sealed_secret)s);

-- end_credentials
-- End a client's credentials: the newest after the overlap, the others now.
UPDATE api_credential AS k SET
    ends_at = least(
        k.ends_at,
        CASE
            WHEN k.credential_id = n.credential_id
                THEN clock_timestamp() + %(overlap)s::interval
            ELSE clock_timestamp()
        END
    ),
    next_attempt_at = clock_timestamp()
FROM (
    SELECT o.credential_id FROM api_credential AS o
    WHERE o.la_code = %(la_code)s AND o.api_client_id = %(api_client_id)s
    ORDER BY o.made_at DESC, o.credential_id DESC
    LIMIT 1
) AS n
WHERE
    k.la_code = %(la_code)s AND k.api_client_id = %(api_client_id)s
    AND (k.ends_at IS NULL OR k.ends_at > clock_timestamp())
RETURNING k.client_id;

-- claim_due
-- Take up credentials that Keycloak is to learn of or forget; again after a pause.
UPDATE api_credential AS k SET
    attempts = k.attempts + 1,
    next_attempt_at = clock_timestamp()
    + least(power(2, least(k.attempts, 8)) * 10, 300) * interval '1 second'
FROM (
    SELECT d.la_code, d.credential_id FROM api_credential AS d
    WHERE
        d.next_attempt_at <= clock_timestamp()
        AND (
            (d.kept_at IS NULL AND d.ends_at IS NULL)
            OR (d.ends_at <= clock_timestamp() AND d.removed_at IS NULL)
            OR (d.kept_at IS NULL AND d.ends_at > clock_timestamp())
        )
    ORDER BY d.next_attempt_at
    LIMIT %(batch)s
    FOR UPDATE SKIP LOCKED
) AS due
WHERE k.la_code = due.la_code AND k.credential_id = due.credential_id
RETURNING
    k.la_code, k.credential_id, k.client_id, k.sealed_secret,
    (k.ends_at IS NOT NULL AND k.ends_at <= clock_timestamp()) AS is_over;

-- note_kept
-- Keycloak knows a credential; it has to be removed, even if it was before it came there.
UPDATE api_credential SET
    kept_at = clock_timestamp(),
    removed_at = NULL,
    sealed_secret = NULL,
    attempts = 0,
    next_attempt_at = coalesce(ends_at, clock_timestamp())
WHERE la_code = %(la_code)s AND credential_id = %(credential_id)s;

-- note_removed
-- Note that Keycloak knows a credential no longer.
UPDATE api_credential SET removed_at = clock_timestamp(), sealed_secret = NULL
WHERE la_code = %(la_code)s AND credential_id = %(credential_id)s;
