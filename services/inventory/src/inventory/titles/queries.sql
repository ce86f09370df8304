-- list_titles
-- Count the devices of the scope that are in use by title.
SELECT
    counted.title_id,
    called.maker AS publisher,
    called.title AS name,
    called.title_kind AS kind,
    called.title_key AS sort_name,
    counted.devices
FROM (
    SELECT
        having_it.title_id,
        count(*)::integer AS devices
    FROM (
        -- Each device once, in the order of the index.
        SELECT DISTINCT
            software_install.title_id,
            software_install.school_id,
            software_install.asset_id
        FROM software_install
        WHERE
            (
                %(la_code)s::text IS NULL
                OR software_install.la_code = %(la_code)s::text
            )
            AND (
                %(school_ids)s::uuid [] IS NULL
                OR software_install.school_id = ANY(%(school_ids)s::uuid [])
            )
            AND software_install.gone_at IS NULL
            AND (
                %(title_id)s::uuid IS NULL
                OR software_install.title_id = %(title_id)s::uuid
            )
    ) AS having_it
    WHERE
        having_it.asset_id NOT IN (
            SELECT asset.asset_id
            FROM asset
            WHERE
                asset.status IN ('retired', 'disposed', 'cancelled')
                AND (
                    %(la_code)s::text IS NULL OR asset.la_code = %(la_code)s::text
                )
        )
    GROUP BY having_it.title_id
) AS counted
CROSS JOIN LATERAL (
    SELECT
        software_install.maker,
        software_install.title,
        software_install.title_kind,
        software_install.title_key
    FROM software_install
    WHERE
        software_install.title_id = counted.title_id
        AND (
            %(la_code)s::text IS NULL OR software_install.la_code = %(la_code)s::text
        )
        AND (
            %(school_ids)s::uuid [] IS NULL
            OR software_install.school_id = ANY(%(school_ids)s::uuid [])
        )
        AND software_install.gone_at IS NULL
    ORDER BY
        software_install.la_code,
        software_install.title_id,
        software_install.school_id,
        software_install.asset_id
    LIMIT 1
) AS called
WHERE
    (%(kind)s::text IS NULL OR called.title_kind = %(kind)s::text)
    AND (
        %(parts)s::text [] IS NULL
        OR lower(called.title || ' ' || called.maker) LIKE ALL(%(parts)s::text [])
    );

-- list_titles_of_authority
-- Count the devices of a whole LA that are in use by title.
WITH RECURSIVE known AS (
    -- From one title of the index to the next: few are seen of many rows.
    (
        SELECT software_install.title_id
        FROM software_install
        WHERE
            software_install.la_code = %(la_code)s
            AND software_install.gone_at IS NULL
        ORDER BY software_install.title_id
        LIMIT 1
    )
    UNION ALL
    SELECT following.title_id
    FROM known
    CROSS JOIN LATERAL (
        SELECT software_install.title_id
        FROM software_install
        WHERE
            software_install.la_code = %(la_code)s
            AND software_install.gone_at IS NULL
            AND software_install.title_id > known.title_id
        ORDER BY software_install.title_id
        LIMIT 1
    ) AS following
)

SELECT
    known.title_id,
    called.maker AS publisher,
    called.title AS name,
    called.title_kind AS kind,
    called.title_key AS sort_name,
    counted.devices
FROM known
CROSS JOIN LATERAL (
    SELECT
        software_install.maker,
        software_install.title,
        software_install.title_kind,
        software_install.title_key
    FROM software_install
    WHERE
        software_install.la_code = %(la_code)s
        AND software_install.title_id = known.title_id
        AND software_install.gone_at IS NULL
    ORDER BY software_install.school_id, software_install.asset_id
    LIMIT 1
) AS called
CROSS JOIN LATERAL (
    SELECT count(*)::integer AS devices
    FROM (
        SELECT DISTINCT
            software_install.school_id,
            software_install.asset_id
        FROM software_install
        WHERE
            software_install.la_code = %(la_code)s
            AND software_install.title_id = known.title_id
            AND software_install.gone_at IS NULL
    ) AS having_it
    WHERE
        having_it.asset_id NOT IN (
            SELECT asset.asset_id
            FROM asset
            WHERE
                asset.la_code = %(la_code)s
                AND asset.status IN ('retired', 'disposed', 'cancelled')
        )
) AS counted
WHERE
    counted.devices > 0
    AND (%(kind)s::text IS NULL OR called.title_kind = %(kind)s::text)
    AND (
        %(parts)s::text [] IS NULL
        OR lower(called.title || ' ' || called.maker) LIKE ALL(%(parts)s::text [])
    );

-- list_releases
-- Count the devices of the scope that are in use by the versions of a title.
SELECT
    software_install.release AS version,
    count(DISTINCT software_install.asset_id)::integer AS devices
FROM software_install
INNER JOIN asset
    ON
        software_install.la_code = asset.la_code
        AND software_install.school_id = asset.school_id
        AND software_install.asset_id = asset.asset_id
WHERE
    (%(la_code)s::text IS NULL OR software_install.la_code = %(la_code)s::text)
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR software_install.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND software_install.title_id = %(title_id)s
    AND software_install.gone_at IS NULL
    AND asset.status NOT IN ('retired', 'disposed', 'cancelled')
GROUP BY software_install.release;

-- list_devices
-- List the devices of the scope that have a title, by tag.
SELECT
    asset.asset_id,
    asset.la_code,
    school.urn AS school_urn,
    school.name AS school_name,
    asset.tag,
    asset.sort_tag,
    asset.manufacturer,
    asset.model,
    asset.room,
    array_agg(DISTINCT software_install.release) AS versions,
    max(software_install.seen_at) AS seen_at
FROM software_install
INNER JOIN asset
    ON
        software_install.la_code = asset.la_code
        AND software_install.school_id = asset.school_id
        AND software_install.asset_id = asset.asset_id
INNER JOIN school ON asset.school_id = school.school_id
WHERE
    (%(la_code)s::text IS NULL OR software_install.la_code = %(la_code)s::text)
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR software_install.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND software_install.title_id = %(title_id)s
    AND software_install.gone_at IS NULL
    AND asset.status NOT IN ('retired', 'disposed', 'cancelled')
    AND (%(version)s::text IS NULL OR software_install.release = %(version)s::text)
    AND (
        %(after_id)s::uuid IS NULL
        OR (asset.sort_tag, asset.asset_id) > (%(after_tag)s::text, %(after_id)s::uuid)
    )
GROUP BY
    asset.asset_id,
    asset.la_code,
    school.urn,
    school.name,
    asset.tag,
    asset.sort_tag,
    asset.manufacturer,
    asset.model,
    asset.room
ORDER BY asset.sort_tag, asset.asset_id
LIMIT %(page_size)s;
