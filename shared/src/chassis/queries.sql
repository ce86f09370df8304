-- claim_idempotency_key
-- Take a key for the calling principal; touches no row when it is taken already.
INSERT INTO idempotency_key (principal, idempotency_key, fingerprint)
VALUES (scope_principal(), %(idempotency_key)s, %(fingerprint)s)
ON CONFLICT DO NOTHING;

-- get_idempotency_key
-- Read what a key of the calling principal was used for.
SELECT fingerprint, result::text AS result
FROM idempotency_key
WHERE principal = (SELECT scope_principal()) AND idempotency_key = %(idempotency_key)s;

-- keep_idempotent_result
-- Keep the first answer beside its key.
UPDATE idempotency_key SET result = %(result)s::jsonb
WHERE principal = (SELECT scope_principal()) AND idempotency_key = %(idempotency_key)s;

-- enqueue_event
-- Put one fact into the outbox.
INSERT INTO outbox (
    type, subject, la_code, school_id, entity_id, entity_version, data, traceparent
) VALUES (
    %(type)s,
    %(subject)s,
    %(la_code)s,
    %(school_id)s,
    %(entity_id)s,
    %(entity_version)s,
    %(data)s::jsonb,
    %(traceparent)s
);

-- enqueue_events
-- Put many facts into the outbox, in their order.
INSERT INTO outbox (
    type, subject, la_code, school_id, entity_id, entity_version, data, traceparent
)
SELECT
    said.type,
    said.subject,
    said.la_code,
    said.school_id,
    said.entity_id,
    said.entity_version,
    said.data,
    %(traceparent)s
FROM jsonb_array_elements(%(facts)s::jsonb) WITH ORDINALITY AS arrived (fact, place)
CROSS JOIN LATERAL jsonb_to_record(arrived.fact) AS said (
    type text,
    subject text,
    la_code text,
    school_id uuid,
    entity_id uuid,
    entity_version integer,
    data jsonb
)
ORDER BY arrived.place;

-- try_relay_lock
-- Take the relay's lock for this session, unless another session holds it.
SELECT pg_try_advisory_lock(%(lock_key)s::bigint) AS held;

-- list_unpublished
-- Read what is to be published next, in order.
SELECT
    event_id,
    type,
    subject,
    la_code,
    school_id,
    entity_id,
    entity_version,
    created_at,
    traceparent,
    data::text AS data
FROM outbox
WHERE published_at IS NULL
ORDER BY id
LIMIT %(page_size)s;

-- mark_published
-- Record under which sequence the stream acknowledged each event.
UPDATE outbox
SET published_at = clock_timestamp(), stream_seq = acked.stream_seq
FROM unnest(%(event_ids)s::uuid [], %(stream_seqs)s::bigint []) AS acked (event_id, stream_seq)
WHERE outbox.event_id = acked.event_id;

-- get_recorded
-- Read the event with the highest recorded sequence up to a bound.
SELECT
    event_id,
    stream_seq
FROM outbox
WHERE stream_seq <= %(bound)s
ORDER BY stream_seq DESC
LIMIT 1;

-- forget_published_above
-- Hold everything recorded above a sequence to be unpublished again.
UPDATE outbox SET published_at = NULL, stream_seq = NULL
WHERE stream_seq > %(bound)s;

-- get_backlog
-- Measure what waits to be published.
SELECT
    count(*) AS unpublished,
    coalesce(extract(EPOCH FROM clock_timestamp() - min(created_at)), 0)::float8 AS oldest
FROM outbox
WHERE published_at IS NULL;

-- prune_outbox
-- Delete those of the oldest events that were published long enough ago.
DELETE FROM outbox
WHERE event_id IN (
    SELECT oldest.event_id
    FROM (
        SELECT
            event_id,
            published_at
        FROM outbox
        WHERE stream_seq IS NOT NULL
        ORDER BY stream_seq
        LIMIT %(page_size)s
    ) AS oldest
    WHERE oldest.published_at < now() - interval '14 days'
);

-- claim_events
-- Take events for a consumer and say which of them are new to it.
INSERT INTO inbox (consumer, event_id)
SELECT
    %(consumer)s,
    arrived.event_id
FROM unnest(%(event_ids)s::uuid []) AS arrived (event_id)
ORDER BY arrived.event_id
ON CONFLICT DO NOTHING
RETURNING event_id;

-- prune_inbox
-- Forget events applied so long ago that no outbox still holds them.
DELETE FROM inbox
WHERE consumer = %(consumer)s AND received_at < now() - interval '28 days';

-- keep_dead_letter
-- Keep a message that could not be applied, once, with the latest reason.
INSERT INTO dead_letter (
    consumer, message_id, stream, stream_seq, subject, message, reason, detail
) VALUES (
    %(consumer)s,
    %(message_id)s,
    %(stream)s,
    %(stream_seq)s,
    %(subject)s,
    %(message)s,
    %(reason)s,
    %(detail)s
)
ON CONFLICT (consumer, message_id) DO UPDATE SET
reason = excluded.reason,
detail = excluded.detail,
failed_at = excluded.failed_at;

-- get_next_dead_letter
-- Read a consumer's next dead letter, oldest first.
SELECT
    dead_letter_id,
    subject,
    message
FROM dead_letter
WHERE consumer = %(consumer)s AND dead_letter_id > %(after)s
ORDER BY dead_letter_id
LIMIT 1;

-- update_dead_letter
-- Say why a dead letter still fails.
UPDATE dead_letter
SET reason = %(reason)s, detail = %(detail)s, failed_at = clock_timestamp()
WHERE dead_letter_id = %(dead_letter_id)s;

-- delete_dead_letter
-- Forget a dead letter that was applied after all.
DELETE FROM dead_letter
WHERE dead_letter_id = %(dead_letter_id)s;

-- count_dead_letters
-- Count what a consumer could not apply.
SELECT count(*) AS dead_letters FROM dead_letter
WHERE consumer = %(consumer)s;
