-- insert_entries
-- Keep what happened, and let it wait for its link.
WITH said AS MATERIALIZED (
    SELECT
        uuidv7() AS entry_id,
        told.la_code,
        told.school_id,
        coalesce(told.principal, scope_principal()) AS principal,
        told.action,
        told.target_kind,
        told.target_id,
        told.outcome,
        told.trace_id,
        told.seal,
        told.salt,
        told.details
    FROM unnest(
        %(la_codes)s::text [],
        %(school_ids)s::uuid [],
        %(principals)s::text [],
        %(actions)s::text [],
        %(target_kinds)s::text [],
        %(target_ids)s::text [],
        %(outcomes)s::text [],
        %(trace_ids)s::text [],
        %(seals)s::bytea [],
        %(salts)s::bytea [],
        %(details)s::text []
    ) AS told (
        la_code,
        school_id,
        principal,
        action,
        target_kind,
        target_id,
        outcome,
        trace_id,
        seal,
        salt,
        details
    )
),

kept AS (
    INSERT INTO audit_entry (
        la_code,
        school_id,
        entry_id,
        principal,
        action,
        target_kind,
        target_id,
        outcome,
        trace_id,
        seal,
        salt,
        details
    )
    SELECT
        la_code,
        school_id,
        entry_id,
        principal,
        action,
        target_kind,
        target_id,
        outcome,
        trace_id,
        seal,
        salt,
        details
    FROM said
)

INSERT INTO audit_waiting (entry_id)
SELECT entry_id FROM said;

-- try_audit_lock
-- Take the lock of who links, for this session, unless another session holds it.
SELECT pg_try_advisory_lock(%(lock_key)s::bigint) AS held;

-- list_waiting
-- Read what waits for its link, in order.
SELECT
    e.entry_id,
    e.la_code,
    e.school_id,
    e.occurred_at,
    e.principal,
    e.action,
    e.target_kind,
    e.target_id,
    e.outcome,
    e.trace_id,
    e.seal
FROM audit_waiting AS w
INNER JOIN audit_entry AS e ON w.entry_id = e.entry_id
ORDER BY w.entry_id
LIMIT %(page_size)s;

-- list_heads
-- Read the newest link of some chains.
SELECT
    l.chain,
    l.number,
    l.hash
FROM unnest(%(chains)s::text []) AS wanted (chain)
CROSS JOIN LATERAL (
    SELECT
        a.chain,
        a.number,
        a.hash
    FROM audit_link AS a
    WHERE a.chain = wanted.chain
    ORDER BY a.number DESC
    LIMIT 1
) AS l;

-- list_chains
-- Read which chains there are, hopping from each to the next.
WITH RECURSIVE found AS (
    (SELECT chain FROM audit_link ORDER BY chain LIMIT 1)
    UNION ALL
    SELECT (
        SELECT l.chain FROM audit_link AS l
        WHERE l.chain > found.chain
        ORDER BY l.chain
        LIMIT 1
    ) FROM found
    WHERE found.chain IS NOT NULL
)

SELECT chain FROM found
WHERE chain IS NOT NULL;

-- insert_links
-- Link entries.
INSERT INTO audit_link (chain, number, entry_id, digest, hash)
SELECT
    made.chain,
    made.number,
    made.entry_id,
    made.digest,
    made.hash
FROM unnest(
    %(chains)s::text [],
    %(numbers)s::bigint [],
    %(entry_ids)s::uuid [],
    %(digests)s::bytea [],
    %(hashes)s::bytea []
) AS made (chain, number, entry_id, digest, hash);

-- delete_waiting
-- Let entries that were linked wait no longer.
DELETE FROM audit_waiting
WHERE entry_id = ANY(%(entry_ids)s::uuid []);

-- read_chains
-- Read every link in order, with its entry where there still is one.
SELECT
    l.chain,
    l.number,
    l.digest,
    l.hash,
    l.entry_id AS linked_id,
    e.entry_id,
    e.la_code,
    e.school_id,
    e.occurred_at,
    e.principal,
    e.action,
    e.target_kind,
    e.target_id,
    e.outcome,
    e.trace_id,
    e.seal,
    e.salt,
    e.details
FROM audit_link AS l
LEFT JOIN audit_entry AS e ON l.entry_id = e.entry_id
ORDER BY l.chain, l.number;

-- read_strays
-- Read every entry that is neither linked nor waits for its link.
SELECT
    e.entry_id,
    e.la_code,
    e.occurred_at,
    e.action
FROM audit_entry AS e
WHERE
    NOT EXISTS (SELECT FROM audit_link AS l WHERE l.entry_id = e.entry_id)
    AND NOT EXISTS (SELECT FROM audit_waiting AS w WHERE w.entry_id = e.entry_id);

-- read_waiting
-- Read every entry that waits for its link, with when it was recorded if it is there.
SELECT
    w.entry_id,
    e.occurred_at
FROM audit_waiting AS w
LEFT JOIN audit_entry AS e ON w.entry_id = e.entry_id
ORDER BY w.entry_id;

-- list_entries
-- A page of what was recorded in scope, the newest first.
SELECT
    entry_id,
    occurred_at,
    la_code,
    school_id,
    principal,
    action,
    target_kind,
    target_id,
    outcome,
    trace_id,
    details
FROM audit_entry
WHERE
    (%(after)s::uuid IS NULL OR entry_id < %(after)s)
    AND (%(first_id)s::uuid IS NULL OR entry_id >= %(first_id)s)
    AND (%(end_id)s::uuid IS NULL OR entry_id < %(end_id)s)
    AND (%(la_code)s::text IS NULL OR la_code = %(la_code)s)
    AND (%(school_ids)s::uuid [] IS NULL OR school_id = ANY(%(school_ids)s))
    AND (%(principal)s::text IS NULL OR principal = %(principal)s)
    AND (%(target_id)s::text IS NULL OR target_id = %(target_id)s)
    AND (%(outcome)s::text IS NULL OR outcome = %(outcome)s)
    AND (
        %(action)s::text IS NULL
        OR action = %(action)s
        OR starts_with(action, %(action)s || '.')
    )
ORDER BY entry_id DESC
LIMIT %(page_size)s;
