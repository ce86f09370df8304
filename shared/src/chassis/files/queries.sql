-- insert_file
-- Keep whose a content is.
INSERT INTO file (la_code, school_id, principal, name, media_type, size, sha256)
VALUES (
    %(la_code)s,
    %(school_id)s,
    %(principal)s,
    %(name)s,
    %(media_type)s,
    %(size)s,
    %(sha256)s
)
RETURNING file_id;

-- hold_quota
-- Let one file at a time be added to what an LA or a caller keeps.
SELECT
    pg_advisory_xact_lock(
        hashtextextended('files ' || %(keeper)s::text, 0)
    )::text AS held;

-- measure_la
-- Add up what an LA keeps.
SELECT coalesce(sum(size), 0)::bigint AS kept FROM file
WHERE la_code = %(la_code)s;

-- measure_principal
-- Add up what a caller keeps that is no LA's.
SELECT coalesce(sum(size), 0)::bigint AS kept FROM file
WHERE principal = %(principal)s AND la_code IS NULL;

-- get_file
-- Read what is known of a file.
SELECT
    file_id,
    la_code,
    school_id,
    principal,
    name,
    media_type,
    size,
    sha256,
    created_at
FROM file
WHERE file_id = %(file_id)s;

-- delete_file
-- Forget a file.
DELETE FROM file
WHERE file_id = %(file_id)s;

-- list_ownerless
-- Say which of some contents are nobody's.
SELECT found.sha256
FROM unnest(%(digests)s::text []) AS found (sha256)
WHERE NOT EXISTS (SELECT 1 FROM file WHERE file.sha256 = found.sha256);
