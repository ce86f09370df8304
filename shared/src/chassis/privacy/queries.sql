-- tell_record
-- What the audit says that somebody did, and what was done to them.
SELECT json_build_object(
    'when', e.occurred_at,
    'done_by_them', e.principal = %(person)s,
    'action', e.action,
    'outcome', e.outcome,
    'on', e.target_kind,
    'on_id', e.target_id,
    'la_code', e.la_code,
    'from', e.details::json ->> 'source',
    'before', e.details::json -> 'before',
    'after', e.details::json -> 'after'
) AS told
FROM audit_entry AS e
WHERE
    e.la_code = ANY(%(la_codes)s::text [])
    AND (e.principal = %(person)s OR e.target_id = %(person)s)
ORDER BY e.entry_id
LIMIT 100000;

-- erase_record
-- Erase the values of a stretch of entries that name somebody, and say how far it went.
WITH looked AS (
    SELECT
        e.entry_id,
        e.details IS NOT NULL AND (
            e.target_id = %(person)s
            OR (e.principal = %(person)s AND e.target_kind = 'address')
            OR (%(pattern)s::text IS NOT NULL AND e.details ~* %(pattern)s)
        ) AS is_theirs
    FROM audit_entry AS e
    WHERE
        e.la_code = ANY(%(la_codes)s::text [])
        AND (%(after)s::uuid IS NULL OR e.entry_id > %(after)s)
    ORDER BY e.entry_id
    LIMIT %(page_size)s
),

gone AS (
    UPDATE audit_entry AS e SET salt = NULL, details = NULL
    FROM looked AS l
    WHERE e.entry_id = l.entry_id AND l.is_theirs
    RETURNING e.entry_id
)

SELECT
    (SELECT l.entry_id FROM looked AS l ORDER BY l.entry_id DESC LIMIT 1) AS last_id,
    (SELECT count(*) FROM gone) AS erased;

-- expire_record
-- Erase the values of some entries that are older than they are to be kept.
UPDATE audit_entry SET salt = NULL, details = NULL
WHERE entry_id IN (
    SELECT e.entry_id FROM audit_entry AS e
    WHERE
        e.la_code = ANY(%(la_codes)s::text [])
        AND e.entry_id < %(before_id)s
        AND e.details IS NOT NULL
    ORDER BY e.entry_id
    LIMIT %(page_size)s
);

-- expire_unplaced_record
-- Erase the values of some old entries that are no LA's.
UPDATE audit_entry SET salt = NULL, details = NULL
WHERE entry_id IN (
    SELECT e.entry_id FROM audit_entry AS e
    WHERE
        e.la_code IS NULL
        AND e.entry_id < %(before_id)s
        AND e.details IS NOT NULL
    ORDER BY e.entry_id
    LIMIT %(page_size)s
);
