-- summarise
-- Count the kit of a place by age, kind, room and status, and what is amiss with it.
SELECT
    count(*) FILTER (WHERE kit.is_used)::integer AS assets,
    count(*) FILTER (WHERE kit.is_used AND kit.expected_years IS NOT NULL)::integer
        AS lasting,
    count(*) FILTER (WHERE kit.is_used AND kit.replace_on IS NOT NULL)::integer AS dated,
    count(*) FILTER (WHERE kit.is_used AND kit.replace_on <= %(today)s::date)::integer
        AS past_life,
    count(*) FILTER (
        WHERE
        kit.is_used
        AND kit.replace_on > %(today)s::date AND kit.replace_on <= %(soon)s::date
    )::integer AS life_ending,
    count(*) FILTER (WHERE kit.is_used AND kit.warranty_until IS NOT NULL)::integer
        AS warranted,
    count(*) FILTER (WHERE kit.is_used AND kit.warranty_until < %(today)s::date)::integer
        AS out_of_warranty,
    count(*) FILTER (
        WHERE
        kit.is_used
        AND kit.warranty_until BETWEEN %(today)s::date AND %(soon)s::date
    )::integer AS warranty_ending,
    count(*) FILTER (WHERE kit.is_used AND kit.support_until IS NOT NULL)::integer
        AS supported,
    count(*) FILTER (WHERE kit.is_used AND kit.support_until < %(today)s::date)::integer
        AS out_of_support,
    count(*) FILTER (
        WHERE
        kit.is_used AND kit.support_until BETWEEN %(today)s::date AND %(soon)s::date
    )::integer AS support_ending,
    count(*) FILTER (WHERE kit.is_used AND kit.seen_at IS NOT NULL)::integer AS reporting,
    count(*) FILTER (
        WHERE kit.is_used AND kit.seen_at < %(unseen_before)s::timestamptz
    )::integer AS unseen,
    count(*) FILTER (WHERE kit.is_used AND kit.is_missed)::integer AS missed,
    count(*) FILTER (WHERE kit.is_used AND kit.is_physical)::integer AS physical,
    count(*) FILTER (
        WHERE
        kit.is_used
        AND kit.is_physical
        AND num_nulls(kit.serial, kit.room, kit.purchased_on, kit.price_pence) > 0
    )::integer AS gaps,
    count(*) FILTER (
        WHERE kit.is_used AND kit.is_physical AND kit.serial IS NULL
    )::integer AS no_serial,
    count(*) FILTER (
        WHERE kit.is_used AND kit.is_physical AND kit.room IS NULL
    )::integer AS no_room,
    count(*) FILTER (
        WHERE kit.is_used AND kit.is_physical AND kit.purchased_on IS NULL
    )::integer AS no_purchase_date,
    count(*) FILTER (
        WHERE kit.is_used AND kit.is_physical AND kit.price_pence IS NULL
    )::integer AS no_price,
    CASE
        WHEN grouping(kit.years) = 0 THEN 'age'
        WHEN grouping(kit.category) = 0 THEN 'category'
        WHEN grouping(kit.room_key) = 0 THEN 'room'
        WHEN grouping(kit.status) = 0 THEN 'status'
        ELSE 'all'
    END AS counted,
    coalesce(
        kit.years::text,
        kit.category,
        kit.status,
        CASE WHEN grouping(kit.room_key) = 0 THEN max(kit.room) END
    ) AS name,
    count(*)::integer AS number
FROM (
    SELECT
        told.school_id,
        told.category,
        told.status,
        told.status = 'in-use' AS is_used,
        told.category <> 'virtual-machine' AS is_physical,
        told.serial,
        told.room,
        told.purchased_on,
        told.price_pence,
        told.warranty_until,
        told.support_until,
        told.expected_years,
        told.replace_on,
        seen.seen_at,
        missed.asset_id IS NOT NULL AS is_missed,
        kit_age(told.purchased_on, %(today)s::date) AS years,
        -- Rooms are one school's: elsewhere there is no telling them apart.
        CASE WHEN %(by_room)s::boolean THEN lower(told.room) END AS room_key
    FROM estate_kit_told AS told
    LEFT JOIN (
        SELECT
            d.asset_id,
            max(d.last_seen_at) AS seen_at
        FROM agent_device AS d
        WHERE
            (%(la_code)s::text IS NULL OR d.la_code = %(la_code)s::text)
            AND (
                %(school_ids)s::uuid [] IS NULL
                OR d.school_id = ANY(%(school_ids)s::uuid [])
            )
        GROUP BY d.asset_id
    ) AS seen ON told.asset_id = seen.asset_id
    LEFT JOIN (
        SELECT g.asset_id
        FROM asset_sighting AS g
        WHERE
            g.missed_on IS NOT NULL
            AND (%(la_code)s::text IS NULL OR g.la_code = %(la_code)s::text)
            AND (
                %(school_ids)s::uuid [] IS NULL
                OR g.school_id = ANY(%(school_ids)s::uuid [])
            )
    ) AS missed ON told.asset_id = missed.asset_id
    WHERE
        (%(la_code)s::text IS NULL OR told.la_code = %(la_code)s::text)
        AND (
            %(school_ids)s::uuid [] IS NULL
            OR told.school_id = ANY(%(school_ids)s::uuid [])
        )
        AND (%(category)s::text IS NULL OR told.category = %(category)s::text)
) AS kit
GROUP BY GROUPING SETS (
    (), (kit.years), (kit.category), (kit.room_key), (kit.status)
);

-- list_schools
-- Count the kit in use of each school of a place, those without any among them.
SELECT
    count(kit.school_id)::integer AS assets,
    count(*) FILTER (WHERE kit.expected_years IS NOT NULL)::integer
        AS lasting,
    count(*) FILTER (WHERE kit.replace_on IS NOT NULL)::integer AS dated,
    count(*) FILTER (WHERE kit.replace_on <= %(today)s::date)::integer
        AS past_life,
    count(*) FILTER (
        WHERE kit.replace_on > %(today)s::date AND kit.replace_on <= %(soon)s::date
    )::integer AS life_ending,
    count(*) FILTER (WHERE kit.warranty_until IS NOT NULL)::integer
        AS warranted,
    count(*) FILTER (WHERE kit.warranty_until < %(today)s::date)::integer
        AS out_of_warranty,
    count(*) FILTER (
        WHERE kit.warranty_until BETWEEN %(today)s::date AND %(soon)s::date
    )::integer AS warranty_ending,
    count(*) FILTER (WHERE kit.support_until IS NOT NULL)::integer
        AS supported,
    count(*) FILTER (WHERE kit.support_until < %(today)s::date)::integer
        AS out_of_support,
    count(*) FILTER (
        WHERE
        kit.support_until BETWEEN %(today)s::date AND %(soon)s::date
    )::integer AS support_ending,
    count(*) FILTER (WHERE kit.seen_at IS NOT NULL)::integer AS reporting,
    count(*) FILTER (
        WHERE kit.seen_at < %(unseen_before)s::timestamptz
    )::integer AS unseen,
    count(*) FILTER (WHERE kit.is_missed)::integer AS missed,
    count(*) FILTER (WHERE kit.is_physical)::integer AS physical,
    count(*) FILTER (
        WHERE kit.is_physical
        AND num_nulls(kit.serial, kit.room, kit.purchased_on, kit.price_pence) > 0
    )::integer AS gaps,
    count(*) FILTER (
        WHERE kit.is_physical AND kit.serial IS NULL
    )::integer AS no_serial,
    count(*) FILTER (
        WHERE kit.is_physical AND kit.room IS NULL
    )::integer AS no_room,
    count(*) FILTER (
        WHERE kit.is_physical AND kit.purchased_on IS NULL
    )::integer AS no_purchase_date,
    count(*) FILTER (
        WHERE kit.is_physical AND kit.price_pence IS NULL
    )::integer AS no_price,
    school.urn AS school_urn,
    school.name AS school_name,
    school.la_code,
    (
        percentile_cont(0.5) WITHIN GROUP (
            ORDER BY (%(today)s::date - kit.purchased_on)::double precision
        )
    ) AS median_days
FROM school
LEFT JOIN (
    SELECT
        told.school_id,
        told.category <> 'virtual-machine' AS is_physical,
        told.serial,
        told.room,
        told.purchased_on,
        told.price_pence,
        told.warranty_until,
        told.support_until,
        told.expected_years,
        told.replace_on,
        seen.seen_at,
        missed.asset_id IS NOT NULL AS is_missed
    FROM estate_kit_told AS told
    LEFT JOIN (
        SELECT
            d.asset_id,
            max(d.last_seen_at) AS seen_at
        FROM agent_device AS d
        WHERE
            (%(la_code)s::text IS NULL OR d.la_code = %(la_code)s::text)
            AND (
                %(school_ids)s::uuid [] IS NULL
                OR d.school_id = ANY(%(school_ids)s::uuid [])
            )
        GROUP BY d.asset_id
    ) AS seen ON told.asset_id = seen.asset_id
    LEFT JOIN (
        SELECT g.asset_id
        FROM asset_sighting AS g
        WHERE
            g.missed_on IS NOT NULL
            AND (%(la_code)s::text IS NULL OR g.la_code = %(la_code)s::text)
            AND (
                %(school_ids)s::uuid [] IS NULL
                OR g.school_id = ANY(%(school_ids)s::uuid [])
            )
    ) AS missed ON told.asset_id = missed.asset_id
    WHERE
        (%(la_code)s::text IS NULL OR told.la_code = %(la_code)s::text)
        AND (
            %(school_ids)s::uuid [] IS NULL
            OR told.school_id = ANY(%(school_ids)s::uuid [])
        )
        AND told.status = 'in-use'
) AS kit ON school.school_id = kit.school_id
WHERE
    (%(la_code)s::text IS NULL OR school.la_code = %(la_code)s::text)
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR school.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND (
        %(parts)s::text [] IS NULL
        OR lower(school.name || ' ' || school.urn) LIKE ALL(%(parts)s::text [])
    )
GROUP BY school.school_id, school.urn, school.name, school.la_code;

-- count_schools
-- Count the schools of a place, whatever their kit.
SELECT count(*)::integer
FROM school
WHERE
    (%(la_code)s::text IS NULL OR school.la_code = %(la_code)s::text)
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR school.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND (
        %(parts)s::text [] IS NULL
        OR lower(school.name || ' ' || school.urn) LIKE ALL(%(parts)s::text [])
    );

-- list_kit_by_tag
-- List kit in use of the scope by tag.
SELECT
    told.asset_id,
    told.school_urn,
    told.school_name,
    told.tag,
    told.sort_tag,
    told.category,
    told.manufacturer,
    told.model,
    told.serial,
    told.room,
    told.purchased_on,
    told.price_pence,
    told.warranty_until,
    told.support_until,
    told.replace_on,
    told.seen_at,
    sighted.seen_on,
    sighted.missed_on
FROM estate_kit_told AS told
LEFT JOIN asset_sighting AS sighted ON told.asset_id = sighted.asset_id
WHERE
    (%(la_code)s::text IS NULL OR told.la_code = %(la_code)s::text)
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR told.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND told.status = 'in-use'
    AND (%(category)s::text IS NULL OR told.category = %(category)s::text)
    AND (%(room)s::text IS NULL OR lower(told.room) = lower(%(room)s::text))
    AND (
        %(model)s::text IS NULL
        OR lower(told.manufacturer || ' ' || told.model) = lower(%(model)s::text)
    )
    AND (
        %(years)s::int IS NULL
        OR kit_age(told.purchased_on, %(today)s::date) = %(years)s::int
    )
    AND (
        %(concern)s::text IS NULL
        OR CASE %(concern)s::text
            WHEN 'past-life' THEN told.replace_on <= %(today)s::date
            WHEN 'life-ending'
                THEN
                    told.replace_on > %(today)s::date
                    AND told.replace_on
                    BETWEEN %(ends_from)s::date AND %(ends_until)s::date
            WHEN 'out-of-warranty' THEN told.warranty_until < %(today)s::date
            WHEN 'warranty-ending'
                THEN
                    told.warranty_until
                    BETWEEN %(ends_from)s::date AND %(ends_until)s::date
            WHEN 'out-of-support' THEN told.support_until < %(today)s::date
            WHEN 'support-ending'
                THEN
                    told.support_until
                    BETWEEN %(ends_from)s::date AND %(ends_until)s::date
            WHEN 'unseen' THEN told.seen_at < %(unseen_before)s::timestamptz
            WHEN 'missed' THEN sighted.missed_on IS NOT NULL
            ELSE told.category <> 'virtual-machine' AND CASE %(concern)s::text
                WHEN 'no-serial' THEN told.serial IS NULL
                WHEN 'no-room' THEN told.room IS NULL
                WHEN 'no-purchase-date' THEN told.purchased_on IS NULL
                WHEN 'no-price' THEN told.price_pence IS NULL
                ELSE
                    num_nulls(
                        told.serial, told.room, told.purchased_on, told.price_pence
                    ) > 0
            END
        END
    )
    AND (
        %(after_id)s::uuid IS NULL
        OR (told.sort_tag, told.asset_id) > (%(after_tag)s::text, %(after_id)s::uuid)
    )
ORDER BY told.sort_tag, told.asset_id
LIMIT %(page_size)s;

-- list_kit_by_tag_down
-- List kit in use of the scope by tag, the last first.
SELECT
    told.asset_id,
    told.school_urn,
    told.school_name,
    told.tag,
    told.sort_tag,
    told.category,
    told.manufacturer,
    told.model,
    told.serial,
    told.room,
    told.purchased_on,
    told.price_pence,
    told.warranty_until,
    told.support_until,
    told.replace_on,
    told.seen_at,
    sighted.seen_on,
    sighted.missed_on
FROM estate_kit_told AS told
LEFT JOIN asset_sighting AS sighted ON told.asset_id = sighted.asset_id
WHERE
    (%(la_code)s::text IS NULL OR told.la_code = %(la_code)s::text)
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR told.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND told.status = 'in-use'
    AND (%(category)s::text IS NULL OR told.category = %(category)s::text)
    AND (%(room)s::text IS NULL OR lower(told.room) = lower(%(room)s::text))
    AND (
        %(model)s::text IS NULL
        OR lower(told.manufacturer || ' ' || told.model) = lower(%(model)s::text)
    )
    AND (
        %(years)s::int IS NULL
        OR kit_age(told.purchased_on, %(today)s::date) = %(years)s::int
    )
    AND (
        %(concern)s::text IS NULL
        OR CASE %(concern)s::text
            WHEN 'past-life' THEN told.replace_on <= %(today)s::date
            WHEN 'life-ending'
                THEN
                    told.replace_on > %(today)s::date
                    AND told.replace_on
                    BETWEEN %(ends_from)s::date AND %(ends_until)s::date
            WHEN 'out-of-warranty' THEN told.warranty_until < %(today)s::date
            WHEN 'warranty-ending'
                THEN
                    told.warranty_until
                    BETWEEN %(ends_from)s::date AND %(ends_until)s::date
            WHEN 'out-of-support' THEN told.support_until < %(today)s::date
            WHEN 'support-ending'
                THEN
                    told.support_until
                    BETWEEN %(ends_from)s::date AND %(ends_until)s::date
            WHEN 'unseen' THEN told.seen_at < %(unseen_before)s::timestamptz
            WHEN 'missed' THEN sighted.missed_on IS NOT NULL
            ELSE told.category <> 'virtual-machine' AND CASE %(concern)s::text
                WHEN 'no-serial' THEN told.serial IS NULL
                WHEN 'no-room' THEN told.room IS NULL
                WHEN 'no-purchase-date' THEN told.purchased_on IS NULL
                WHEN 'no-price' THEN told.price_pence IS NULL
                ELSE
                    num_nulls(
                        told.serial, told.room, told.purchased_on, told.price_pence
                    ) > 0
            END
        END
    )
    AND (
        %(after_id)s::uuid IS NULL
        OR (told.sort_tag, told.asset_id) < (%(after_tag)s::text, %(after_id)s::uuid)
    )
ORDER BY told.sort_tag DESC, told.asset_id DESC
LIMIT %(page_size)s;

-- count_kit
-- Count the kit in use that a listing holds.
SELECT count(*)::integer
FROM estate_kit_told AS told
LEFT JOIN asset_sighting AS sighted ON told.asset_id = sighted.asset_id
WHERE
    (%(la_code)s::text IS NULL OR told.la_code = %(la_code)s::text)
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR told.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND told.status = 'in-use'
    AND (%(category)s::text IS NULL OR told.category = %(category)s::text)
    AND (%(room)s::text IS NULL OR lower(told.room) = lower(%(room)s::text))
    AND (
        %(model)s::text IS NULL
        OR lower(told.manufacturer || ' ' || told.model) = lower(%(model)s::text)
    )
    AND (
        %(years)s::int IS NULL
        OR kit_age(told.purchased_on, %(today)s::date) = %(years)s::int
    )
    AND (
        %(concern)s::text IS NULL
        OR CASE %(concern)s::text
            WHEN 'past-life' THEN told.replace_on <= %(today)s::date
            WHEN 'life-ending'
                THEN
                    told.replace_on > %(today)s::date
                    AND told.replace_on
                    BETWEEN %(ends_from)s::date AND %(ends_until)s::date
            WHEN 'out-of-warranty' THEN told.warranty_until < %(today)s::date
            WHEN 'warranty-ending'
                THEN
                    told.warranty_until
                    BETWEEN %(ends_from)s::date AND %(ends_until)s::date
            WHEN 'out-of-support' THEN told.support_until < %(today)s::date
            WHEN 'support-ending'
                THEN
                    told.support_until
                    BETWEEN %(ends_from)s::date AND %(ends_until)s::date
            WHEN 'unseen' THEN told.seen_at < %(unseen_before)s::timestamptz
            WHEN 'missed' THEN sighted.missed_on IS NOT NULL
            ELSE told.category <> 'virtual-machine' AND CASE %(concern)s::text
                WHEN 'no-serial' THEN told.serial IS NULL
                WHEN 'no-room' THEN told.room IS NULL
                WHEN 'no-purchase-date' THEN told.purchased_on IS NULL
                WHEN 'no-price' THEN told.price_pence IS NULL
                ELSE
                    num_nulls(
                        told.serial, told.room, told.purchased_on, told.price_pence
                    ) > 0
            END
        END
    );

-- count_changes
-- Count what happened to a school's kit since a moment.
SELECT
    count(*) FILTER (WHERE told.fact = 'registered')::integer AS registered,
    count(*) FILTER (WHERE told.fact = 'changed')::integer AS changed,
    count(*) FILTER (WHERE told.fact = 'moved')::integer AS moved,
    count(*) FILTER (WHERE told.fact = 'retired')::integer AS retired,
    count(*) FILTER (WHERE told.fact = 'disposed')::integer AS disposed,
    count(*) FILTER (WHERE told.fact = 'reinstated')::integer AS reinstated,
    count(*) FILTER (WHERE told.teller = 'agent')::integer AS by_agents
FROM kit_happening AS told
WHERE
    told.school_id = %(school_id)s AND told.happened_at >= %(since)s::timestamptz;

-- list_changes
-- List what happened last to a school's kit since a moment.
SELECT
    asset.asset_id,
    asset.tag,
    asset.manufacturer,
    asset.model,
    told.fact,
    told.teller,
    told.happened_at AS at
FROM kit_happening AS told
INNER JOIN asset
    ON
        told.la_code = asset.la_code
        AND told.school_id = asset.school_id
        AND told.asset_id = asset.asset_id
WHERE
    told.school_id = %(school_id)s AND told.happened_at >= %(since)s::timestamptz
ORDER BY told.happened_at DESC, asset.sort_tag ASC, told.fact ASC
LIMIT %(page_size)s;

-- list_running_out
-- List what ends next of a school's kit in use, the soonest first.
SELECT
    told.asset_id,
    told.tag,
    told.manufacturer,
    told.model,
    told.room,
    ending.what,
    ending.ends_on
FROM estate_kit_told AS told
CROSS JOIN LATERAL (
    VALUES
    ('warranty', told.warranty_until),
    ('support', told.support_until),
    ('life', told.replace_on)
) AS ending (what, ends_on)
WHERE
    told.school_id = %(school_id)s
    AND told.status = 'in-use'
    AND ending.ends_on BETWEEN %(today)s::date AND %(soon)s::date
    -- The day that kit is to be replaced on is one day past its life.
    AND (ending.what <> 'life' OR ending.ends_on > %(today)s::date)
ORDER BY ending.ends_on, told.sort_tag, ending.what
LIMIT %(page_size)s;
