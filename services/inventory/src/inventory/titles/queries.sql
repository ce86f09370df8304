-- list_titles
-- Count the devices of the scope that are in use by title.
SELECT
    software_install.title_id,
    min(software_install.maker) AS publisher,
    min(software_install.title) AS name,
    min(software_install.title_kind) AS kind,
    min(software_install.title_key) AS sort_name,
    count(DISTINCT software_install.asset_id)::integer AS devices,
    count(DISTINCT software_install.release)::integer AS versions
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
    AND software_install.gone_at IS NULL
    AND asset.status NOT IN ('retired', 'disposed', 'cancelled')
    AND (%(kind)s::text IS NULL OR software_install.title_kind = %(kind)s::text)
    AND (
        %(title_id)s::uuid IS NULL OR software_install.title_id = %(title_id)s::uuid
    )
    AND (
        %(parts)s::text [] IS NULL
        OR lower(software_install.title || ' ' || software_install.maker)
        LIKE ALL(%(parts)s::text [])
    )
GROUP BY software_install.title_id;

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
    school.urn,
    school.name,
    asset.tag,
    asset.sort_tag,
    asset.manufacturer,
    asset.model,
    asset.room
ORDER BY asset.sort_tag, asset.asset_id
LIMIT %(page_size)s;
