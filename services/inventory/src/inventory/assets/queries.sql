-- insert_asset
-- Register an asset and return it as stored.
INSERT INTO asset (
    la_code, school_id, tag, category, manufacturer, model, serial, room, status,
    purchased_on
) VALUES (
    %(la_code)s, %(school_id)s, %(tag)s, %(category)s, %(manufacturer)s, %(model)s,
    %(serial)s, %(room)s, %(status)s, %(purchased_on)s
)
RETURNING
asset_id,
school_id,
%(school_urn)s::int AS school_urn,
la_code,
tag,
category,
manufacturer,
model,
serial,
room,
status,
purchased_on,
version,
registered_at,
changed_at;

-- get_asset
-- Read an asset of the scope.
SELECT
    asset.asset_id,
    asset.school_id,
    school.urn AS school_urn,
    asset.la_code,
    asset.tag,
    asset.category,
    asset.manufacturer,
    asset.model,
    asset.serial,
    asset.room,
    asset.status,
    asset.purchased_on,
    asset.version,
    asset.registered_at,
    asset.changed_at
FROM asset
INNER JOIN school ON asset.school_id = school.school_id
WHERE asset.asset_id = %(asset_id)s;

-- update_asset
-- Store an asset's next version, unless another change came first.
UPDATE asset SET
    la_code = %(la_code)s,
    school_id = %(school_id)s,
    tag = %(tag)s,
    category = %(category)s,
    manufacturer = %(manufacturer)s,
    model = %(model)s,
    serial = %(serial)s,
    room = %(room)s,
    status = %(status)s,
    purchased_on = %(purchased_on)s,
    version = version + 1,
    changed_at = clock_timestamp()
WHERE asset_id = %(asset_id)s AND version = %(version)s
RETURNING
asset_id,
school_id,
%(school_urn)s::int AS school_urn,
la_code,
tag,
category,
manufacturer,
model,
serial,
room,
status,
purchased_on,
version,
registered_at,
changed_at;

-- list_assets_by_tag
-- List assets of the scope by tag.
SELECT
    (found.asset).asset_id,
    (found.asset).school_id,
    school.urn AS school_urn,
    (found.asset).la_code,
    (found.asset).tag,
    (found.asset).category,
    (found.asset).manufacturer,
    (found.asset).model,
    (found.asset).serial,
    (found.asset).room,
    (found.asset).status,
    (found.asset).purchased_on,
    (found.asset).version,
    (found.asset).registered_at,
    (found.asset).changed_at
FROM (
    SELECT held.asset
    FROM unnest(%(whole_las)s::text []) AS place (la_code)
    CROSS JOIN LATERAL (
        SELECT asset
        FROM asset
        WHERE
            asset.la_code = place.la_code
            AND (%(category)s::text IS NULL OR asset.category = %(category)s::text)
            AND (%(status)s::text IS NULL OR asset.status = %(status)s::text)
            AND (%(room)s::text IS NULL OR lower(asset.room) = lower(%(room)s::text))
            AND (
                %(parts)s::text [] IS NULL
                OR asset.search_text LIKE ALL(%(parts)s::text [])
            )
            AND (
                %(after_id)s::uuid IS NULL
                OR (asset.sort_tag, asset.asset_id)
                > (lower(%(after_key)s::text), %(after_id)s::uuid)
            )
        ORDER BY asset.sort_tag, asset.asset_id
        LIMIT %(page_size)s
    ) AS held
    UNION ALL
    SELECT held.asset
    FROM school AS place
    CROSS JOIN LATERAL (
        SELECT asset
        FROM asset
        WHERE
            asset.school_id = place.school_id
            AND (%(category)s::text IS NULL OR asset.category = %(category)s::text)
            AND (%(status)s::text IS NULL OR asset.status = %(status)s::text)
            AND (%(room)s::text IS NULL OR lower(asset.room) = lower(%(room)s::text))
            AND (
                %(parts)s::text [] IS NULL
                OR asset.search_text LIKE ALL(%(parts)s::text [])
            )
            AND (
                %(after_id)s::uuid IS NULL
                OR (asset.sort_tag, asset.asset_id)
                > (lower(%(after_key)s::text), %(after_id)s::uuid)
            )
        ORDER BY asset.sort_tag, asset.asset_id
        LIMIT %(page_size)s
    ) AS held
    WHERE
        (
            place.school_id = ANY(%(school_ids)s::uuid [])
            OR place.la_code = ANY(%(la_codes)s::text [])
        )
        AND place.la_code <> ALL(%(whole_las)s::text [])
        AND (%(la_code)s::text IS NULL OR place.la_code = %(la_code)s::text)
        AND (%(school_urn)s::int IS NULL OR place.urn = %(school_urn)s::int)
) AS found
INNER JOIN school ON (found.asset).school_id = school.school_id
ORDER BY (found.asset).sort_tag, (found.asset).asset_id
LIMIT %(page_size)s;

-- list_assets_by_tag_down
-- List assets of the scope by tag, the last first.
SELECT
    (found.asset).asset_id,
    (found.asset).school_id,
    school.urn AS school_urn,
    (found.asset).la_code,
    (found.asset).tag,
    (found.asset).category,
    (found.asset).manufacturer,
    (found.asset).model,
    (found.asset).serial,
    (found.asset).room,
    (found.asset).status,
    (found.asset).purchased_on,
    (found.asset).version,
    (found.asset).registered_at,
    (found.asset).changed_at
FROM (
    SELECT held.asset
    FROM unnest(%(whole_las)s::text []) AS place (la_code)
    CROSS JOIN LATERAL (
        SELECT asset
        FROM asset
        WHERE
            asset.la_code = place.la_code
            AND (%(category)s::text IS NULL OR asset.category = %(category)s::text)
            AND (%(status)s::text IS NULL OR asset.status = %(status)s::text)
            AND (%(room)s::text IS NULL OR lower(asset.room) = lower(%(room)s::text))
            AND (
                %(parts)s::text [] IS NULL
                OR asset.search_text LIKE ALL(%(parts)s::text [])
            )
            AND (
                %(after_id)s::uuid IS NULL
                OR (asset.sort_tag, asset.asset_id)
                < (lower(%(after_key)s::text), %(after_id)s::uuid)
            )
        ORDER BY asset.sort_tag DESC, asset.asset_id DESC
        LIMIT %(page_size)s
    ) AS held
    UNION ALL
    SELECT held.asset
    FROM school AS place
    CROSS JOIN LATERAL (
        SELECT asset
        FROM asset
        WHERE
            asset.school_id = place.school_id
            AND (%(category)s::text IS NULL OR asset.category = %(category)s::text)
            AND (%(status)s::text IS NULL OR asset.status = %(status)s::text)
            AND (%(room)s::text IS NULL OR lower(asset.room) = lower(%(room)s::text))
            AND (
                %(parts)s::text [] IS NULL
                OR asset.search_text LIKE ALL(%(parts)s::text [])
            )
            AND (
                %(after_id)s::uuid IS NULL
                OR (asset.sort_tag, asset.asset_id)
                < (lower(%(after_key)s::text), %(after_id)s::uuid)
            )
        ORDER BY asset.sort_tag DESC, asset.asset_id DESC
        LIMIT %(page_size)s
    ) AS held
    WHERE
        (
            place.school_id = ANY(%(school_ids)s::uuid [])
            OR place.la_code = ANY(%(la_codes)s::text [])
        )
        AND place.la_code <> ALL(%(whole_las)s::text [])
        AND (%(la_code)s::text IS NULL OR place.la_code = %(la_code)s::text)
        AND (%(school_urn)s::int IS NULL OR place.urn = %(school_urn)s::int)
) AS found
INNER JOIN school ON (found.asset).school_id = school.school_id
ORDER BY (found.asset).sort_tag DESC, (found.asset).asset_id DESC
LIMIT %(page_size)s;

-- list_assets_by_model
-- List assets of the scope by manufacturer and model.
SELECT
    (found.asset).asset_id,
    (found.asset).school_id,
    school.urn AS school_urn,
    (found.asset).la_code,
    (found.asset).tag,
    (found.asset).category,
    (found.asset).manufacturer,
    (found.asset).model,
    (found.asset).serial,
    (found.asset).room,
    (found.asset).status,
    (found.asset).purchased_on,
    (found.asset).version,
    (found.asset).registered_at,
    (found.asset).changed_at
FROM (
    SELECT held.asset
    FROM unnest(%(whole_las)s::text []) AS place (la_code)
    CROSS JOIN LATERAL (
        SELECT asset
        FROM asset
        WHERE
            asset.la_code = place.la_code
            AND (%(category)s::text IS NULL OR asset.category = %(category)s::text)
            AND (%(status)s::text IS NULL OR asset.status = %(status)s::text)
            AND (%(room)s::text IS NULL OR lower(asset.room) = lower(%(room)s::text))
            AND (
                %(parts)s::text [] IS NULL
                OR asset.search_text LIKE ALL(%(parts)s::text [])
            )
            AND (
                %(after_id)s::uuid IS NULL
                OR (asset.sort_model, asset.asset_id)
                > (lower(%(after_key)s::text), %(after_id)s::uuid)
            )
        ORDER BY asset.sort_model, asset.asset_id
        LIMIT %(page_size)s
    ) AS held
    UNION ALL
    SELECT held.asset
    FROM school AS place
    CROSS JOIN LATERAL (
        SELECT asset
        FROM asset
        WHERE
            asset.school_id = place.school_id
            AND (%(category)s::text IS NULL OR asset.category = %(category)s::text)
            AND (%(status)s::text IS NULL OR asset.status = %(status)s::text)
            AND (%(room)s::text IS NULL OR lower(asset.room) = lower(%(room)s::text))
            AND (
                %(parts)s::text [] IS NULL
                OR asset.search_text LIKE ALL(%(parts)s::text [])
            )
            AND (
                %(after_id)s::uuid IS NULL
                OR (asset.sort_model, asset.asset_id)
                > (lower(%(after_key)s::text), %(after_id)s::uuid)
            )
        ORDER BY asset.sort_model, asset.asset_id
        LIMIT %(page_size)s
    ) AS held
    WHERE
        (
            place.school_id = ANY(%(school_ids)s::uuid [])
            OR place.la_code = ANY(%(la_codes)s::text [])
        )
        AND place.la_code <> ALL(%(whole_las)s::text [])
        AND (%(la_code)s::text IS NULL OR place.la_code = %(la_code)s::text)
        AND (%(school_urn)s::int IS NULL OR place.urn = %(school_urn)s::int)
) AS found
INNER JOIN school ON (found.asset).school_id = school.school_id
ORDER BY (found.asset).sort_model, (found.asset).asset_id
LIMIT %(page_size)s;

-- list_assets_by_model_down
-- List assets of the scope by manufacturer and model, the last first.
SELECT
    (found.asset).asset_id,
    (found.asset).school_id,
    school.urn AS school_urn,
    (found.asset).la_code,
    (found.asset).tag,
    (found.asset).category,
    (found.asset).manufacturer,
    (found.asset).model,
    (found.asset).serial,
    (found.asset).room,
    (found.asset).status,
    (found.asset).purchased_on,
    (found.asset).version,
    (found.asset).registered_at,
    (found.asset).changed_at
FROM (
    SELECT held.asset
    FROM unnest(%(whole_las)s::text []) AS place (la_code)
    CROSS JOIN LATERAL (
        SELECT asset
        FROM asset
        WHERE
            asset.la_code = place.la_code
            AND (%(category)s::text IS NULL OR asset.category = %(category)s::text)
            AND (%(status)s::text IS NULL OR asset.status = %(status)s::text)
            AND (%(room)s::text IS NULL OR lower(asset.room) = lower(%(room)s::text))
            AND (
                %(parts)s::text [] IS NULL
                OR asset.search_text LIKE ALL(%(parts)s::text [])
            )
            AND (
                %(after_id)s::uuid IS NULL
                OR (asset.sort_model, asset.asset_id)
                < (lower(%(after_key)s::text), %(after_id)s::uuid)
            )
        ORDER BY asset.sort_model DESC, asset.asset_id DESC
        LIMIT %(page_size)s
    ) AS held
    UNION ALL
    SELECT held.asset
    FROM school AS place
    CROSS JOIN LATERAL (
        SELECT asset
        FROM asset
        WHERE
            asset.school_id = place.school_id
            AND (%(category)s::text IS NULL OR asset.category = %(category)s::text)
            AND (%(status)s::text IS NULL OR asset.status = %(status)s::text)
            AND (%(room)s::text IS NULL OR lower(asset.room) = lower(%(room)s::text))
            AND (
                %(parts)s::text [] IS NULL
                OR asset.search_text LIKE ALL(%(parts)s::text [])
            )
            AND (
                %(after_id)s::uuid IS NULL
                OR (asset.sort_model, asset.asset_id)
                < (lower(%(after_key)s::text), %(after_id)s::uuid)
            )
        ORDER BY asset.sort_model DESC, asset.asset_id DESC
        LIMIT %(page_size)s
    ) AS held
    WHERE
        (
            place.school_id = ANY(%(school_ids)s::uuid [])
            OR place.la_code = ANY(%(la_codes)s::text [])
        )
        AND place.la_code <> ALL(%(whole_las)s::text [])
        AND (%(la_code)s::text IS NULL OR place.la_code = %(la_code)s::text)
        AND (%(school_urn)s::int IS NULL OR place.urn = %(school_urn)s::int)
) AS found
INNER JOIN school ON (found.asset).school_id = school.school_id
ORDER BY (found.asset).sort_model DESC, (found.asset).asset_id DESC
LIMIT %(page_size)s;

-- list_assets_by_change
-- List assets of the scope, those changed last first.
SELECT
    (found.asset).asset_id,
    (found.asset).school_id,
    school.urn AS school_urn,
    (found.asset).la_code,
    (found.asset).tag,
    (found.asset).category,
    (found.asset).manufacturer,
    (found.asset).model,
    (found.asset).serial,
    (found.asset).room,
    (found.asset).status,
    (found.asset).purchased_on,
    (found.asset).version,
    (found.asset).registered_at,
    (found.asset).changed_at
FROM (
    SELECT held.asset
    FROM unnest(%(whole_las)s::text []) AS place (la_code)
    CROSS JOIN LATERAL (
        SELECT asset
        FROM asset
        WHERE
            asset.la_code = place.la_code
            AND (%(category)s::text IS NULL OR asset.category = %(category)s::text)
            AND (%(status)s::text IS NULL OR asset.status = %(status)s::text)
            AND (%(room)s::text IS NULL OR lower(asset.room) = lower(%(room)s::text))
            AND (
                %(parts)s::text [] IS NULL
                OR asset.search_text LIKE ALL(%(parts)s::text [])
            )
            AND (
                %(after_id)s::uuid IS NULL
                OR (asset.changed_at, asset.asset_id)
                < (%(after_key)s::timestamptz, %(after_id)s::uuid)
            )
        ORDER BY asset.changed_at DESC, asset.asset_id DESC
        LIMIT %(page_size)s
    ) AS held
    UNION ALL
    SELECT held.asset
    FROM school AS place
    CROSS JOIN LATERAL (
        SELECT asset
        FROM asset
        WHERE
            asset.school_id = place.school_id
            AND (%(category)s::text IS NULL OR asset.category = %(category)s::text)
            AND (%(status)s::text IS NULL OR asset.status = %(status)s::text)
            AND (%(room)s::text IS NULL OR lower(asset.room) = lower(%(room)s::text))
            AND (
                %(parts)s::text [] IS NULL
                OR asset.search_text LIKE ALL(%(parts)s::text [])
            )
            AND (
                %(after_id)s::uuid IS NULL
                OR (asset.changed_at, asset.asset_id)
                < (%(after_key)s::timestamptz, %(after_id)s::uuid)
            )
        ORDER BY asset.changed_at DESC, asset.asset_id DESC
        LIMIT %(page_size)s
    ) AS held
    WHERE
        (
            place.school_id = ANY(%(school_ids)s::uuid [])
            OR place.la_code = ANY(%(la_codes)s::text [])
        )
        AND place.la_code <> ALL(%(whole_las)s::text [])
        AND (%(la_code)s::text IS NULL OR place.la_code = %(la_code)s::text)
        AND (%(school_urn)s::int IS NULL OR place.urn = %(school_urn)s::int)
) AS found
INNER JOIN school ON (found.asset).school_id = school.school_id
ORDER BY (found.asset).changed_at DESC, (found.asset).asset_id DESC
LIMIT %(page_size)s;

-- list_assets_by_purchase
-- List assets of the scope, those bought first first and the undated last.
SELECT
    (found.asset).asset_id,
    (found.asset).school_id,
    school.urn AS school_urn,
    (found.asset).la_code,
    (found.asset).tag,
    (found.asset).category,
    (found.asset).manufacturer,
    (found.asset).model,
    (found.asset).serial,
    (found.asset).room,
    (found.asset).status,
    (found.asset).purchased_on,
    (found.asset).version,
    (found.asset).registered_at,
    (found.asset).changed_at
FROM (
    SELECT held.asset
    FROM unnest(%(whole_las)s::text []) AS place (la_code)
    CROSS JOIN LATERAL (
        SELECT asset
        FROM asset
        WHERE
            asset.la_code = place.la_code
            AND (%(category)s::text IS NULL OR asset.category = %(category)s::text)
            AND (%(status)s::text IS NULL OR asset.status = %(status)s::text)
            AND (%(room)s::text IS NULL OR lower(asset.room) = lower(%(room)s::text))
            AND (
                %(parts)s::text [] IS NULL
                OR asset.search_text LIKE ALL(%(parts)s::text [])
            )
            AND (
                %(after_id)s::uuid IS NULL
                OR (asset.sort_purchased_on, asset.asset_id)
                > (%(after_key)s::date, %(after_id)s::uuid)
            )
        ORDER BY asset.sort_purchased_on, asset.asset_id
        LIMIT %(page_size)s
    ) AS held
    UNION ALL
    SELECT held.asset
    FROM school AS place
    CROSS JOIN LATERAL (
        SELECT asset
        FROM asset
        WHERE
            asset.school_id = place.school_id
            AND (%(category)s::text IS NULL OR asset.category = %(category)s::text)
            AND (%(status)s::text IS NULL OR asset.status = %(status)s::text)
            AND (%(room)s::text IS NULL OR lower(asset.room) = lower(%(room)s::text))
            AND (
                %(parts)s::text [] IS NULL
                OR asset.search_text LIKE ALL(%(parts)s::text [])
            )
            AND (
                %(after_id)s::uuid IS NULL
                OR (asset.sort_purchased_on, asset.asset_id)
                > (%(after_key)s::date, %(after_id)s::uuid)
            )
        ORDER BY asset.sort_purchased_on, asset.asset_id
        LIMIT %(page_size)s
    ) AS held
    WHERE
        (
            place.school_id = ANY(%(school_ids)s::uuid [])
            OR place.la_code = ANY(%(la_codes)s::text [])
        )
        AND place.la_code <> ALL(%(whole_las)s::text [])
        AND (%(la_code)s::text IS NULL OR place.la_code = %(la_code)s::text)
        AND (%(school_urn)s::int IS NULL OR place.urn = %(school_urn)s::int)
) AS found
INNER JOIN school ON (found.asset).school_id = school.school_id
ORDER BY (found.asset).sort_purchased_on, (found.asset).asset_id
LIMIT %(page_size)s;

-- list_assets_by_purchase_down
-- List assets of the scope, the undated first and then those bought last.
SELECT
    (found.asset).asset_id,
    (found.asset).school_id,
    school.urn AS school_urn,
    (found.asset).la_code,
    (found.asset).tag,
    (found.asset).category,
    (found.asset).manufacturer,
    (found.asset).model,
    (found.asset).serial,
    (found.asset).room,
    (found.asset).status,
    (found.asset).purchased_on,
    (found.asset).version,
    (found.asset).registered_at,
    (found.asset).changed_at
FROM (
    SELECT held.asset
    FROM unnest(%(whole_las)s::text []) AS place (la_code)
    CROSS JOIN LATERAL (
        SELECT asset
        FROM asset
        WHERE
            asset.la_code = place.la_code
            AND (%(category)s::text IS NULL OR asset.category = %(category)s::text)
            AND (%(status)s::text IS NULL OR asset.status = %(status)s::text)
            AND (%(room)s::text IS NULL OR lower(asset.room) = lower(%(room)s::text))
            AND (
                %(parts)s::text [] IS NULL
                OR asset.search_text LIKE ALL(%(parts)s::text [])
            )
            AND (
                %(after_id)s::uuid IS NULL
                OR (asset.sort_purchased_on, asset.asset_id)
                < (%(after_key)s::date, %(after_id)s::uuid)
            )
        ORDER BY asset.sort_purchased_on DESC, asset.asset_id DESC
        LIMIT %(page_size)s
    ) AS held
    UNION ALL
    SELECT held.asset
    FROM school AS place
    CROSS JOIN LATERAL (
        SELECT asset
        FROM asset
        WHERE
            asset.school_id = place.school_id
            AND (%(category)s::text IS NULL OR asset.category = %(category)s::text)
            AND (%(status)s::text IS NULL OR asset.status = %(status)s::text)
            AND (%(room)s::text IS NULL OR lower(asset.room) = lower(%(room)s::text))
            AND (
                %(parts)s::text [] IS NULL
                OR asset.search_text LIKE ALL(%(parts)s::text [])
            )
            AND (
                %(after_id)s::uuid IS NULL
                OR (asset.sort_purchased_on, asset.asset_id)
                < (%(after_key)s::date, %(after_id)s::uuid)
            )
        ORDER BY asset.sort_purchased_on DESC, asset.asset_id DESC
        LIMIT %(page_size)s
    ) AS held
    WHERE
        (
            place.school_id = ANY(%(school_ids)s::uuid [])
            OR place.la_code = ANY(%(la_codes)s::text [])
        )
        AND place.la_code <> ALL(%(whole_las)s::text [])
        AND (%(la_code)s::text IS NULL OR place.la_code = %(la_code)s::text)
        AND (%(school_urn)s::int IS NULL OR place.urn = %(school_urn)s::int)
) AS found
INNER JOIN school ON (found.asset).school_id = school.school_id
ORDER BY (found.asset).sort_purchased_on DESC, (found.asset).asset_id DESC
LIMIT %(page_size)s;

-- count_assets
-- Count assets of the scope, no further than a reader would believe.
SELECT count(*)::integer
FROM (
    SELECT 1
    FROM asset
    INNER JOIN school ON asset.school_id = school.school_id
    WHERE
        (%(la_code)s::text IS NULL OR asset.la_code = %(la_code)s::text)
        AND (
            %(school_ids)s::uuid [] IS NULL
            OR asset.school_id = ANY(%(school_ids)s::uuid [])
        )
        AND (%(school_urn)s::int IS NULL OR school.urn = %(school_urn)s::int)
        AND (%(category)s::text IS NULL OR asset.category = %(category)s::text)
        AND (%(status)s::text IS NULL OR asset.status = %(status)s::text)
        AND (%(room)s::text IS NULL OR lower(asset.room) = lower(%(room)s::text))
        AND (%(parts)s::text [] IS NULL OR asset.search_text LIKE ALL(%(parts)s::text []))
    LIMIT %(most)s -- noqa: AM09
) AS found;

-- renew_assets
-- Count up the versions of a school's assets, and read them.
UPDATE asset SET version = asset.version + 1
FROM school
WHERE asset.school_id = %(school_id)s AND school.school_id = asset.school_id
RETURNING
asset.asset_id,
asset.school_id,
school.urn AS school_urn,
asset.la_code,
asset.tag,
asset.category,
asset.manufacturer,
asset.model,
asset.serial,
asset.room,
asset.status,
asset.purchased_on,
asset.version,
asset.registered_at,
asset.changed_at;

-- restate_assets
-- Read the present state of assets in the order of their ids, for the event stream.
SELECT
    asset.asset_id,
    asset.school_id,
    school.urn AS school_urn,
    asset.la_code,
    asset.tag,
    asset.category,
    asset.manufacturer,
    asset.model,
    asset.serial,
    asset.room,
    asset.status,
    asset.purchased_on,
    asset.version,
    asset.registered_at,
    asset.changed_at
FROM asset
INNER JOIN school ON asset.school_id = school.school_id
WHERE asset.asset_id > %(after_id)s
ORDER BY asset.asset_id
LIMIT %(page_size)s;
