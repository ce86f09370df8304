-- get_valued
-- Read what an asset's value follows from.
SELECT
    told.asset_id,
    told.price_pence,
    told.purchased_on,
    told.expected_years,
    told.status,
    told.disposed_on
FROM asset_told AS told
WHERE told.asset_id = %(asset_id)s;

-- sum_years
-- Sum what each of some years writes off of the kit of a place, and what it leaves.
SELECT
    (year.place - 1)::integer AS place,
    sum(
        kit.price_pence
        * least(greatest(year.last_month - kit.first_month + 1, 0), kit.months)
        / kit.months
        - kit.price_pence
        * least(greatest(year.month_before - kit.first_month + 1, 0), kit.months)
        / kit.months
    )::bigint AS charge_pence,
    sum(
        kit.price_pence
        - kit.price_pence
        * least(greatest(year.last_month - kit.first_month + 1, 0), kit.months)
        / kit.months
    )::bigint AS book_value_pence
FROM unnest(%(months_before)s::integer [], %(last_months)s::integer [])
WITH ORDINALITY AS year (month_before, last_month, place)
CROSS JOIN (
    SELECT
        told.price_pence,
        (
            extract(YEAR FROM told.purchased_on) * 12
            + extract(MONTH FROM told.purchased_on) - 1
        )::integer AS first_month,
        told.expected_years * 12 AS months
    FROM asset_told AS told
    WHERE
        (%(la_code)s::text IS NULL OR told.la_code = %(la_code)s::text)
        AND (
            %(school_ids)s::uuid [] IS NULL
            OR told.school_id = ANY(%(school_ids)s::uuid [])
        )
        AND (%(category)s::text IS NULL OR told.category = %(category)s::text)
        AND told.status <> ALL(%(not_held)s::text [])
        AND told.category <> 'virtual-machine'
        AND told.price_pence IS NOT NULL
        AND told.purchased_on BETWEEN %(earliest)s AND %(latest)s
        AND told.expected_years IS NOT NULL
) AS kit
GROUP BY year.place
ORDER BY year.place;

-- sum_categories
-- Sum what the kit of a place cost and is worth now, by kind and in all.
SELECT
    kit.category,
    count(*)::integer AS assets,
    count(*) FILTER (WHERE kit.is_valued)::integer AS valued,
    count(*) FILTER (WHERE kit.price_pence IS NULL)::integer AS no_price,
    count(*) FILTER (WHERE kit.purchased_on IS NULL)::integer AS no_purchase_date,
    coalesce(sum(kit.price_pence) FILTER (WHERE kit.is_valued), 0)::bigint AS cost_pence,
    coalesce(
        sum(
            kit.price_pence
            - kit.price_pence
            * least(greatest(%(month)s::integer - kit.first_month + 1, 0), kit.months)
            / kit.months
        ) FILTER (WHERE kit.is_valued),
        0
    )::bigint AS book_value_pence
FROM (
    SELECT
        told.category,
        told.price_pence,
        told.purchased_on,
        (
            extract(YEAR FROM told.purchased_on) * 12
            + extract(MONTH FROM told.purchased_on) - 1
        )::integer AS first_month,
        told.expected_years * 12 AS months,
        told.purchased_on BETWEEN %(earliest)s AND %(latest)s
        AND num_nulls(told.price_pence, told.expected_years) = 0 AS is_valued
    FROM asset_told AS told
    WHERE
        (%(la_code)s::text IS NULL OR told.la_code = %(la_code)s::text)
        AND (
            %(school_ids)s::uuid [] IS NULL
            OR told.school_id = ANY(%(school_ids)s::uuid [])
        )
        AND (%(category)s::text IS NULL OR told.category = %(category)s::text)
        AND told.status <> ALL(%(not_held)s::text [])
        -- It wears out with what it runs on, and has no price of its own.
        AND told.category <> 'virtual-machine'
) AS kit
GROUP BY GROUPING SETS ((), (kit.category))
ORDER BY kit.category NULLS FIRST;
