-- What a repeated POST is answered with: the first answer, to the same caller only.
-- depends: 0001_scope

SET lock_timeout = '2s';

CREATE TABLE idempotency_key (
    principal text NOT NULL,
    idempotency_key text NOT NULL,
    fingerprint bytea NOT NULL,
    result jsonb,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT idempotency_key_pkey PRIMARY KEY (principal, idempotency_key)
);

CREATE INDEX idempotency_key_created ON idempotency_key (created_at);

ALTER TABLE idempotency_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotency_key FORCE ROW LEVEL SECURITY;

CREATE POLICY idempotency_key_own ON idempotency_key
USING (principal = (SELECT scope_principal()))
WITH CHECK (principal = (SELECT scope_principal()));

GRANT SELECT, INSERT, UPDATE (result) ON idempotency_key TO joinedup_app;

-- The worker forgets old keys and reads none of their answers.
CREATE POLICY idempotency_key_prune ON idempotency_key FOR DELETE TO joinedup_worker
USING (created_at < now() - interval '1 day');

CREATE POLICY idempotency_key_prune_look ON idempotency_key FOR SELECT TO joinedup_worker
USING (created_at < now() - interval '1 day');

GRANT SELECT (created_at), DELETE ON idempotency_key TO joinedup_worker;
