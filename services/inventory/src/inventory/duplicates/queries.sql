-- insert_merge
-- Keep that two assets are one, and what moved.
INSERT INTO asset_merge (
    la_code, school_id, kept_id, kept_version, duplicate_id, duplicate_version, devices,
    attachments, repairs, relations_ended, relations_begun
) VALUES (
    %(la_code)s, %(school_id)s, %(kept_id)s, %(kept_version)s, %(duplicate_id)s,
    %(duplicate_version)s, %(devices)s::uuid [], %(attachments)s::uuid [],
    %(repairs)s::uuid [], %(relations_ended)s::uuid [], %(relations_begun)s::uuid []
)
RETURNING merge_id;

-- split_merge
-- Keep that two assets are two again, unless somebody came first.
UPDATE asset_merge SET
    split_by = scope_principal(),
    split_at = now(),
    version = version + 1
WHERE merge_id = %(merge_id)s AND version = %(version)s AND split_at IS NULL;

-- list_merges
-- Read merges of the scope, of one asset or one by its id, the newest first.
SELECT
    m.merge_id,
    m.la_code,
    m.school_id,
    m.kept_id,
    kept.tag AS kept_tag,
    m.kept_version,
    m.duplicate_id,
    gone.tag AS duplicate_tag,
    m.duplicate_version,
    m.devices,
    m.attachments,
    m.repairs,
    m.relations_ended,
    m.relations_begun,
    m.merged_by,
    m.merged_at,
    m.split_by,
    m.split_at,
    m.version
FROM asset_merge AS m
LEFT JOIN asset AS kept ON m.kept_id = kept.asset_id
LEFT JOIN asset AS gone ON m.duplicate_id = gone.asset_id
WHERE
    (
        m.merge_id = %(merge_id)s
        OR m.kept_id = %(asset_id)s
        OR m.duplicate_id = %(asset_id)s
    )
ORDER BY m.merge_id DESC
LIMIT %(page_size)s;

-- list_leading
-- List the duplicates that lead to some assets.
SELECT asset_id
FROM asset
WHERE merged_into = ANY(%(asset_ids)s::uuid [])
ORDER BY asset_id;

-- list_own
-- List what was merged into an asset itself, however far, whatever it leads to now.
WITH RECURSIVE its AS (
    SELECT m.duplicate_id
    FROM asset_merge AS m
    WHERE m.kept_id = %(asset_id)s AND m.split_at IS NULL
    UNION
    SELECT m.duplicate_id
    FROM its
    INNER JOIN asset_merge AS m ON its.duplicate_id = m.kept_id
    WHERE m.split_at IS NULL
)

SELECT its.duplicate_id FROM its;

-- keep_merged_words
-- Let assets be found by what is known of their duplicates, and by nothing else's.
UPDATE asset SET
    merged_words = coalesce(
        (
            SELECT
                string_agg(
                    concat_ws(' ', gone.tag, gone.serial, gone.details ->> 'hostname'),
                    ' ' ORDER BY gone.asset_id
                )
            FROM asset AS gone
            WHERE gone.merged_into = asset.asset_id
        ),
        ''
    )
WHERE asset_id = ANY(%(asset_ids)s::uuid []);

-- count_belongings
-- Count what belongs to an asset.
SELECT
    (
        SELECT count(*)::integer FROM agent_device AS d WHERE d.asset_id = %(asset_id)s
    ) AS devices,
    (
        SELECT count(*)::integer
        FROM asset_attachment AS a
        WHERE a.asset_id = %(asset_id)s
    ) AS attachments,
    (
        SELECT count(*)::integer FROM repair AS r WHERE r.asset_id = %(asset_id)s
    ) AS repairs,
    (
        SELECT count(*)::integer
        FROM asset_relation AS r
        WHERE
            (r.asset_id = %(asset_id)s OR r.other_id = %(asset_id)s)
            AND r.ended_at IS NULL
    ) AS relations;

-- list_likenesses
-- List the assets of a school that bear the serial of one of them.
SELECT
    other.asset_id,
    other.tag,
    other.category,
    other.manufacturer,
    other.model,
    other.serial,
    other.room,
    other.status,
    other.version
FROM asset
INNER JOIN asset AS other
    ON
        asset.school_id = other.school_id
        AND asset.sort_serial = other.sort_serial
        AND asset.asset_id <> other.asset_id
WHERE
    asset.asset_id = %(asset_id)s
    AND other.merged_into IS NULL
    AND other.status <> 'disposed'
ORDER BY other.sort_tag, other.asset_id
LIMIT %(page_size)s;

-- list_shared
-- List the serials that several assets of a school bear, in small letters.
SELECT
    sort_serial AS serial,
    count(*)::integer AS assets
FROM asset
WHERE
    school_id = %(school_id)s
    AND merged_into IS NULL
    AND status <> 'disposed'
    AND sort_serial IS NOT NULL
GROUP BY sort_serial
HAVING count(*) > 1
ORDER BY sort_serial;

-- list_suspects
-- List the assets of a school that bear some serials, by serial.
SELECT
    asset_id,
    tag,
    category,
    manufacturer,
    model,
    serial,
    room,
    status,
    version
FROM asset
WHERE
    school_id = %(school_id)s
    AND sort_serial = ANY(%(serials)s::text [])
    AND merged_into IS NULL
    AND status <> 'disposed'
ORDER BY sort_serial, sort_tag, asset_id;
