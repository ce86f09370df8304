-- sum_months
-- Sum by month what was ordered, came, was used and was missing.
SELECT
    moved.month,
    sum(moved.ordered_pence)::bigint AS ordered_pence,
    sum(moved.received_pence)::bigint AS received_pence,
    sum(moved.used_pence)::bigint AS used_pence,
    sum(moved.lost_pence)::bigint AS lost_pence
FROM (
    SELECT
        date_trunc('month', l.ordered_on::timestamp)::date AS month,
        l.quantity * l.unit_price_pence AS ordered_pence,
        0 AS received_pence,
        0 AS used_pence,
        0 AS lost_pence
    FROM stock_line AS l
    INNER JOIN consumable AS c ON l.consumable_id = c.consumable_id
    WHERE
        (%(la_code)s::text IS NULL OR l.la_code = %(la_code)s::text)
        AND (
            %(school_ids)s::uuid [] IS NULL
            OR l.school_id = ANY(%(school_ids)s::uuid [])
        )
        AND l.ordered_on >= %(since)s::date
        AND l.kind = 'order'
        AND l.cancelled_at IS NULL
        AND (%(category)s::text IS NULL OR c.category = %(category)s::text)
    UNION ALL
    SELECT
        date_trunc('month', l.received_on::timestamp)::date AS month,
        0 AS ordered_pence,
        l.quantity * l.unit_price_pence AS received_pence,
        0 AS used_pence,
        0 AS lost_pence
    FROM stock_line AS l
    INNER JOIN consumable AS c ON l.consumable_id = c.consumable_id
    WHERE
        (%(la_code)s::text IS NULL OR l.la_code = %(la_code)s::text)
        AND (
            %(school_ids)s::uuid [] IS NULL
            OR l.school_id = ANY(%(school_ids)s::uuid [])
        )
        AND l.received_on >= %(since)s::date
        AND l.kind = 'order'
        AND l.cancelled_at IS NULL
        AND (%(category)s::text IS NULL OR c.category = %(category)s::text)
    UNION ALL
    SELECT
        date_trunc('month', u.used_on::timestamp)::date AS month,
        0 AS ordered_pence,
        0 AS received_pence,
        CASE WHEN u.kind = 'used' THEN u.cost_pence ELSE 0 END AS used_pence,
        CASE WHEN u.kind = 'lost' THEN u.cost_pence ELSE 0 END AS lost_pence
    FROM stock_use AS u
    INNER JOIN consumable AS c ON u.consumable_id = c.consumable_id
    WHERE
        (%(la_code)s::text IS NULL OR u.la_code = %(la_code)s::text)
        AND (
            %(school_ids)s::uuid [] IS NULL
            OR u.school_id = ANY(%(school_ids)s::uuid [])
        )
        AND u.used_on >= %(since)s::date
        AND (%(category)s::text IS NULL OR c.category = %(category)s::text)
) AS moved
GROUP BY moved.month
ORDER BY moved.month;

-- sum_schools
-- Sum by school what came and was used since a day.
SELECT
    moved.school_id,
    sum(moved.received_pence)::bigint AS received_pence,
    sum(moved.used_pence)::bigint AS used_pence
FROM (
    SELECT
        l.school_id,
        l.quantity * l.unit_price_pence AS received_pence,
        0 AS used_pence
    FROM stock_line AS l
    INNER JOIN consumable AS c ON l.consumable_id = c.consumable_id
    WHERE
        (%(la_code)s::text IS NULL OR l.la_code = %(la_code)s::text)
        AND (
            %(school_ids)s::uuid [] IS NULL
            OR l.school_id = ANY(%(school_ids)s::uuid [])
        )
        AND l.received_on >= %(since)s::date
        AND l.kind = 'order'
        AND l.cancelled_at IS NULL
        AND (%(category)s::text IS NULL OR c.category = %(category)s::text)
    UNION ALL
    SELECT
        u.school_id,
        0 AS received_pence,
        u.cost_pence AS used_pence
    FROM stock_use AS u
    INNER JOIN consumable AS c ON u.consumable_id = c.consumable_id
    WHERE
        (%(la_code)s::text IS NULL OR u.la_code = %(la_code)s::text)
        AND (
            %(school_ids)s::uuid [] IS NULL
            OR u.school_id = ANY(%(school_ids)s::uuid [])
        )
        AND u.used_on >= %(since)s::date
        AND u.kind = 'used'
        AND (%(category)s::text IS NULL OR c.category = %(category)s::text)
) AS moved
GROUP BY moved.school_id;
