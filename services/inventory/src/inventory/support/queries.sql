-- count_systems
-- Count the machines in use of a place by school and by what they say that they run.
SELECT
    asset.school_id,
    asset.system_told,
    count(*)::integer AS devices
FROM asset
WHERE
    (%(la_code)s::text IS NULL OR asset.la_code = %(la_code)s::text)
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR asset.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND asset.status = 'in-use'
    AND asset.system_told IS NOT NULL
GROUP BY asset.school_id, asset.system_told;

-- count_builds
-- Count the machines in use of a place by what they run and what they are made of.
SELECT
    asset.category,
    asset.system_told,
    asset.hardware_told,
    count(*)::integer AS devices
FROM asset
WHERE
    (%(la_code)s::text IS NULL OR asset.la_code = %(la_code)s::text)
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR asset.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND asset.status = 'in-use'
    AND asset.system_told IS NOT NULL
    AND asset.category IN ('desktop', 'laptop', 'tablet')
GROUP BY asset.category, asset.system_told, asset.hardware_told;

-- list_places
-- List the schools of a place.
SELECT
    school.school_id,
    school.urn,
    school.name
FROM school
WHERE
    (%(la_code)s::text IS NULL OR school.la_code = %(la_code)s::text)
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR school.school_id = ANY(%(school_ids)s::uuid [])
    );

-- list_titles
-- List the titles on the kit of a place.
SELECT DISTINCT ON (software_install.title_id)
    software_install.title_id,
    software_install.title,
    software_install.title_key
FROM software_install
WHERE
    (%(la_code)s::text IS NULL OR software_install.la_code = %(la_code)s::text)
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR software_install.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND software_install.gone_at IS NULL
    AND software_install.title_kind = 'application'
ORDER BY software_install.title_id, software_install.title;

-- list_titles_of_authority
-- List the titles on the kit of a whole LA.
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
    called.title,
    called.title_key
FROM known
CROSS JOIN LATERAL (
    SELECT
        software_install.title,
        software_install.title_key
    FROM software_install
    WHERE
        software_install.la_code = %(la_code)s
        AND software_install.title_id = known.title_id
        AND software_install.gone_at IS NULL
    ORDER BY software_install.school_id, software_install.asset_id
    LIMIT 1
) AS called;

-- count_software
-- Count the machines in use of a place that have each of some titles, by version.
SELECT
    software_install.title_id,
    software_install.release,
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
    AND software_install.title_id = ANY(%(title_ids)s::uuid [])
    AND software_install.gone_at IS NULL
    AND asset.status = 'in-use'
    AND asset.system_told IS NOT NULL
GROUP BY software_install.title_id, software_install.release;

-- list_devices_by_tag
-- List machines in use of a place by tag.
SELECT
    asset.asset_id,
    school.urn AS school_urn,
    school.name AS school_name,
    asset.tag,
    asset.sort_tag,
    asset.category,
    asset.manufacturer,
    asset.model,
    asset.room,
    asset.system_told,
    asset.hardware_told
FROM asset
INNER JOIN school ON asset.school_id = school.school_id
WHERE
    (%(la_code)s::text IS NULL OR asset.la_code = %(la_code)s::text)
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR asset.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND asset.status = 'in-use'
    AND asset.system_told IS NOT NULL
    AND (%(room)s::text IS NULL OR lower(asset.room) = lower(%(room)s::text))
    AND (
        %(systems)s::text [] IS NULL OR asset.system_told = ANY(%(systems)s::text [])
    )
    AND (
        %(build_systems)s::text [] IS NULL
        OR (asset.system_told, asset.hardware_told, asset.category) IN (
            SELECT
                built.system_told,
                built.hardware_told,
                built.category
            FROM
                unnest(
                    %(build_systems)s::text [],
                    %(build_hardware)s::text [],
                    %(build_categories)s::text []
                ) AS built (system_told, hardware_told, category)
        )
    )
    AND (
        %(title_ids)s::uuid [] IS NULL
        OR asset.asset_id IN (
            SELECT software_install.asset_id
            FROM software_install
            INNER JOIN
                unnest(%(title_ids)s::uuid [], %(releases)s::text []) AS wanted (
                    title_id, release
                )
                ON
                    software_install.title_id = wanted.title_id
                    AND software_install.release = wanted.release
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
        )
    )
    AND (
        %(after_id)s::uuid IS NULL
        OR (asset.sort_tag, asset.asset_id) > (%(after_tag)s::text, %(after_id)s::uuid)
    )
ORDER BY asset.sort_tag, asset.asset_id
LIMIT %(page_size)s;

-- list_devices_by_tag_down
-- List machines in use of a place by tag, the last first.
SELECT
    asset.asset_id,
    school.urn AS school_urn,
    school.name AS school_name,
    asset.tag,
    asset.sort_tag,
    asset.category,
    asset.manufacturer,
    asset.model,
    asset.room,
    asset.system_told,
    asset.hardware_told
FROM asset
INNER JOIN school ON asset.school_id = school.school_id
WHERE
    (%(la_code)s::text IS NULL OR asset.la_code = %(la_code)s::text)
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR asset.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND asset.status = 'in-use'
    AND asset.system_told IS NOT NULL
    AND (%(room)s::text IS NULL OR lower(asset.room) = lower(%(room)s::text))
    AND (
        %(systems)s::text [] IS NULL OR asset.system_told = ANY(%(systems)s::text [])
    )
    AND (
        %(build_systems)s::text [] IS NULL
        OR (asset.system_told, asset.hardware_told, asset.category) IN (
            SELECT
                built.system_told,
                built.hardware_told,
                built.category
            FROM
                unnest(
                    %(build_systems)s::text [],
                    %(build_hardware)s::text [],
                    %(build_categories)s::text []
                ) AS built (system_told, hardware_told, category)
        )
    )
    AND (
        %(title_ids)s::uuid [] IS NULL
        OR asset.asset_id IN (
            SELECT software_install.asset_id
            FROM software_install
            INNER JOIN
                unnest(%(title_ids)s::uuid [], %(releases)s::text []) AS wanted (
                    title_id, release
                )
                ON
                    software_install.title_id = wanted.title_id
                    AND software_install.release = wanted.release
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
        )
    )
    AND (
        %(after_id)s::uuid IS NULL
        OR (asset.sort_tag, asset.asset_id) < (%(after_tag)s::text, %(after_id)s::uuid)
    )
ORDER BY asset.sort_tag DESC, asset.asset_id DESC
LIMIT %(page_size)s;

-- count_devices
-- Count the machines in use that a listing holds.
SELECT count(*)::integer
FROM asset
WHERE
    (%(la_code)s::text IS NULL OR asset.la_code = %(la_code)s::text)
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR asset.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND asset.status = 'in-use'
    AND asset.system_told IS NOT NULL
    AND (%(room)s::text IS NULL OR lower(asset.room) = lower(%(room)s::text))
    AND (
        %(systems)s::text [] IS NULL OR asset.system_told = ANY(%(systems)s::text [])
    )
    AND (
        %(build_systems)s::text [] IS NULL
        OR (asset.system_told, asset.hardware_told, asset.category) IN (
            SELECT
                built.system_told,
                built.hardware_told,
                built.category
            FROM
                unnest(
                    %(build_systems)s::text [],
                    %(build_hardware)s::text [],
                    %(build_categories)s::text []
                ) AS built (system_told, hardware_told, category)
        )
    )
    AND (
        %(title_ids)s::uuid [] IS NULL
        OR asset.asset_id IN (
            SELECT software_install.asset_id
            FROM software_install
            INNER JOIN
                unnest(%(title_ids)s::uuid [], %(releases)s::text []) AS wanted (
                    title_id, release
                )
                ON
                    software_install.title_id = wanted.title_id
                    AND software_install.release = wanted.release
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
        )
    );

-- get_build
-- Say what an asset says that it runs and is made of, of whatever status it is.
SELECT
    asset.category,
    asset.system_told,
    asset.hardware_told,
    1 AS devices
FROM asset
WHERE asset.asset_id = %(asset_id)s AND asset.system_told IS NOT NULL;

-- list_installed
-- List the titles that an asset has.
SELECT DISTINCT
    software_install.title,
    software_install.title_key,
    software_install.release
FROM software_install
WHERE
    software_install.asset_id = %(asset_id)s
    AND software_install.gone_at IS NULL
    AND software_install.title_kind = 'application';
