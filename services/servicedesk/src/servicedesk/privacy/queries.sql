-- list_school_ids
-- The schools of the scope.
SELECT s.school_id FROM school AS s
ORDER BY s.school_id;

-- tell_tickets_reported
-- The tickets that somebody reported, with what they are about.
SELECT json_build_object(
    'number', t.number, 'ticket_id', t.ticket_id, 'kind', t.kind, 'status', t.status,
    'opened', t.opened_at, 'resolved', t.resolved_at,
    'summary', t.summary, 'description', t.description
) AS told
FROM ticket AS t
WHERE
    t.school_id = ANY(%(school_ids)s::uuid [])
    AND t.requester_id = %(person)s
ORDER BY t.opened_at, t.ticket_id;

-- tell_comments
-- What somebody wrote on tickets, their own and others'.
SELECT json_build_object(
    'when', c.commented_at, 'ticket_id', c.ticket_id, 'wrote', c.body
) AS told
FROM ticket_comment AS c
WHERE
    c.school_id = ANY(%(school_ids)s::uuid [])
    AND c.author_id = %(person)s
ORDER BY c.commented_at, c.comment_id;

-- tell_reasons
-- Why somebody handed tickets over.
SELECT json_build_object(
    'when', n.began_at, 'ticket_id', n.ticket_id, 'wrote', n.reason
) AS told
FROM ticket_turn AS n
WHERE
    n.school_id = ANY(%(school_ids)s::uuid [])
    AND n.actor_id = %(person)s
    AND n.reason <> ''
ORDER BY n.began_at, n.ticket_id;

-- tell_time
-- How long somebody worked on tickets.
SELECT json_build_object(
    'when', e.worked_on, 'ticket_id', e.ticket_id, 'kind', e.kind, 'minutes', e.minutes
) AS told
FROM time_entry AS e
WHERE
    e.school_id = ANY(%(school_ids)s::uuid [])
    AND e.person_id = %(person)s
ORDER BY e.worked_on, e.time_entry_id;

-- tell_feedback
-- What somebody thought of how tickets went.
SELECT json_build_object(
    'when', f.said_at, 'ticket_id', f.ticket_id, 'score', f.score,
    'obstacles', f.obstacles, 'wrote', f.comment
) AS told
FROM ticket_feedback AS f
WHERE
    f.school_id = ANY(%(school_ids)s::uuid [])
    AND f.person_id = %(person)s
ORDER BY f.said_at, f.ticket_id;

-- tell_tickets_worked_on
-- The tickets that are in somebody's hands: what they are about is their requesters'.
SELECT json_build_object(
    'number', t.number, 'ticket_id', t.ticket_id, 'status', t.status,
    'opened', t.opened_at, 'resolved', t.resolved_at
) AS told
FROM ticket AS t
WHERE
    t.school_id = ANY(%(school_ids)s::uuid [])
    AND t.assignee_id = %(person)s
ORDER BY t.opened_at, t.ticket_id;

-- tell_steps
-- What somebody did to tickets.
SELECT json_build_object(
    'when', h.happened_at, 'ticket_id', h.ticket_id, 'done', h.fact
) AS told
FROM ticket_history AS h
WHERE
    h.school_id = ANY(%(school_ids)s::uuid [])
    AND h.actor_id = %(person)s
ORDER BY h.happened_at, h.ticket_id;

-- tell_mentions
-- Where others wrote of somebody by name.
SELECT json_build_object('ticket_id', found.ticket_id, 'text', found.said) AS told
FROM (
    SELECT t.ticket_id, t.opened_at AS said_at, t.summary || E'\n' || t.description AS said
    FROM ticket AS t
    WHERE
        t.school_id = ANY(%(school_ids)s::uuid [])
        AND t.requester_id <> %(person)s
        AND %(pattern)s::text IS NOT NULL
        AND (t.summary ~* %(pattern)s OR t.description ~* %(pattern)s)
    UNION ALL
    SELECT c.ticket_id, c.commented_at AS said_at, c.body AS said
    FROM ticket_comment AS c
    WHERE
        c.school_id = ANY(%(school_ids)s::uuid [])
        AND c.author_id <> %(person)s
        AND %(pattern)s::text IS NOT NULL
        AND c.body ~* %(pattern)s
    UNION ALL
    SELECT n.ticket_id, n.began_at AS said_at, n.reason AS said
    FROM ticket_turn AS n
    WHERE
        n.school_id = ANY(%(school_ids)s::uuid [])
        AND n.actor_id <> %(person)s
        AND %(pattern)s::text IS NOT NULL
        AND n.reason ~* %(pattern)s
    UNION ALL
    SELECT f.ticket_id, f.said_at, f.comment AS said
    FROM ticket_feedback AS f
    WHERE
        f.school_id = ANY(%(school_ids)s::uuid [])
        AND f.person_id <> %(person)s
        AND %(pattern)s::text IS NOT NULL
        AND f.comment ~* %(pattern)s
) AS found
ORDER BY found.said_at, found.ticket_id;

-- erase_record_texts
-- Empty what the audit says of what they reported, where that is to go too.
UPDATE audit_entry AS e SET salt = NULL, details = NULL
FROM ticket AS t
WHERE
    t.school_id = ANY(%(school_ids)s::uuid [])
    AND %(with_texts)s AND t.requester_id = %(person)s
    AND e.target_id = t.ticket_id::text
    AND e.details ~ '"(summary|description)"';

-- erase_tickets
-- Take somebody's name out of tickets, and what they reported where that is to go too.
UPDATE ticket
SET
    version = version + 1,
    summary = CASE
        WHEN %(with_texts)s AND requester_id = %(person)s THEN '[removed]'
        ELSE regexp_replace(summary, %(pattern)s, '[name erased]', 'gi')
    END,
    description = CASE
        WHEN %(with_texts)s AND requester_id = %(person)s THEN '[removed]'
        ELSE regexp_replace(description, %(pattern)s, '[name erased]', 'gi')
    END
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND (
        (
            %(with_texts)s AND requester_id = %(person)s
            AND (summary, description) <> ('[removed]', '[removed]')
        )
        OR (
            %(pattern)s::text IS NOT NULL
            AND (summary ~* %(pattern)s OR description ~* %(pattern)s)
        )
    );

-- erase_comments
-- Take somebody's name out of comments, and what they wrote where that is to go too.
UPDATE ticket_comment
SET
    body = CASE
        WHEN %(with_texts)s AND author_id = %(person)s THEN '[removed]'
        ELSE regexp_replace(body, %(pattern)s, '[name erased]', 'gi')
    END
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND (
        (%(with_texts)s AND author_id = %(person)s AND body <> '[removed]')
        OR (%(pattern)s::text IS NOT NULL AND body ~* %(pattern)s)
    );

-- erase_reasons
-- Take somebody's name out of why tickets were handed over, and their words, likewise.
UPDATE ticket_turn
SET
    reason = CASE
        WHEN %(with_texts)s AND actor_id = %(person)s THEN '[removed]'
        ELSE regexp_replace(reason, %(pattern)s, '[name erased]', 'gi')
    END
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND (
        (%(with_texts)s AND actor_id = %(person)s AND reason NOT IN ('', '[removed]'))
        OR (%(pattern)s::text IS NOT NULL AND reason ~* %(pattern)s)
    );

-- erase_feedback
-- Take somebody's name out of what was thought of tickets, and their words, likewise.
UPDATE ticket_feedback
SET
    comment = CASE
        WHEN %(with_texts)s AND person_id = %(person)s THEN '[removed]'
        ELSE regexp_replace(comment, %(pattern)s, '[name erased]', 'gi')
    END
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND (
        (%(with_texts)s AND person_id = %(person)s AND comment NOT IN ('', '[removed]'))
        OR (%(pattern)s::text IS NOT NULL AND comment ~* %(pattern)s)
    );

-- erase_history
-- Take what somebody reported out of what became of it, where that is to go too.
UPDATE ticket_history SET changes = changes - '{summary,description}'::text []
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND %(with_texts)s AND requester_id = %(person)s
    AND changes ?| '{summary,description}'::text [];

-- erase_history_names
-- Take somebody's name out of what became of tickets.
UPDATE ticket_history
SET changes = regexp_replace(changes::text, %(pattern)s, '[name erased]', 'gi')::jsonb
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND changes::text ~* %(pattern)s;

-- expire_tickets_record
-- Empty what the audit says of the words of tickets that were settled long ago.
UPDATE audit_entry AS e SET salt = NULL, details = NULL
FROM ticket AS t
WHERE
    t.school_id = ANY(%(school_ids)s::uuid [])
    AND t.status IN ('resolved', 'closed')
    AND coalesce(t.resolved_at, t.changed_at) < %(before)s
    AND (t.summary, t.description) <> ('[removed]', '[removed]')
    AND e.target_id = t.ticket_id::text
    AND e.details ~ '"(summary|description)"';

-- expire_tickets
-- Remove what was written of tickets that were settled long ago; their figures stay.
UPDATE ticket SET
    summary = '[removed]', description = '[removed]', version = version + 1
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND status IN ('resolved', 'closed')
    AND coalesce(resolved_at, changed_at) < %(before)s
    AND (summary, description) <> ('[removed]', '[removed]');

-- expire_tickets_comments
-- Remove what was said of tickets that were settled long ago.
UPDATE ticket_comment AS c SET body = '[removed]'
FROM ticket AS t
WHERE
    c.school_id = ANY(%(school_ids)s::uuid [])
    AND c.ticket_id = t.ticket_id
    AND t.status IN ('resolved', 'closed')
    AND coalesce(t.resolved_at, t.changed_at) < %(before)s
    AND c.body <> '[removed]';

-- expire_tickets_reasons
-- Remove why tickets that were settled long ago were handed over.
UPDATE ticket_turn AS n SET reason = '[removed]'
FROM ticket AS t
WHERE
    n.school_id = ANY(%(school_ids)s::uuid [])
    AND n.ticket_id = t.ticket_id
    AND t.status IN ('resolved', 'closed')
    AND coalesce(t.resolved_at, t.changed_at) < %(before)s
    AND n.reason NOT IN ('', '[removed]');

-- expire_tickets_feedback
-- Remove the words of what was thought of tickets that were settled long ago.
UPDATE ticket_feedback AS f SET comment = '[removed]'
FROM ticket AS t
WHERE
    f.school_id = ANY(%(school_ids)s::uuid [])
    AND f.ticket_id = t.ticket_id
    AND t.status IN ('resolved', 'closed')
    AND coalesce(t.resolved_at, t.changed_at) < %(before)s
    AND f.comment NOT IN ('', '[removed]');

-- expire_tickets_history
-- Remove the former words of tickets that were settled long ago.
UPDATE ticket_history AS h SET changes = h.changes - '{summary,description}'::text []
FROM ticket AS t
WHERE
    h.school_id = ANY(%(school_ids)s::uuid [])
    AND h.ticket_id = t.ticket_id
    AND t.status IN ('resolved', 'closed')
    AND coalesce(t.resolved_at, t.changed_at) < %(before)s
    AND h.changes ?| '{summary,description}'::text [];
