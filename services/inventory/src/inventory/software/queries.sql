-- list_hosts
-- Read assets of the scope by their ids, as far as software needs them.
SELECT
    asset_id,
    la_code,
    school_id,
    status
FROM asset
WHERE asset_id = ANY(%(asset_ids)s::uuid []);

-- update_unlisted
-- Say of what assets no longer have that it is gone.
UPDATE software_install SET gone_at = now()
WHERE
    asset_id = ANY(%(asset_ids)s::uuid [])
    AND gone_at IS NULL
    AND NOT EXISTS (
        SELECT 1
        FROM jsonb_to_recordset(%(installs)s::jsonb) AS said (
            asset_id uuid, publisher text, name text, version text
        )
        WHERE
            said.asset_id = software_install.asset_id
            AND said.publisher = software_install.publisher
            AND said.name = software_install.name
            AND said.version = software_install.version
    );

-- upsert_installs
-- Keep what assets have, each title and version once, and when it was heard.
INSERT INTO software_install (
    la_code, school_id, asset_id, publisher, name, version, maker, maker_key, title,
    title_key, release, title_kind
)
SELECT DISTINCT
    said.la_code,
    said.school_id,
    said.asset_id,
    said.publisher,
    said.name,
    said.version,
    said.maker,
    said.maker_key,
    said.title,
    said.title_key,
    said.release,
    said.title_kind
FROM jsonb_to_recordset(%(installs)s::jsonb) AS said (
    la_code text,
    school_id uuid,
    asset_id uuid,
    publisher text,
    name text,
    version text,
    maker text,
    maker_key text,
    title text,
    title_key text,
    release text,
    title_kind text
)
-- Two reports at once take their locks in one order.
ORDER BY
    said.la_code, said.school_id, said.asset_id, said.publisher, said.name, said.version
ON CONFLICT (la_code, school_id, asset_id, publisher, name, version) DO UPDATE
SET
seen_at = excluded.seen_at,
gone_at = NULL,
maker = excluded.maker,
maker_key = excluded.maker_key,
title = excluded.title,
title_key = excluded.title_key,
release = excluded.release,
title_kind = excluded.title_kind;

-- list_titles
-- Count the devices of the scope by title and version; retired ones do not count.
SELECT
    software_install.publisher,
    software_install.name,
    nullif(software_install.version, '') AS version,
    count(*) AS devices
FROM software_install
INNER JOIN asset
    ON
        software_install.la_code = asset.la_code
        AND software_install.school_id = asset.school_id
        AND software_install.asset_id = asset.asset_id
INNER JOIN school ON software_install.school_id = school.school_id
WHERE
    (%(la_code)s::text IS NULL OR software_install.la_code = %(la_code)s::text)
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR software_install.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND (%(school_urn)s::int IS NULL OR school.urn = %(school_urn)s::int)
    AND software_install.gone_at IS NULL
    AND asset.status <> 'retired'
    AND (
        %(q)s::text IS NULL
        OR strpos(
            lower(software_install.name || ' ' || software_install.publisher),
            lower(%(q)s::text)
        ) > 0
    )
    AND (
        %(after_name)s::text IS NULL
        OR (
            lower(software_install.name),
            software_install.name,
            software_install.publisher,
            software_install.version
        ) > (
            lower(%(after_name)s::text),
            %(after_name)s::text,
            %(after_publisher)s::text,
            %(after_version)s::text
        )
    )
GROUP BY
    software_install.name, software_install.publisher, software_install.version
ORDER BY
    lower(software_install.name),
    software_install.name,
    software_install.publisher,
    software_install.version
LIMIT %(page_size)s;

-- list_installed
-- List what an asset of the scope has, by name.
SELECT
    software_install.publisher,
    software_install.name,
    nullif(software_install.version, '') AS version,
    software_install.seen_at
FROM software_install
WHERE
    software_install.asset_id = %(asset_id)s
    AND software_install.gone_at IS NULL
    AND (
        %(after_name)s::text IS NULL
        OR (
            lower(software_install.name),
            software_install.name,
            software_install.publisher,
            software_install.version
        ) > (
            lower(%(after_name)s::text),
            %(after_name)s::text,
            %(after_publisher)s::text,
            %(after_version)s::text
        )
    )
-- The column, not the answer's version, which may be null.
ORDER BY
    lower(software_install.name),
    software_install.name,
    software_install.publisher,
    software_install.version
LIMIT %(page_size)s;

-- update_gone
-- Say of what one asset no longer has that it is gone, and what that was.
UPDATE software_install SET gone_at = now()
WHERE
    asset_id = %(asset_id)s
    AND gone_at IS NULL
    AND NOT EXISTS (
        SELECT 1
        FROM jsonb_to_recordset(%(titles)s::jsonb) AS said (
            publisher text, name text, version text
        )
        WHERE
            said.publisher = software_install.publisher
            AND said.name = software_install.name
            AND said.version = software_install.version
    )
RETURNING publisher, name, version;

-- upsert_found
-- Keep what one asset has and say what of it is new; of the rest, once a week, the time.
INSERT INTO software_install (
    la_code, school_id, asset_id, publisher, name, version, maker, maker_key, title,
    title_key, release, title_kind
)
SELECT
    %(la_code)s,
    %(school_id)s,
    %(asset_id)s,
    said.publisher,
    said.name,
    said.version,
    said.maker,
    said.maker_key,
    said.title,
    said.title_key,
    said.release,
    said.title_kind
FROM jsonb_to_recordset(%(titles)s::jsonb) AS said (
    publisher text,
    name text,
    version text,
    maker text,
    maker_key text,
    title text,
    title_key text,
    release text,
    title_kind text
)
-- Two reports at once take their locks in one order.
ORDER BY said.publisher, said.name, said.version
ON CONFLICT (la_code, school_id, asset_id, publisher, name, version)
DO UPDATE SET
seen_at = now(),
gone_at = NULL,
maker = excluded.maker,
maker_key = excluded.maker_key,
title = excluded.title,
title_key = excluded.title_key,
release = excluded.release,
title_kind = excluded.title_kind
WHERE
    software_install.gone_at IS NOT NULL
    OR software_install.seen_at < now() - interval '7 days'
    -- The rules have changed since.
    OR (
        software_install.maker, software_install.title, software_install.release,
        software_install.title_kind
    )
    IS DISTINCT FROM (
        excluded.maker, excluded.title, excluded.release, excluded.title_kind
    )
RETURNING
    new.publisher,
    new.name,
    new.version,
    (old.asset_id IS NULL OR old.gone_at IS NOT NULL) AS is_new;

-- copy_installs
-- Let an asset have what another has, as it was heard of there.
INSERT INTO software_install (
    la_code, school_id, asset_id, publisher, name, version, maker, maker_key, title,
    title_key, release, title_kind, seen_at
)
SELECT
    had.la_code,
    had.school_id,
    %(new_id)s,
    had.publisher,
    had.name,
    had.version,
    had.maker,
    had.maker_key,
    had.title,
    had.title_key,
    had.release,
    had.title_kind,
    had.seen_at
FROM software_install AS had
WHERE
    had.asset_id = %(old_id)s
    AND had.gone_at IS NULL
    AND (
        %(since)s::timestamptz IS NULL
        OR had.seen_at > %(since)s::timestamptz
    )
ORDER BY had.publisher, had.name, had.version
ON CONFLICT (la_code, school_id, asset_id, publisher, name, version) DO UPDATE SET
seen_at = excluded.seen_at,
gone_at = NULL
WHERE software_install.gone_at IS NOT NULL;

-- end_installs
-- Let an asset have nothing any more.
UPDATE software_install SET gone_at = now()
WHERE asset_id = %(asset_id)s AND gone_at IS NULL;

-- revive_installs
-- Let an asset have again what it had until a moment.
UPDATE software_install SET gone_at = NULL
WHERE asset_id = %(asset_id)s AND gone_at = %(until)s;

-- end_installs_of
-- Let an asset no longer have what another has, as far as it was heard of there.
UPDATE software_install SET gone_at = now()
FROM software_install AS had
WHERE
    software_install.asset_id = %(old_id)s
    AND software_install.gone_at IS NULL
    AND had.asset_id = %(new_id)s
    AND had.gone_at IS NULL
    AND software_install.publisher = had.publisher
    AND software_install.name = had.name
    AND software_install.version = had.version
    AND software_install.seen_at = had.seen_at;
