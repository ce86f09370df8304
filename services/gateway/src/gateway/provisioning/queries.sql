-- list_authorities
-- Every LA: people of all of them are brought to the sign-on.
SELECT la_code FROM local_authority;

-- turn_days
-- Ask for those whose role began or ended with a day since they were last brought.
UPDATE person_provisioning AS d SET
    wanted_version = d.wanted_version + 1,
    wanted_at = clock_timestamp(),
    next_attempt_at = clock_timestamp()
WHERE
    d.done_on < %(today)s::date
    AND d.done_version = d.wanted_version
    AND EXISTS (
        SELECT FROM assignment AS a
        WHERE
            a.person_id = d.person_id AND a.ended_at IS NULL
            AND (
                (a.from_on > d.done_on AND a.from_on <= %(today)s::date)
                OR (a.to_on >= d.done_on AND a.to_on < %(today)s::date)
            )
    );

-- is_anybody_due
-- Whether somebody waits to be brought to the sign-on now.
SELECT exists(
    SELECT FROM person_provisioning
    WHERE done_version < wanted_version AND next_attempt_at <= now()
) AS is_anybody_due;

-- claim_due
-- Take up who is due: nobody else does for longer than many take together.
UPDATE person_provisioning AS d SET
    attempts = d.attempts + 1,
    next_attempt_at = clock_timestamp() + interval '2 minutes'
WHERE
    d.person_id IN (
        SELECT w.person_id FROM person_provisioning AS w
        WHERE w.done_version < w.wanted_version AND w.next_attempt_at <= now()
        ORDER BY w.next_attempt_at
        LIMIT %(batch)s
        FOR UPDATE SKIP LOCKED
    )
RETURNING d.person_id;

-- list_people
-- A page of everybody, to compare them with the sign-on.
SELECT person_id FROM person
WHERE %(after)s::uuid IS NULL OR person_id > %(after)s
ORDER BY person_id
LIMIT %(page_size)s;

-- list_due
-- What the sign-on is to know of some people.
SELECT
    p.person_id, p.subject, p.username, p.display_name, p.email, p.home_la_code,
    p.home_school_id, p.invited_at, p.joined_at, d.invitation_sent_at,
    d.wanted_version, d.done_version,
    coalesce(h.held, '{}') AS held, coalesce(h.aliases, '{}') AS aliases,
    coalesce(h.places, '{}') AS places, coalesce(h.la_codes, '{}') AS la_codes,
    coalesce(h.is_awaited, false) AS is_awaited
FROM person_provisioning AS d
INNER JOIN person AS p ON d.person_id = p.person_id
LEFT JOIN LATERAL (
    SELECT
        array_agg(a.role) FILTER (WHERE a.from_on <= %(today)s::date) AS held,
        array_agg(
            CASE
                WHEN a.school_id IS NOT NULL THEN 'urn-' || s.urn
                WHEN a.la_code IS NOT NULL THEN 'la-' || a.la_code
                ELSE 'region-' || lower(a.region_code)
            END
        ) FILTER (WHERE a.from_on <= %(today)s::date) AS aliases,
        array_agg(coalesce(s.name, l.name || ' Local Authority', r.name))
        FILTER (WHERE a.from_on <= %(today)s::date) AS places,
        array_agg(a.la_code) FILTER (WHERE a.from_on <= %(today)s::date) AS la_codes,
        true AS is_awaited
    FROM assignment AS a
    LEFT JOIN school AS s ON a.school_id = s.school_id
    LEFT JOIN local_authority AS l ON a.la_code = l.la_code
    LEFT JOIN region AS r ON a.region_code = r.region_code
    WHERE
        a.person_id = p.person_id AND a.ended_at IS NULL
        AND (a.to_on IS NULL OR a.to_on >= %(today)s::date)
    HAVING count(*) > 0
) AS h ON true
WHERE d.person_id = ANY(%(people)s::uuid []);

-- get_invitation
-- What became of somebody's invitation, while they have not come.
SELECT
    p.invited_at, d.invitation_sent_at AS sent_at,
    d.done_version < d.wanted_version AS is_due, d.problem
FROM person AS p
INNER JOIN person_provisioning AS d ON p.person_id = d.person_id
WHERE
    p.person_id = %(person_id)s
    AND p.invited_at IS NOT NULL AND p.joined_at IS NULL;

-- keep_subject
-- Keep as whom the sign-on knows somebody.
UPDATE person SET subject = %(subject)s WHERE person_id = %(person_id)s;

-- hold_invitation
-- Say when somebody was invited last; nobody invites them again within the transaction.
SELECT invited_at FROM person WHERE person_id = %(person_id)s FOR SHARE;

-- settle
-- Note that somebody is at the sign-on as they were at a version.
-- Another that was brought there since they were read may be undone: it is asked for.
UPDATE person_provisioning SET
    wanted_version
    = wanted_version + (done_version NOT IN (%(done_before)s, %(version)s))::integer,
    done_version = greatest(done_version, %(version)s),
    done_at = clock_timestamp(),
    done_on = %(today)s,
    invitation_sent_at = CASE
        WHEN %(is_invited)s::boolean THEN clock_timestamp() ELSE invitation_sent_at
    END,
    next_attempt_at = CASE
        WHEN done_version IN (%(done_before)s, %(version)s) THEN next_attempt_at
        ELSE clock_timestamp()
    END,
    attempts = 0,
    problem = NULL
WHERE person_id = %(person_id)s;

-- keep_problem
-- Note why somebody could not be brought to the sign-on, and try later each time.
-- What was done of it may have undone another, as above.
UPDATE person_provisioning SET
    wanted_version
    = wanted_version + (done_version NOT IN (%(done_before)s, %(version)s))::integer,
    next_attempt_at
    = clock_timestamp()
    + make_interval(secs => 5 * 2 ^ least(greatest(attempts - 1, 0), 7)),
    problem = %(problem)s
WHERE person_id = %(person_id)s;
