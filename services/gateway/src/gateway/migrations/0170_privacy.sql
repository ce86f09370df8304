-- Who is to be erased and was, and for how long an LA keeps what is about people.
-- depends: 0165_viewing_as 0012_privacy

SET lock_timeout = '2s';

-- One LA lets go of somebody: each service erases what it holds of them there, and the
-- directory comes last, since it knows what they are called. The row says nothing but an
-- id, which afterwards is nobody's; it stays as the proof.
CREATE TABLE erasure (
    la_code text NOT NULL,
    erasure_id uuid NOT NULL DEFAULT uuidv7(),
    person_id uuid NOT NULL,
    with_texts boolean NOT NULL,
    asked_by text NOT NULL DEFAULT scope_principal(),
    asked_at timestamptz NOT NULL DEFAULT now(),
    erased jsonb NOT NULL DEFAULT '{}',
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    problem text,
    done_at timestamptz,
    CONSTRAINT erasure_pkey PRIMARY KEY (la_code, erasure_id),
    CONSTRAINT erasure_once_unique UNIQUE (la_code, person_id),
    CONSTRAINT erasure_la_fkey FOREIGN KEY (la_code)
    REFERENCES local_authority (la_code)
);

CREATE INDEX erasure_due ON erasure (next_attempt_at) WHERE done_at IS NULL;

ALTER TABLE erasure ENABLE ROW LEVEL SECURITY;
ALTER TABLE erasure FORCE ROW LEVEL SECURITY;
CREATE POLICY erasure_read ON erasure FOR SELECT
USING (la_code = ANY((SELECT scope_read_las())::text []));
CREATE POLICY erasure_insert ON erasure FOR INSERT
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY erasure_update ON erasure FOR UPDATE
USING (la_code = ANY((SELECT scope_write_las())::text []))
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY erasure_delete ON erasure FOR DELETE
USING (la_code = ANY((SELECT scope_write_las())::text []));

-- For how long an LA keeps things of a kind, where it is not for the usual time.
CREATE TABLE retention_rule (
    la_code text NOT NULL,
    kind text NOT NULL,
    months integer NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT retention_rule_pkey PRIMARY KEY (la_code, kind),
    CONSTRAINT retention_rule_kind_check CHECK (kind IN ('people', 'tickets', 'record')),
    CONSTRAINT retention_rule_months_check CHECK (months BETWEEN 1 AND 120),
    CONSTRAINT retention_rule_la_fkey FOREIGN KEY (la_code)
    REFERENCES local_authority (la_code)
);

ALTER TABLE retention_rule ENABLE ROW LEVEL SECURITY;
ALTER TABLE retention_rule FORCE ROW LEVEL SECURITY;
CREATE POLICY retention_rule_read ON retention_rule FOR SELECT
USING (la_code = ANY((SELECT scope_read_las())::text []));
CREATE POLICY retention_rule_insert ON retention_rule FOR INSERT
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY retention_rule_update ON retention_rule FOR UPDATE
USING (la_code = ANY((SELECT scope_write_las())::text []))
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY retention_rule_delete ON retention_rule FOR DELETE
USING (la_code = ANY((SELECT scope_write_las())::text []));

-- What was let go of in one night: the report.
CREATE TABLE retention_run (
    la_code text NOT NULL,
    run_id uuid NOT NULL DEFAULT uuidv7(),
    began_at timestamptz NOT NULL,
    ended_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    erased jsonb NOT NULL,
    problem text,
    CONSTRAINT retention_run_pkey PRIMARY KEY (la_code, run_id),
    CONSTRAINT retention_run_la_fkey FOREIGN KEY (la_code)
    REFERENCES local_authority (la_code)
);

ALTER TABLE retention_run ENABLE ROW LEVEL SECURITY;
ALTER TABLE retention_run FORCE ROW LEVEL SECURITY;
CREATE POLICY retention_run_read ON retention_run FOR SELECT
USING (la_code = ANY((SELECT scope_read_las())::text []));
CREATE POLICY retention_run_insert ON retention_run FOR INSERT
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY retention_run_update ON retention_run FOR UPDATE
USING (la_code = ANY((SELECT scope_write_las())::text []))
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY retention_run_delete ON retention_run FOR DELETE
USING (la_code = ANY((SELECT scope_write_las())::text []));

GRANT SELECT, INSERT (la_code, person_id, with_texts) ON erasure TO joinedup_app;
GRANT SELECT, INSERT (la_code, person_id, with_texts),
UPDATE (erased, attempts, next_attempt_at, problem, done_at) ON erasure TO joinedup_worker;
GRANT SELECT, INSERT, UPDATE (months, changed_at) ON retention_rule TO joinedup_app;
GRANT SELECT ON retention_rule TO joinedup_worker;
GRANT SELECT ON retention_run TO joinedup_app;
GRANT SELECT, INSERT (la_code, began_at, erased, problem) ON retention_run TO joinedup_worker;

-- What the directory itself has of somebody goes with them, by the worker alone.
GRANT DELETE ON person, assignment TO joinedup_worker;
GRANT SELECT (principal), DELETE ON session TO joinedup_worker;
GRANT SELECT, UPDATE (made_by, contact) ON api_client TO joinedup_worker;
GRANT SELECT, UPDATE (title, body) ON notice TO joinedup_worker;
GRANT SELECT, DELETE ON notice_put_away TO joinedup_worker;
GRANT SELECT, DELETE ON table_memory, default_view TO joinedup_worker;
GRANT SELECT, DELETE, UPDATE (name, state) ON saved_view TO joinedup_worker;
GRANT SELECT (principal), DELETE ON idempotency_key TO joinedup_worker;

CREATE POLICY table_memory_erased ON table_memory TO joinedup_worker
USING ((SELECT scope_principal()) = 'service:gateway')
WITH CHECK ((SELECT scope_principal()) = 'service:gateway');
CREATE POLICY default_view_erased ON default_view TO joinedup_worker
USING ((SELECT scope_principal()) = 'service:gateway')
WITH CHECK ((SELECT scope_principal()) = 'service:gateway');
CREATE POLICY saved_view_erased ON saved_view TO joinedup_worker
USING ((SELECT scope_principal()) = 'service:gateway')
WITH CHECK ((SELECT scope_principal()) = 'service:gateway');
CREATE POLICY notice_put_away_erased ON notice_put_away TO joinedup_worker
USING ((SELECT scope_principal()) = 'service:gateway')
WITH CHECK ((SELECT scope_principal()) = 'service:gateway');
CREATE POLICY idempotency_key_erased ON idempotency_key TO joinedup_worker
USING ((SELECT scope_principal()) = 'service:gateway')
WITH CHECK ((SELECT scope_principal()) = 'service:gateway');

-- What is told to somebody, or to those who keep them, of what is theirs.
GRANT SELECT (subject, created_at) ON mail_message TO joinedup_app;
CREATE POLICY saved_view_told ON saved_view FOR SELECT TO joinedup_app
USING ((SELECT scope_principal()) = 'service:gateway');
