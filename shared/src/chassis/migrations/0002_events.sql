-- Events out and in: the outbox is the ledger, the stream only its transport.
-- depends: 0001_scope

SET lock_timeout = '2s';

-- A fact is inserted in the transaction that makes it true; the relay publishes it.
CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY,
    event_id uuid NOT NULL DEFAULT uuidv7(),
    type text NOT NULL,
    subject text NOT NULL,
    la_code text NOT NULL,
    school_id uuid,
    entity_id uuid NOT NULL,
    entity_version integer NOT NULL,
    data jsonb NOT NULL,
    traceparent text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    published_at timestamptz,
    stream_seq bigint,
    CONSTRAINT outbox_pkey PRIMARY KEY (event_id),
    CONSTRAINT outbox_subject_check CHECK (subject LIKE '%.' || la_code),
    CONSTRAINT outbox_entity_version_check CHECK (entity_version > 0),
    CONSTRAINT outbox_published_check CHECK ((published_at IS NULL) = (stream_seq IS NULL)),
    -- What the broker would refuse for its size must never wait here for ever.
    CONSTRAINT outbox_data_check CHECK (octet_length(data::text) <= 196608)
) WITH (autovacuum_vacuum_scale_factor = 0.05);

CREATE INDEX outbox_unpublished ON outbox (id) WHERE published_at IS NULL;
CREATE INDEX outbox_by_stream_seq ON outbox (stream_seq) WHERE stream_seq IS NOT NULL;

ALTER TABLE outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE outbox FORCE ROW LEVEL SECURITY;

CREATE POLICY outbox_insert ON outbox FOR INSERT
WITH CHECK (
    la_code = ANY((SELECT scope_write_las())::text [])
    OR school_id = ANY((SELECT scope_write_schools())::uuid [])
);

-- The relay belongs to no tenant: it carries every row, and changes none of its facts.
CREATE POLICY outbox_relay_select ON outbox FOR SELECT TO joinedup_worker
USING (true);
CREATE POLICY outbox_relay_update ON outbox FOR UPDATE TO joinedup_worker
USING (true) WITH CHECK (true);
CREATE POLICY outbox_relay_delete ON outbox FOR DELETE TO joinedup_worker
USING (published_at IS NOT NULL);

GRANT INSERT (
    type, subject, la_code, school_id, entity_id, entity_version, data, traceparent
) ON outbox TO joinedup_app, joinedup_worker;
GRANT SELECT, DELETE, UPDATE (published_at, stream_seq) ON outbox TO joinedup_worker;

-- One empty NOTIFY per transaction, whatever it inserts; the relay's poll is the net.
-- At a scale where NOTIFY's lock at commit is felt, disable the trigger.
CREATE FUNCTION outbox_wake() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER
AS $$
BEGIN
    PERFORM pg_notify('outbox', '');
    RETURN NULL;
END
$$;

CREATE TRIGGER outbox_wake AFTER INSERT ON outbox
FOR EACH STATEMENT EXECUTE FUNCTION outbox_wake();

-- Which events a consumer has applied: each is applied once. Kept longer than any
-- outbox keeps its rows, or a replay would apply them again.
CREATE TABLE inbox (
    consumer text NOT NULL,
    event_id uuid NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT inbox_pkey PRIMARY KEY (consumer, event_id)
);

CREATE INDEX inbox_by_receipt ON inbox USING brin (received_at);

GRANT SELECT, INSERT, DELETE ON inbox TO joinedup_worker;

-- Messages that could not be applied, as they came, with the reason.
CREATE TABLE dead_letter (
    dead_letter_id uuid NOT NULL DEFAULT uuidv7(),
    consumer text NOT NULL,
    message_id text NOT NULL,
    stream text NOT NULL,
    stream_seq bigint NOT NULL,
    subject text NOT NULL,
    message bytea NOT NULL,
    reason text NOT NULL,
    detail text NOT NULL,
    failed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT dead_letter_pkey PRIMARY KEY (dead_letter_id),
    CONSTRAINT dead_letter_message_unique UNIQUE (consumer, message_id),
    CONSTRAINT dead_letter_reason_check CHECK (
        reason IN ('undecodable', 'unknown-fact', 'tenant-mismatch', 'handler-failed')
    )
);

GRANT SELECT, INSERT, DELETE, UPDATE (reason, detail, failed_at)
ON dead_letter TO joinedup_worker;
