-- insert_erasure
-- Ask for somebody's erasure by an LA and return its id.
INSERT INTO erasure (la_code, person_id, with_texts)
VALUES (%(la_code)s, %(person_id)s, %(with_texts)s)
RETURNING erasure_id;

-- list_erasures
-- The erasures of an LA, or of all in scope, the newest first.
SELECT
    e.erasure_id, e.la_code, e.person_id, e.with_texts, e.asked_by, e.asked_at,
    e.erased, e.attempts, e.problem, e.done_at
FROM erasure AS e
WHERE
    (%(la_code)s::text IS NULL OR e.la_code = %(la_code)s)
    AND (%(after)s::uuid IS NULL OR e.erasure_id < %(after)s)
ORDER BY e.erasure_id DESC
LIMIT %(page_size)s;

-- get_erasure
-- Read an LA's erasure of somebody that is not at its end.
SELECT
    e.erasure_id, e.la_code, e.person_id, e.with_texts, e.asked_by, e.asked_at,
    e.erased, e.attempts, e.problem, e.done_at
FROM erasure AS e
WHERE
    e.la_code = %(la_code)s AND e.person_id = %(person_id)s AND e.done_at IS NULL;

-- claim_erasure
-- Take an erasure in hand; the lease ends if this worker does.
UPDATE erasure AS e SET
    attempts = e.attempts + 1,
    next_attempt_at = clock_timestamp() + %(lease)s
WHERE e.erasure_id = (
    SELECT d.erasure_id FROM erasure AS d
    WHERE d.done_at IS NULL AND d.next_attempt_at <= now()
    ORDER BY d.next_attempt_at
    LIMIT 1
    FOR UPDATE SKIP LOCKED
)
RETURNING
    e.erasure_id, e.la_code, e.person_id, e.with_texts, e.asked_by, e.asked_at,
    e.erased, e.attempts, e.problem, e.done_at;

-- note_erased
-- Note what one holder erased.
UPDATE erasure SET
    erased = erased || jsonb_build_object(%(holder)s::text, %(counts)s::jsonb)
WHERE erasure_id = %(erasure_id)s;

-- note_problem
-- Note why an erasure waits, and until when.
UPDATE erasure SET
    problem = %(problem)s,
    next_attempt_at = clock_timestamp() + %(pause)s
WHERE erasure_id = %(erasure_id)s;

-- withdraw
-- Give an erasure up.
DELETE FROM erasure WHERE erasure_id = %(erasure_id)s;

-- is_anybody_due
-- Whether somebody is to be erased now.
SELECT exists(
    SELECT FROM erasure WHERE done_at IS NULL AND next_attempt_at <= now()
) AS is_anybody_due;

-- note_done
-- Note that an erasure is at its end.
UPDATE erasure SET problem = NULL, done_at = clock_timestamp()
WHERE erasure_id = %(erasure_id)s;

-- list_names
-- What somebody is and was called, without addresses that are another's now.
WITH known AS (
    SELECT p.display_name, p.email, p.username
    FROM person AS p
    WHERE p.person_id = %(person_id)s
    UNION
    SELECT
        e.details::jsonb -> 'before' ->> 'display_name' AS display_name,
        e.details::jsonb -> 'before' ->> 'email' AS email,
        NULL::text AS username
    FROM audit_entry AS e
    WHERE
        e.target_id = %(person_id)s::uuid::text
        AND e.action = 'person.changed' AND e.details IS NOT NULL
)

SELECT
    k.display_name,
    CASE
        WHEN NOT EXISTS (
            SELECT FROM person AS n
            WHERE n.email_key = lower(k.email) AND n.person_id <> %(person_id)s
        ) THEN k.email
    END AS email,
    k.username,
    (
        SELECT count(*) FROM person AS o
        WHERE
            o.name_key = lower(regexp_replace(btrim(k.display_name), '\s+', ' ', 'g'))
            AND o.person_id <> %(person_id)s
            AND (
                o.home_la_code = %(la_code)s
                OR EXISTS (
                    SELECT FROM assignment AS a
                    WHERE a.person_id = o.person_id AND a.la_code = %(la_code)s
                )
            )
    ) AS namesakes
FROM known AS k;

-- erase_notices
-- Take somebody's name out of an LA's notices.
UPDATE notice SET
    version = version + 1,
    title = regexp_replace(title, %(pattern)s, '[name erased]', 'gi'),
    body = regexp_replace(body, %(pattern)s, '[name erased]', 'gi')
WHERE la_code = %(la_code)s AND (title ~* %(pattern)s OR body ~* %(pattern)s);

-- erase_clients
-- Take somebody out of whom to ask about an LA's API clients.
UPDATE api_client SET
    name = CASE
        WHEN name ~* %(pattern)s THEN 'A system, ' || right(api_client_id::text, 6)
        ELSE name
    END,
    contact = regexp_replace(contact, %(pattern)s, '[name erased]', 'gi')
WHERE la_code = %(la_code)s AND (name ~* %(pattern)s OR contact ~* %(pattern)s);

-- erase_views
-- Take somebody's name out of saved views.
UPDATE saved_view SET
    name = left(regexp_replace(name, %(pattern)s, '[name erased]', 'gi'), 60)
    || CASE WHEN name ~* %(pattern)s THEN ' ' || right(view_id::text, 6) ELSE '' END,
    state = regexp_replace(state::text, %(pattern)s, '[name erased]', 'gi')::jsonb
WHERE
    (
        la_code = %(la_code)s
        OR (
            la_code IS NULL
            AND EXISTS (
                SELECT FROM assignment AS a
                WHERE a.principal = saved_view.owner AND a.la_code = %(la_code)s
            )
        )
    )
    AND (name ~* %(pattern)s OR state::text ~* %(pattern)s);

-- erase_unplaced
-- Empty what the LA's people did without an LA and what names somebody.
UPDATE audit_entry AS e SET salt = NULL, details = NULL
WHERE
    e.la_code IS NULL
    AND e.details ~* %(pattern)s
    AND EXISTS (
        SELECT FROM assignment AS a
        WHERE a.principal = e.principal AND a.la_code = %(la_code)s
    );

-- lock_person
-- Hold somebody, so that nobody gives them a role meanwhile, and say who keeps them.
SELECT p.home_la_code, p.home_school_id FROM person AS p
WHERE p.person_id = %(person_id)s
FOR UPDATE;

-- is_in_office
-- Whether somebody holds a role in an LA, or will.
SELECT exists(
    SELECT FROM assignment AS a
    WHERE
        a.la_code = %(la_code)s AND a.person_id = %(person_id)s
        AND a.ended_at IS NULL
        AND (a.to_on IS NULL OR a.to_on >= %(today)s)
) AS is_in_office;

-- erase_roles
-- Delete which roles somebody had in an LA.
DELETE FROM assignment
WHERE la_code = %(la_code)s AND person_id = %(person_id)s;

-- list_other_places
-- In which LAs somebody has or had a role but the one, None for regions.
SELECT DISTINCT a.la_code
FROM assignment AS a
WHERE
    a.person_id = %(person_id)s AND a.la_code IS DISTINCT FROM %(la_code)s::text;

-- hand_over
-- Have another LA keep somebody, or the operator alone.
UPDATE person SET home_la_code = %(la_code)s, home_school_id = %(school_id)s
WHERE person_id = %(person_id)s;

-- forget_giver
-- Forget who gave roles, and for whom others stood in.
UPDATE assignment SET
    assigned_by = nullif(assigned_by, %(person_id)s),
    deputises_for = nullif(deputises_for, %(person_id)s)
WHERE assigned_by = %(person_id)s OR deputises_for = %(person_id)s;

-- forget_maker
-- Forget who let systems in.
UPDATE api_client SET made_by = NULL WHERE made_by = %(person_id)s;

-- delete_sessions
-- Sign somebody out everywhere.
DELETE FROM session WHERE principal = %(principal)s;

-- delete_memories
-- Forget how somebody set their tables.
DELETE FROM table_memory WHERE principal = %(principal)s;

-- delete_default_views
-- Forget with which views somebody opened their tables.
DELETE FROM default_view WHERE principal = %(principal)s;

-- delete_own_views
-- Delete the views that somebody had to themselves.
DELETE FROM saved_view WHERE owner = %(principal)s AND la_code IS NULL;

-- delete_put_away
-- Forget which notices somebody put away.
DELETE FROM notice_put_away WHERE principal = %(principal)s;

-- delete_repeats
-- Forget what somebody was answered, should they have asked again.
DELETE FROM idempotency_key WHERE principal = %(principal)s;

-- erase_unplaced_record
-- Erase the values of what the audit says of somebody without an LA.
UPDATE audit_entry SET salt = NULL, details = NULL
WHERE
    la_code IS NULL
    AND details IS NOT NULL
    AND (target_id = %(principal)s OR principal = %(principal)s);

-- delete_person
-- Delete somebody; their post goes with them.
DELETE FROM person WHERE person_id = %(person_id)s;

-- tell_person
-- What the directory keeps of somebody.
SELECT json_build_object(
    'person_id', p.person_id, 'name', p.display_name, 'email', p.email,
    'username', p.username, 'invited', p.invited_at, 'first_signed_in', p.joined_at
) AS told
FROM person AS p
WHERE p.person_id = %(person_id)s;

-- tell_roles
-- The roles that somebody has and had in some LAs.
SELECT json_build_object(
    'role', a.role, 'la_code', a.la_code, 'school', s.name, 'region_code', a.region_code,
    'from', a.from_on, 'to', a.to_on, 'ended', a.ended_at, 'given', a.assigned_at
) AS told
FROM assignment AS a
LEFT JOIN school AS s ON a.school_id = s.school_id
WHERE
    a.person_id = %(person_id)s
    AND (
        a.la_code = ANY(%(la_codes)s::text [])
        OR (%(is_whole)s AND a.la_code IS NULL)
    )
ORDER BY a.from_on, a.assignment_id;

-- tell_record_of_no_la
-- What the audit says that somebody did where it is no LA's record.
SELECT json_build_object(
    'when', e.occurred_at, 'action', e.action, 'on', e.target_kind,
    'on_id', e.target_id, 'from', e.details::json ->> 'source'
) AS told
FROM audit_entry AS e
WHERE
    e.la_code IS NULL
    AND (e.principal = %(principal)s OR e.target_id = %(principal)s)
ORDER BY e.entry_id;

-- tell_sessions
-- Where somebody is signed in.
SELECT json_build_object(
    'since', s.created_at, 'last_used', s.last_seen_at, 'device', s.device
) AS told
FROM session AS s
WHERE s.principal = %(principal)s
ORDER BY s.created_at;

-- tell_messages
-- What somebody was sent by e-mail of late.
SELECT json_build_object(
    'when', m.created_at, 'to', m.address, 'subject', m.subject, 'state', m.state,
    'answer', m.reply
) AS told
FROM mail_message AS m
WHERE m.person_id = %(person_id)s
ORDER BY m.message_id;

-- tell_choices
-- How somebody wants to be told of things.
SELECT json_build_object('of', c.kind, 'how', c.frequency) AS told
FROM mail_choice AS c
WHERE c.person_id = %(person_id)s
ORDER BY c.kind;

-- tell_views
-- The views that somebody saved.
SELECT json_build_object('name', v.name, 'table', v.table_key) AS told
FROM saved_view AS v
WHERE v.owner = %(principal)s
ORDER BY v.view_id;

-- list_rules
-- For how long an LA keeps what it said so of.
SELECT r.kind, r.months FROM retention_rule AS r
WHERE r.la_code = %(la_code)s
ORDER BY r.kind;

-- keep_rule
-- Have an LA keep things of a kind for so long.
INSERT INTO retention_rule (la_code, kind, months)
VALUES (%(la_code)s, %(kind)s, %(months)s)
ON CONFLICT ON CONSTRAINT retention_rule_pkey DO UPDATE
SET months = excluded.months, changed_at = now()
WHERE retention_rule.months <> excluded.months;

-- list_runs
-- The last nights of an LA, the newest first.
SELECT r.run_id, r.began_at, r.ended_at, r.erased, r.problem
FROM retention_run AS r
WHERE r.la_code = %(la_code)s
ORDER BY r.run_id DESC
LIMIT %(page_size)s;

-- list_las_to_tidy
-- The LAs whose last run that went well is longer ago.
SELECT l.la_code FROM local_authority AS l
WHERE
    EXISTS (SELECT FROM school AS s WHERE s.la_code = l.la_code)
    AND NOT EXISTS (
        SELECT FROM retention_run AS r
        WHERE
            r.la_code = l.la_code AND r.problem IS NULL
            AND r.began_at > %(since)s
    )
ORDER BY l.la_code;

-- insert_run
-- Keep what one night let go of in an LA.
INSERT INTO retention_run (la_code, began_at, erased, problem)
VALUES (%(la_code)s, %(began_at)s, %(erased)s::jsonb, %(problem)s);

-- ask_for_those_long_gone
-- Ask for the erasure of those whose last role in an LA ended long ago.
INSERT INTO erasure (la_code, person_id, with_texts)
SELECT DISTINCT g.la_code, g.person_id, false
FROM assignment AS g
WHERE
    g.la_code = %(la_code)s
    AND g.person_id IS NOT NULL
    AND NOT EXISTS (
        SELECT FROM assignment AS a
        WHERE
            a.person_id = g.person_id
            AND a.la_code = %(la_code)s
            AND coalesce(
                least(a.ended_at, (a.to_on + 1)::timestamp AT TIME ZONE 'Europe/London'),
                'infinity'
            ) >= %(before)s
    )
ON CONFLICT (la_code, person_id) WHERE done_at IS NULL DO NOTHING;
