-- insert_assets
-- Register assets; one whose tag is taken is left out.
INSERT INTO asset (
    la_code, school_id, tag, category, manufacturer, model, serial, site, building,
    room, status, order_number, ordered_on, purchased_on, price_pence, supplier,
    funding_line, cfr_code, warranty_until, support_until, disposed_on, disposal_method,
    disposal_reference, details
)
SELECT
    said.la_code,
    said.school_id,
    said.tag,
    said.category,
    said.manufacturer,
    said.model,
    said.serial,
    said.site,
    said.building,
    said.room,
    said.status,
    said.order_number,
    said.ordered_on,
    said.purchased_on,
    said.price_pence,
    said.supplier,
    said.funding_line,
    said.cfr_code,
    said.warranty_until,
    said.support_until,
    said.disposed_on,
    said.disposal_method,
    said.disposal_reference,
    said.details
FROM jsonb_populate_recordset(NULL::asset, %(assets)s::jsonb) AS said
-- Two imports at once take their locks in one order.
ORDER BY said.school_id, lower(said.tag)
ON CONFLICT (la_code, school_id, lower(tag)) DO NOTHING
RETURNING asset_id;

-- lock_assets
-- Hold some assets of the write scope, in one order for all, until the end.
SELECT asset_id
FROM asset
WHERE asset_id = ANY(%(asset_ids)s::uuid [])
ORDER BY asset_id
FOR UPDATE;

-- get_assets
-- Read some assets of the scope.
SELECT told.*
FROM asset_told AS told
WHERE told.asset_id = ANY(%(asset_ids)s::uuid [])
ORDER BY told.asset_id;

-- list_taken
-- Say which of some tags are borne at the schools they are to go to.
WITH said AS MATERIALIZED (
    SELECT
        wanted.la_code,
        wanted.school_id,
        lower(wanted.tag) AS sort_tag
    FROM
        jsonb_to_recordset(%(tags)s::jsonb) AS wanted (
            la_code text, school_id uuid, tag text
        )
)

SELECT
    asset.school_id,
    asset.sort_tag AS tag
FROM said
INNER JOIN asset
    ON
        said.la_code = asset.la_code
        AND said.school_id = asset.school_id
        AND said.sort_tag = asset.sort_tag;

-- list_duplicates
-- List by what tags the duplicates of some assets are known.
SELECT
    merged_into AS asset_id,
    tag
FROM asset
WHERE merged_into = ANY(%(asset_ids)s::uuid [])
ORDER BY merged_into, sort_tag;

-- list_out
-- Say which of some assets somebody has.
SELECT c.asset_id
FROM custody AS c
WHERE c.asset_id = ANY(%(asset_ids)s::uuid []) AND c.returned_at IS NULL;

-- list_tagged
-- Find the assets that bear some tags at some schools.
WITH said AS MATERIALIZED (
    SELECT
        wanted.la_code,
        wanted.school_id,
        lower(wanted.tag) AS sort_tag
    FROM
        jsonb_to_recordset(%(tags)s::jsonb) AS wanted (
            la_code text, school_id uuid, tag text
        )
)

SELECT asset.asset_id
FROM said
INNER JOIN asset
    ON
        said.la_code = asset.la_code
        AND said.school_id = asset.school_id
        AND said.sort_tag = asset.sort_tag;

-- update_assets
-- Store the next version of assets, but of none that another change came to first.
UPDATE asset SET
    la_code = said.la_code,
    school_id = said.school_id,
    tag = said.tag,
    category = said.category,
    manufacturer = said.manufacturer,
    model = said.model,
    serial = said.serial,
    site = said.site,
    building = said.building,
    room = said.room,
    status = said.status,
    order_number = said.order_number,
    ordered_on = said.ordered_on,
    purchased_on = said.purchased_on,
    price_pence = said.price_pence,
    supplier = said.supplier,
    funding_line = said.funding_line,
    cfr_code = said.cfr_code,
    warranty_until = said.warranty_until,
    support_until = said.support_until,
    disposed_on = said.disposed_on,
    disposal_method = said.disposal_method,
    disposal_reference = said.disposal_reference,
    details = said.details,
    merged_into = said.merged_into,
    version = asset.version + 1,
    changed_at = clock_timestamp()
FROM jsonb_populate_recordset(NULL::asset, %(assets)s::jsonb) AS said
WHERE asset.asset_id = said.asset_id AND asset.version = said.version
RETURNING asset.asset_id;

-- list_assets_by_tag
-- List assets of the scope by tag.
SELECT told.*
FROM (
    SELECT
        near.asset_id,
        near.sort_tag
    FROM (
        SELECT held.asset_id, held.sort_tag
        FROM unnest(%(whole_las)s::text []) AS place (la_code)
        CROSS JOIN LATERAL (
            SELECT asset.asset_id, asset.sort_tag
            FROM asset
            WHERE
                asset.la_code = place.la_code
                AND asset_is_wanted(
                    asset, %(category)s, %(status)s, %(room)s, %(warranty_by)s,
                    %(parts)s, %(likely)s, %(certain)s, %(models)s, %(written)s,
                    %(held)s
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
        SELECT held.asset_id, held.sort_tag
        FROM school AS place
        CROSS JOIN LATERAL (
            SELECT asset.asset_id, asset.sort_tag
            FROM asset
            WHERE
                asset.school_id = place.school_id
                AND asset_is_wanted(
                    asset, %(category)s, %(status)s, %(room)s, %(warranty_by)s,
                    %(parts)s, %(likely)s, %(certain)s, %(models)s, %(written)s,
                    %(held)s
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
    ) AS near
    ORDER BY near.sort_tag, near.asset_id
    LIMIT %(page_size)s
) AS found
INNER JOIN asset_told AS told ON found.asset_id = told.asset_id
ORDER BY found.sort_tag, found.asset_id;

-- list_assets_by_tag_down
-- List assets of the scope by tag, the last first.
SELECT told.*
FROM (
    SELECT
        near.asset_id,
        near.sort_tag
    FROM (
        SELECT held.asset_id, held.sort_tag
        FROM unnest(%(whole_las)s::text []) AS place (la_code)
        CROSS JOIN LATERAL (
            SELECT asset.asset_id, asset.sort_tag
            FROM asset
            WHERE
                asset.la_code = place.la_code
                AND asset_is_wanted(
                    asset, %(category)s, %(status)s, %(room)s, %(warranty_by)s,
                    %(parts)s, %(likely)s, %(certain)s, %(models)s, %(written)s,
                    %(held)s
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
        SELECT held.asset_id, held.sort_tag
        FROM school AS place
        CROSS JOIN LATERAL (
            SELECT asset.asset_id, asset.sort_tag
            FROM asset
            WHERE
                asset.school_id = place.school_id
                AND asset_is_wanted(
                    asset, %(category)s, %(status)s, %(room)s, %(warranty_by)s,
                    %(parts)s, %(likely)s, %(certain)s, %(models)s, %(written)s,
                    %(held)s
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
    ) AS near
    ORDER BY near.sort_tag DESC, near.asset_id DESC
    LIMIT %(page_size)s
) AS found
INNER JOIN asset_told AS told ON found.asset_id = told.asset_id
ORDER BY found.sort_tag DESC, found.asset_id DESC;

-- list_assets_by_model
-- List assets of the scope by manufacturer and model.
SELECT told.*
FROM (
    SELECT
        near.asset_id,
        near.sort_model
    FROM (
        SELECT held.asset_id, held.sort_model
        FROM unnest(%(whole_las)s::text []) AS place (la_code)
        CROSS JOIN LATERAL (
            SELECT asset.asset_id, asset.sort_model
            FROM asset
            WHERE
                asset.la_code = place.la_code
                AND asset_is_wanted(
                    asset, %(category)s, %(status)s, %(room)s, %(warranty_by)s,
                    %(parts)s, %(likely)s, %(certain)s, %(models)s, %(written)s,
                    %(held)s
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
        SELECT held.asset_id, held.sort_model
        FROM school AS place
        CROSS JOIN LATERAL (
            SELECT asset.asset_id, asset.sort_model
            FROM asset
            WHERE
                asset.school_id = place.school_id
                AND asset_is_wanted(
                    asset, %(category)s, %(status)s, %(room)s, %(warranty_by)s,
                    %(parts)s, %(likely)s, %(certain)s, %(models)s, %(written)s,
                    %(held)s
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
    ) AS near
    ORDER BY near.sort_model, near.asset_id
    LIMIT %(page_size)s
) AS found
INNER JOIN asset_told AS told ON found.asset_id = told.asset_id
ORDER BY found.sort_model, found.asset_id;

-- list_assets_by_model_down
-- List assets of the scope by manufacturer and model, the last first.
SELECT told.*
FROM (
    SELECT
        near.asset_id,
        near.sort_model
    FROM (
        SELECT held.asset_id, held.sort_model
        FROM unnest(%(whole_las)s::text []) AS place (la_code)
        CROSS JOIN LATERAL (
            SELECT asset.asset_id, asset.sort_model
            FROM asset
            WHERE
                asset.la_code = place.la_code
                AND asset_is_wanted(
                    asset, %(category)s, %(status)s, %(room)s, %(warranty_by)s,
                    %(parts)s, %(likely)s, %(certain)s, %(models)s, %(written)s,
                    %(held)s
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
        SELECT held.asset_id, held.sort_model
        FROM school AS place
        CROSS JOIN LATERAL (
            SELECT asset.asset_id, asset.sort_model
            FROM asset
            WHERE
                asset.school_id = place.school_id
                AND asset_is_wanted(
                    asset, %(category)s, %(status)s, %(room)s, %(warranty_by)s,
                    %(parts)s, %(likely)s, %(certain)s, %(models)s, %(written)s,
                    %(held)s
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
    ) AS near
    ORDER BY near.sort_model DESC, near.asset_id DESC
    LIMIT %(page_size)s
) AS found
INNER JOIN asset_told AS told ON found.asset_id = told.asset_id
ORDER BY found.sort_model DESC, found.asset_id DESC;

-- list_assets_by_change
-- List assets of the scope, those changed last first.
SELECT told.*
FROM (
    SELECT
        near.asset_id,
        near.changed_at
    FROM (
        SELECT held.asset_id, held.changed_at
        FROM unnest(%(whole_las)s::text []) AS place (la_code)
        CROSS JOIN LATERAL (
            SELECT asset.asset_id, asset.changed_at
            FROM asset
            WHERE
                asset.la_code = place.la_code
                AND asset_is_wanted(
                    asset, %(category)s, %(status)s, %(room)s, %(warranty_by)s,
                    %(parts)s, %(likely)s, %(certain)s, %(models)s, %(written)s,
                    %(held)s
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
        SELECT held.asset_id, held.changed_at
        FROM school AS place
        CROSS JOIN LATERAL (
            SELECT asset.asset_id, asset.changed_at
            FROM asset
            WHERE
                asset.school_id = place.school_id
                AND asset_is_wanted(
                    asset, %(category)s, %(status)s, %(room)s, %(warranty_by)s,
                    %(parts)s, %(likely)s, %(certain)s, %(models)s, %(written)s,
                    %(held)s
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
    ) AS near
    ORDER BY near.changed_at DESC, near.asset_id DESC
    LIMIT %(page_size)s
) AS found
INNER JOIN asset_told AS told ON found.asset_id = told.asset_id
ORDER BY found.changed_at DESC, found.asset_id DESC;

-- list_assets_by_purchase
-- List assets of the scope, those bought first first and the undated last.
SELECT told.*
FROM (
    SELECT
        near.asset_id,
        near.sort_purchased_on
    FROM (
        SELECT held.asset_id, held.sort_purchased_on
        FROM unnest(%(whole_las)s::text []) AS place (la_code)
        CROSS JOIN LATERAL (
            SELECT asset.asset_id, asset.sort_purchased_on
            FROM asset
            WHERE
                asset.la_code = place.la_code
                AND asset_is_wanted(
                    asset, %(category)s, %(status)s, %(room)s, %(warranty_by)s,
                    %(parts)s, %(likely)s, %(certain)s, %(models)s, %(written)s,
                    %(held)s
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
        SELECT held.asset_id, held.sort_purchased_on
        FROM school AS place
        CROSS JOIN LATERAL (
            SELECT asset.asset_id, asset.sort_purchased_on
            FROM asset
            WHERE
                asset.school_id = place.school_id
                AND asset_is_wanted(
                    asset, %(category)s, %(status)s, %(room)s, %(warranty_by)s,
                    %(parts)s, %(likely)s, %(certain)s, %(models)s, %(written)s,
                    %(held)s
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
    ) AS near
    ORDER BY near.sort_purchased_on, near.asset_id
    LIMIT %(page_size)s
) AS found
INNER JOIN asset_told AS told ON found.asset_id = told.asset_id
ORDER BY found.sort_purchased_on, found.asset_id;

-- list_assets_by_purchase_down
-- List assets of the scope, the undated first and then those bought last.
SELECT told.*
FROM (
    SELECT
        near.asset_id,
        near.sort_purchased_on
    FROM (
        SELECT held.asset_id, held.sort_purchased_on
        FROM unnest(%(whole_las)s::text []) AS place (la_code)
        CROSS JOIN LATERAL (
            SELECT asset.asset_id, asset.sort_purchased_on
            FROM asset
            WHERE
                asset.la_code = place.la_code
                AND asset_is_wanted(
                    asset, %(category)s, %(status)s, %(room)s, %(warranty_by)s,
                    %(parts)s, %(likely)s, %(certain)s, %(models)s, %(written)s,
                    %(held)s
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
        SELECT held.asset_id, held.sort_purchased_on
        FROM school AS place
        CROSS JOIN LATERAL (
            SELECT asset.asset_id, asset.sort_purchased_on
            FROM asset
            WHERE
                asset.school_id = place.school_id
                AND asset_is_wanted(
                    asset, %(category)s, %(status)s, %(room)s, %(warranty_by)s,
                    %(parts)s, %(likely)s, %(certain)s, %(models)s, %(written)s,
                    %(held)s
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
    ) AS near
    ORDER BY near.sort_purchased_on DESC, near.asset_id DESC
    LIMIT %(page_size)s
) AS found
INNER JOIN asset_told AS told ON found.asset_id = told.asset_id
ORDER BY found.sort_purchased_on DESC, found.asset_id DESC;

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
        AND asset_is_wanted(
            asset, %(category)s, %(status)s, %(room)s, %(warranty_by)s,
            %(parts)s, %(likely)s, %(certain)s, %(models)s, %(written)s,
            %(held)s
        )
    LIMIT %(most)s -- noqa: AM09
) AS found;

-- renew_assets
-- Count up the versions of a school's assets.
UPDATE asset SET version = version + 1
WHERE school_id = %(school_id)s
RETURNING asset_id;

-- restate_assets
-- Read the present state of assets in the order of their ids, for the event stream.
SELECT told.*
FROM asset_told AS told
WHERE told.asset_id > %(after_id)s
ORDER BY told.asset_id
LIMIT %(page_size)s;

-- withdraw_assets
-- Take away assets that nobody has touched since they were registered by mistake.
DELETE FROM asset
WHERE
    asset.asset_id = ANY(%(asset_ids)s::uuid [])
    AND asset.version = 1
    AND NOT EXISTS (
        SELECT FROM asset_relation AS r
        WHERE asset.asset_id IN (r.asset_id, r.other_id)
    )
    AND NOT EXISTS (SELECT FROM repair AS r WHERE r.asset_id = asset.asset_id)
    AND NOT EXISTS (SELECT FROM agent_device AS d WHERE d.asset_id = asset.asset_id)
    AND NOT EXISTS (SELECT FROM software_install AS i WHERE i.asset_id = asset.asset_id)
    AND NOT EXISTS (SELECT FROM asset_attachment AS a WHERE a.asset_id = asset.asset_id)
    AND NOT EXISTS (SELECT FROM stock_use AS u WHERE u.asset_id = asset.asset_id)
    AND NOT EXISTS (SELECT FROM asset_sighting AS g WHERE g.asset_id = asset.asset_id)
RETURNING asset.asset_id;
