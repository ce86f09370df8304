-- The audit trail: who did what to what, from where; added to and never rewritten.
-- depends: 0001_scope

SET lock_timeout = '2s';

-- An entry is inserted in the transaction that makes it true. What may be personal (the
-- values before and after, the address) stands in `details`, which the chain of hashes
-- does not cover: it covers `seal`, the digest of salt and details. With both erased the
-- chain still holds, and the digest cannot be guessed.
-- An entry belongs to the LA in which it happened, even when its school moves away; so
-- it has no key to a school. Without an LA it is nobody's but the operator's.
CREATE TABLE audit_entry (
    la_code text,
    school_id uuid,
    entry_id uuid NOT NULL DEFAULT uuidv7(),
    occurred_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    principal text NOT NULL,
    action text NOT NULL,
    target_kind text NOT NULL,
    target_id text NOT NULL,
    outcome text NOT NULL,
    trace_id text,
    seal bytea NOT NULL,
    salt bytea,
    details text,
    CONSTRAINT audit_entry_pkey PRIMARY KEY (entry_id),
    CONSTRAINT audit_entry_la_check CHECK (la_code ~ '^[0-9]{3}$'),
    CONSTRAINT audit_entry_school_check CHECK (school_id IS NULL OR la_code IS NOT NULL),
    CONSTRAINT audit_entry_outcome_check CHECK (outcome IN ('done', 'refused')),
    CONSTRAINT audit_entry_seal_check CHECK (octet_length(seal) = 32),
    CONSTRAINT audit_entry_details_check CHECK ((salt IS NULL) = (details IS NULL))
);

-- The ids are of version 7: their order is the order of time.
CREATE INDEX audit_entry_tenant ON audit_entry (la_code, entry_id);
CREATE INDEX audit_entry_school ON audit_entry (school_id, entry_id)
WHERE school_id IS NOT NULL;
CREATE INDEX audit_entry_target ON audit_entry (target_id, entry_id);
CREATE INDEX audit_entry_principal ON audit_entry (principal, entry_id);

ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;

CREATE POLICY audit_entry_read ON audit_entry FOR SELECT USING (
    la_code = ANY((SELECT scope_read_las())::text [])
    OR school_id = ANY((SELECT scope_read_schools())::uuid [])
);
-- Nobody signs for another, nor leaves a mark outside their own scope. A service does,
-- for whoever asked it; no token can carry a principal of its form.
CREATE POLICY audit_entry_insert ON audit_entry FOR INSERT WITH CHECK (
    (SELECT scope_principal()) LIKE 'service:%'
    OR (
        principal = (SELECT scope_principal())
        AND (
            la_code IS NULL
            OR la_code = ANY((SELECT scope_read_las())::text [])
            OR la_code = ANY((SELECT scope_write_las())::text [])
            OR school_id = ANY((SELECT scope_read_schools())::uuid [])
            OR school_id = ANY((SELECT scope_write_schools())::uuid [])
            OR school_id = ANY((SELECT scope_own_schools())::uuid [])
        )
    )
);
-- Who links and who verifies belongs to no tenant.
CREATE POLICY audit_entry_worker_select ON audit_entry FOR SELECT TO joinedup_worker
USING (true);

GRANT SELECT, INSERT (
    la_code, school_id, entry_id, principal, action, target_kind, target_id, outcome,
    trace_id, seal, salt, details
) ON audit_entry TO joinedup_app, joinedup_worker;

-- Entries that wait for their link: a flag would have every entry written twice.
CREATE TABLE audit_waiting (
    entry_id uuid NOT NULL,
    CONSTRAINT audit_waiting_pkey PRIMARY KEY (entry_id)
) WITH (autovacuum_vacuum_scale_factor = 0.05);

ALTER TABLE audit_waiting ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_waiting FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_waiting_insert ON audit_waiting FOR INSERT
WITH CHECK ((SELECT scope_principal()) IS NOT NULL);
CREATE POLICY audit_waiting_worker_select ON audit_waiting FOR SELECT TO joinedup_worker
USING (true);
CREATE POLICY audit_waiting_worker_delete ON audit_waiting FOR DELETE TO joinedup_worker
USING (true);

GRANT INSERT ON audit_waiting TO joinedup_app, joinedup_worker;
GRANT SELECT, DELETE ON audit_waiting TO joinedup_worker;

-- The chain of each LA, and of what is no LA's: numbers without a gap, and
-- hash = sha256(hash of the number before || digest of the entry).
CREATE TABLE audit_link (
    chain text NOT NULL,
    number bigint NOT NULL,
    entry_id uuid NOT NULL,
    digest bytea NOT NULL,
    hash bytea NOT NULL,
    linked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT audit_link_pkey PRIMARY KEY (chain, number),
    CONSTRAINT audit_link_entry_unique UNIQUE (entry_id),
    CONSTRAINT audit_link_number_check CHECK (number > 0)
);

ALTER TABLE audit_link ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_link FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_link_worker_select ON audit_link FOR SELECT TO joinedup_worker
USING (true);
CREATE POLICY audit_link_worker_insert ON audit_link FOR INSERT TO joinedup_worker
WITH CHECK (true);

GRANT SELECT, INSERT (chain, number, entry_id, digest, hash)
ON audit_link TO joinedup_worker;
