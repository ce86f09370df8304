-- insert_notice
-- Write a notice and return its id.
INSERT INTO notice (
    la_code, title, body, tone, roles, phases, school_ids, from_on, to_on, author_id
) VALUES (
    %(la_code)s, %(title)s, %(body)s, %(tone)s, %(roles)s::text [], %(phases)s::text [],
    %(school_ids)s::uuid [], %(from_on)s, %(to_on)s, %(author_id)s
)
RETURNING notice_id;

-- get_notice
-- Read a notice of the scope.
SELECT
    n.notice_id, n.la_code, n.title, n.body, n.tone, n.roles, n.phases,
    array(
        SELECT s.urn FROM school AS s
        WHERE s.school_id = ANY(n.school_ids)
        ORDER BY s.urn
    ) AS school_urns,
    n.from_on, n.to_on, n.state, n.version, n.created_at, n.changed_at
FROM notice AS n
WHERE n.notice_id = %(notice_id)s;

-- update_notice
-- Store a notice's next version, unless another change came first.
UPDATE notice SET
    title = %(title)s,
    body = %(body)s,
    tone = %(tone)s,
    roles = %(roles)s::text [],
    phases = %(phases)s::text [],
    school_ids = %(school_ids)s::uuid [],
    from_on = %(from_on)s,
    to_on = %(to_on)s,
    state = %(state)s,
    version = version + 1,
    changed_at = clock_timestamp()
WHERE notice_id = %(notice_id)s AND version = %(version)s
RETURNING notice_id;

-- list_notices
-- A page of the notices of the LAs in scope, the newest first.
SELECT
    n.notice_id, n.la_code, n.title, n.body, n.tone, n.roles, n.phases,
    array(
        SELECT s.urn FROM school AS s
        WHERE s.school_id = ANY(n.school_ids)
        ORDER BY s.urn
    ) AS school_urns,
    n.from_on, n.to_on, n.state, n.version, n.created_at, n.changed_at
FROM notice AS n
WHERE
    n.la_code = ANY(%(la_codes)s::text [])
    AND (%(after_id)s::uuid IS NULL OR n.notice_id < %(after_id)s::uuid)
ORDER BY n.notice_id DESC
LIMIT %(page_size)s;

-- list_shown_notices
-- The notices that are for somebody today and that they have not put away.
WITH held AS (
    SELECT h.held_role, s.la_code, s.school_id, s.phase
    FROM
        unnest(
            %(school_roles)s::text [], %(school_ids)s::uuid []
        ) AS h (held_role, school_id)
    INNER JOIN school AS s ON h.school_id = s.school_id
    UNION ALL
    SELECT h.held_role, h.la_code, NULL AS school_id, NULL AS phase
    FROM unnest(%(la_roles)s::text [], %(la_codes)s::text []) AS h (held_role, la_code)
)

SELECT
    n.notice_id, n.la_code, n.title, n.body, n.tone, n.roles, n.phases,
    array(
        SELECT s.urn FROM school AS s
        WHERE s.school_id = ANY(n.school_ids)
        ORDER BY s.urn
    ) AS school_urns,
    n.from_on, n.to_on, n.state, n.version, n.created_at, n.changed_at
FROM notice AS n
WHERE
    n.state = 'published'
    AND n.la_code = ANY(SELECT h.la_code FROM held AS h)
    AND %(today)s::date >= n.from_on
    AND (n.to_on IS NULL OR %(today)s::date <= n.to_on)
    AND EXISTS (
        SELECT FROM held AS h
        WHERE
            h.la_code = n.la_code
            AND (n.roles = '{}' OR h.held_role = ANY(n.roles))
            AND (
                h.school_id IS NULL
                OR (
                    (n.school_ids = '{}' OR h.school_id = ANY(n.school_ids))
                    AND (n.phases = '{}' OR h.phase = ANY(n.phases))
                )
            )
    )
    AND NOT EXISTS (
        SELECT FROM notice_put_away AS p
        WHERE p.notice_id = n.notice_id AND p.principal = %(principal)s
    )
ORDER BY n.tone = 'bad' DESC, n.tone = 'warn' DESC, n.notice_id DESC
LIMIT 20;

-- put_away_notice
-- Remember that somebody has put a notice away.
INSERT INTO notice_put_away (la_code, notice_id, principal)
VALUES (%(la_code)s, %(notice_id)s, %(principal)s)
ON CONFLICT ON CONSTRAINT notice_put_away_pkey DO NOTHING;

-- list_audience_schools
-- The schools of an LA among some URNs.
SELECT school_id, urn FROM school
WHERE la_code = %(la_code)s AND urn = ANY(%(urns)s::integer []);
