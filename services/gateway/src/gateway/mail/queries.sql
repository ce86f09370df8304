-- insert_items
-- Keep what people are to be told, unless they want to hear nothing of its kind.
INSERT INTO mail_item (
    person_id, kind, la_code, school_id, thing_id, number, happened_at, due_at
)
SELECT
    p.person_id, %(kind)s, e.la_code, e.school_id, e.thing_id, e.number, e.happened_at,
    CASE c.frequency
        WHEN 'daily' THEN %(digest_at)s::timestamptz
        ELSE %(at_once)s::timestamptz
    END AS due_at
FROM
    jsonb_to_recordset(%(happenings)s::jsonb) AS e (
        person_id uuid, la_code text, school_id uuid, thing_id uuid, number integer,
        happened_at timestamptz
    )
INNER JOIN person AS p ON e.person_id = p.person_id
INNER JOIN school AS s ON e.la_code = s.la_code AND e.school_id = s.school_id
LEFT JOIN mail_choice AS c ON p.person_id = c.person_id AND c.kind = %(kind)s
WHERE c.frequency IS DISTINCT FROM 'never';

-- take_due_items
-- Lock what is to be told now; what another worker has is passed over.
SELECT
    i.item_id, i.person_id, p.display_name, p.email, i.kind, i.thing_id, i.number,
    s.urn AS school_urn, s.name AS school_name, i.happened_at
FROM mail_item AS i
INNER JOIN person AS p ON i.person_id = p.person_id
INNER JOIN school AS s ON i.la_code = s.la_code AND i.school_id = s.school_id
WHERE
    i.message_id IS NULL AND i.due_at <= %(present)s
    AND NOT EXISTS (
        SELECT FROM mail_hold AS h
        WHERE
            h.person_id = p.person_id AND h.address = p.email
            AND h.lifted_at IS NULL
    )
ORDER BY i.due_at, i.happened_at, i.item_id
LIMIT %(page_size)s
FOR UPDATE OF i SKIP LOCKED;

-- insert_message
-- Queue a message and return its id.
INSERT INTO mail_message (
    person_id, kind, address, subject, body_text, body_html, next_attempt_at
)
VALUES (
    %(person_id)s, %(kind)s, %(address)s, %(subject)s, %(text)s, %(html)s, %(present)s
)
RETURNING message_id;

-- mark_told
-- Note which message tells some things.
UPDATE mail_item SET message_id = %(message_id)s
WHERE item_id = ANY(%(item_ids)s::uuid []);

-- drop_unwanted_items
-- Forget what is not told yet to people who since want to hear nothing of its kind.
DELETE FROM mail_item AS i
WHERE
    i.message_id IS NULL
    AND EXISTS (
        SELECT FROM mail_choice AS c
        WHERE
            c.person_id = i.person_id AND c.kind = i.kind AND c.frequency = 'never'
    );

-- drop_unwanted_messages
-- Forget what was not sent yet to people who since want to hear nothing of its kind.
DELETE FROM mail_message AS m
WHERE
    m.state = 'queued'
    AND EXISTS (
        SELECT FROM mail_choice AS c
        WHERE
            c.person_id = m.person_id AND c.kind = m.kind AND c.frequency = 'never'
    );

-- take_due_message
-- Take a message in hand for one attempt; the lease ends if this worker does.
WITH due AS MATERIALIZED (
    SELECT
        d.message_id,
        CASE WHEN h.person_id IS NULL THEN d.address ELSE p.email END AS address
    FROM mail_message AS d
    INNER JOIN person AS p ON d.person_id = p.person_id
    LEFT JOIN mail_hold AS h
        ON
            d.person_id = h.person_id AND d.address = h.address
            AND h.lifted_at IS NULL
    WHERE
        d.state = 'queued' AND d.next_attempt_at <= %(present)s
        AND (h.person_id IS NULL OR h.address <> p.email)
    ORDER BY d.next_attempt_at
    LIMIT 1
    FOR UPDATE OF d SKIP LOCKED
)

UPDATE mail_message AS m SET
    attempts = m.attempts + 1,
    next_attempt_at = greatest(%(present)s, clock_timestamp()) + %(lease)s,
    address = due.address
FROM due
WHERE m.message_id = due.message_id
RETURNING
    m.message_id, m.person_id, m.kind, m.address, m.subject, m.body_text, m.body_html,
    m.attempts, m.created_at;

-- end_attempt
-- Note what came of an attempt.
UPDATE mail_message SET
    state = coalesce(%(ending)s::text, state),
    reply = %(reply)s,
    next_attempt_at = coalesce(%(next_attempt_at)s::timestamptz, next_attempt_at),
    ended_at = CASE WHEN %(ending)s::text IS NOT NULL THEN clock_timestamp() END
WHERE message_id = %(message_id)s AND state = 'queued';

-- note_bounced
-- Note that a message came back for good, once.
UPDATE mail_message AS m SET
    state = 'bounced',
    returned_at = %(present)s,
    returned_status = %(status)s,
    reply = %(reply)s,
    ended_at = coalesce(m.ended_at, %(present)s)
FROM person AS p
WHERE
    m.message_id = %(message_id)s AND m.person_id = p.person_id
    AND m.state IN ('queued', 'sent')
RETURNING m.person_id, m.address, p.home_la_code, p.home_school_id;

-- note_delayed
-- Note that a message is late, or was not delivered for now.
UPDATE mail_message SET
    returned_at = %(present)s,
    returned_status = %(status)s,
    reply = %(reply)s
WHERE message_id = %(message_id)s AND state = 'sent';

-- hold
-- Send nothing more to a person's address, unless it was changed or retried since.
INSERT INTO mail_hold AS h (person_id, address, status, reply, since_at)
SELECT
    p.person_id, p.email, %(status)s::text, %(reply)s::text, %(present)s::timestamptz
FROM mail_message AS m
INNER JOIN person AS p ON m.person_id = p.person_id AND m.address = p.email
WHERE m.message_id = %(message_id)s
ON CONFLICT ON CONSTRAINT mail_hold_pkey DO UPDATE SET
    address = excluded.address,
    status = excluded.status,
    reply = excluded.reply,
    since_at = excluded.since_at,
    lifted_at = NULL
WHERE
    h.address <> excluded.address
    OR h.lifted_at < (
        SELECT m.ended_at FROM mail_message AS m WHERE m.message_id = %(message_id)s
    );

-- lift_hold
-- Let messages go to a person's address again.
UPDATE mail_hold AS h SET lifted_at = %(present)s
FROM person AS p
WHERE
    h.person_id = %(person_id)s AND h.person_id = p.person_id
    AND h.address = p.email AND h.lifted_at IS NULL
RETURNING h.status;

-- prune_messages
-- Forget what was sent, or could not be, long ago; what it told goes with it.
DELETE FROM mail_message WHERE ended_at < %(ended_before)s;

-- prune_held
-- Forget what was to go to an address that takes nothing, and waited for long.
DELETE FROM mail_message
WHERE state = 'queued' AND next_attempt_at < %(due_before)s;

-- prune_items
-- Forget what nobody could be told for long.
DELETE FROM mail_item WHERE message_id IS NULL AND due_at < %(due_before)s;

-- get_refusal
-- Read why somebody's address does not take our messages; a new try counts afresh.
SELECT
    CASE WHEN hold.is_held THEN 'bounced' ELSE last.state END AS state,
    coalesce(hold.reply, last.reply, '') AS reply,
    coalesce(hold.since_at, last.ended_at) AS ended_at,
    coalesce(hold.is_held, false) AS is_held
FROM person AS p
LEFT JOIN mail_hold AS h ON p.person_id = h.person_id AND p.email = h.address
LEFT JOIN LATERAL (
    SELECT
        h.reply,
        h.since_at,
        true AS is_held
    WHERE h.person_id IS NOT NULL AND h.lifted_at IS NULL
) AS hold ON true
LEFT JOIN LATERAL (
    SELECT m.state, m.reply, m.ended_at
    FROM mail_message AS m
    WHERE
        m.person_id = p.person_id AND m.address = p.email
        AND m.ended_at > coalesce(h.lifted_at, '-infinity')
    ORDER BY m.message_id DESC
    LIMIT 1
) AS last ON true
WHERE p.person_id = %(person_id)s AND (hold.is_held OR last.state <> 'sent');

-- list_choices
-- How somebody wants to be told, where they said so.
SELECT c.kind, c.frequency FROM mail_choice AS c
WHERE c.person_id = %(person_id)s
ORDER BY c.kind;

-- keep_choice
-- Keep how somebody wants to be told.
INSERT INTO mail_choice (person_id, kind, frequency, told_week_on)
VALUES (
    %(person_id)s, %(kind)s, %(frequency)s,
    CASE WHEN %(frequency)s = 'weekly' THEN date_trunc('week', %(today)s::date)::date END
)
ON CONFLICT ON CONSTRAINT mail_choice_pkey DO UPDATE
SET
    frequency = excluded.frequency,
    told_week_on = excluded.told_week_on,
    changed_at = now()
WHERE mail_choice.frequency <> excluded.frequency;

-- list_readers
-- List who is to be told of a week, wants to hear of it, and can be reached.
SELECT p.person_id, p.display_name, p.email
FROM mail_choice AS c
INNER JOIN person AS p ON c.person_id = p.person_id
WHERE
    c.kind = %(kind)s AND c.frequency = 'weekly' AND c.told_week_on < %(week)s
    AND NOT EXISTS (
        SELECT FROM mail_hold AS h
        WHERE
            h.person_id = p.person_id AND h.address = p.email
            AND h.lifted_at IS NULL
    )
ORDER BY p.person_id;

-- note_week
-- Note that somebody is told of a week, unless another worker did.
UPDATE mail_choice SET told_week_on = %(week)s
WHERE
    person_id = %(person_id)s AND kind = %(kind)s AND frequency = 'weekly'
    AND told_week_on < %(week)s;

-- list_la_codes
-- Every LA: a worker's scope.
SELECT l.la_code FROM local_authority AS l
ORDER BY l.la_code;
