-- insert_key
-- Keep a key's hash and return the key as it is kept.
WITH stored AS (
    INSERT INTO enrolment_key (la_code, school_id, name, hint, key_hash)
    VALUES (%(la_code)s, %(school_id)s, %(name)s, %(hint)s, %(key_hash)s)
    RETURNING
        key_id, la_code, school_id, name, hint, made_by, made_at, earlier_ends_at,
        last_used_at, withdrawn_at, version
)

SELECT
    stored.key_id,
    stored.la_code,
    stored.school_id,
    school.urn AS school_urn,
    stored.name,
    stored.hint,
    stored.made_by,
    stored.made_at,
    stored.earlier_ends_at,
    stored.last_used_at,
    stored.withdrawn_at,
    stored.version
FROM stored
INNER JOIN school ON stored.school_id = school.school_id;

-- lock_keys
-- Wait for whoever makes a key of the same school: two at once make none too many.
SELECT
    pg_advisory_xact_lock(
        hashtextextended('enrolment keys ' || %(school_id)s::text, 0)
    )::text AS held;

-- count_keys
-- Count the keys of a school that are in use.
SELECT count(*)::int
FROM enrolment_key
WHERE school_id = %(school_id)s AND withdrawn_at IS NULL;

-- get_key
-- Read a key of the scope.
SELECT
    enrolment_key.key_id,
    enrolment_key.la_code,
    enrolment_key.school_id,
    school.urn AS school_urn,
    enrolment_key.name,
    enrolment_key.hint,
    enrolment_key.made_by,
    enrolment_key.made_at,
    enrolment_key.earlier_ends_at,
    enrolment_key.last_used_at,
    enrolment_key.withdrawn_at,
    enrolment_key.version
FROM enrolment_key
INNER JOIN school ON enrolment_key.school_id = school.school_id
WHERE enrolment_key.key_id = %(key_id)s;

-- list_keys
-- List keys of the scope, the newest first.
SELECT
    enrolment_key.key_id,
    enrolment_key.la_code,
    enrolment_key.school_id,
    school.urn AS school_urn,
    enrolment_key.name,
    enrolment_key.hint,
    enrolment_key.made_by,
    enrolment_key.made_at,
    enrolment_key.earlier_ends_at,
    enrolment_key.last_used_at,
    enrolment_key.withdrawn_at,
    enrolment_key.version
FROM enrolment_key
INNER JOIN school ON enrolment_key.school_id = school.school_id
WHERE
    (
        enrolment_key.la_code = ANY(%(las)s::text [])
        OR enrolment_key.school_id = ANY(%(schools)s::uuid [])
    )
    AND (
        %(school_id)s::uuid IS NULL OR enrolment_key.school_id = %(school_id)s::uuid
    )
    AND (%(after_id)s::uuid IS NULL OR enrolment_key.key_id < %(after_id)s::uuid)
ORDER BY enrolment_key.key_id DESC
LIMIT %(page_size)s;

-- rotate_key
-- Put another hash in the place of a key's, which is taken until the overlap is over.
UPDATE enrolment_key SET
    hint = %(hint)s,
    key_hash = %(key_hash)s,
    earlier_hash = key_hash,
    earlier_ends_at = now() + %(overlap)s::interval,
    version = version + 1
WHERE key_id = %(key_id)s AND version = %(version)s AND withdrawn_at IS NULL;

-- withdraw_key
-- Take a key no more.
UPDATE enrolment_key SET
    withdrawn_at = now(),
    version = version + 1
WHERE key_id = %(key_id)s AND version = %(version)s AND withdrawn_at IS NULL;

-- find_holder
-- Say whose a key is, by its hash.
SELECT
    key_id,
    la_code,
    school_id,
    coalesce(last_used_at < now() - interval '1 hour', true) AS is_stale
FROM enrolment_key
WHERE key_hash = %(key_hash)s AND withdrawn_at IS NULL
UNION ALL
SELECT
    key_id,
    la_code,
    school_id,
    coalesce(last_used_at < now() - interval '1 hour', true) AS is_stale
FROM enrolment_key
WHERE
    earlier_hash = %(key_hash)s
    AND earlier_ends_at > now()
    AND withdrawn_at IS NULL
LIMIT 1;

-- touch_key
-- Note that a key was used.
UPDATE enrolment_key SET last_used_at = now()
WHERE key_id = %(key_id)s;
