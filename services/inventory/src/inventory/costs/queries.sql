-- sum_costs
-- Sum what the kit of a place cost since it was bought, by make, model and kind.
WITH tariff AS (
    SELECT
        said.place,
        said.starts_on,
        said.ends_on,
        said.pence_per_mwh
    FROM unnest(
        %(places)s::text [],
        %(dear_from)s::date [],
        %(dear_until)s::date [],
        %(pence_per_mwh)s::bigint []
    ) AS said (place, starts_on, ends_on, pence_per_mwh)
),

grid AS (
    SELECT
        said.starts_on,
        said.ends_on,
        said.grams_per_mwh
    FROM unnest(
        %(grid_from)s::date [], %(grid_until)s::date [], %(grams_per_mwh)s::bigint []
    ) AS said (starts_on, ends_on, grams_per_mwh)
),

kit AS (
    SELECT
        told.asset_id,
        told.la_code,
        told.manufacturer,
        told.model,
        told.category,
        told.price_pence,
        told.price_pence::numeric / told.expected_years AS spread,
        (told.details ->> 'kwh_a_year')::numeric AS kwh,
        CASE
            WHEN told.school_id = ANY(%(own_tariffs)s::uuid []) THEN told.school_id::text
            ELSE told.la_code
        END AS place,
        least(
            greatest(
                coalesce(
                    told.purchased_on,
                    (told.registered_at AT TIME ZONE 'Europe/London')::date
                ),
                %(earliest)s::date
            ),
            %(today)s::date
        ) AS since,
        least(coalesce(told.disposed_on, %(today)s::date), %(today)s::date) AS until
    FROM asset_told AS told
    WHERE
        (%(la_code)s::text IS NULL OR told.la_code = %(la_code)s::text)
        AND (
            %(school_ids)s::uuid [] IS NULL
            OR told.school_id = ANY(%(school_ids)s::uuid [])
        )
        AND (%(category)s::text IS NULL OR told.category = %(category)s::text)
        AND (%(asset_id)s::uuid IS NULL OR told.asset_id = %(asset_id)s::uuid)
        AND told.status <> ALL(%(not_held)s::text [])
        -- It draws what the machine does on which it runs.
        AND (
            told.category <> 'virtual-machine' OR %(asset_id)s::uuid IS NOT NULL
        )
),

-- Much kit is bought on one day: each stretch of days is priced once.
stretch AS (
    SELECT DISTINCT
        kit.place,
        kit.since,
        kit.until
    FROM kit
),

priced AS (
    SELECT
        stretch.place,
        stretch.since,
        stretch.until,
        coalesce(sum(dear.days), 0) AS dear_days,
        coalesce(sum(dear.days * dear.pence_per_mwh), 0) AS power
    FROM stretch
    LEFT JOIN LATERAL (
        SELECT
            tariff.pence_per_mwh,
            greatest(
                least(tariff.ends_on, stretch.until)
                - greatest(tariff.starts_on, stretch.since),
                0
            ) AS days
        FROM tariff
        WHERE tariff.place = stretch.place
    ) AS dear ON true
    GROUP BY stretch.place, stretch.since, stretch.until
),

emitted AS (
    SELECT
        term.since,
        term.until,
        sum(
            greatest(
                least(grid.ends_on, term.until) - greatest(grid.starts_on, term.since),
                0
            ) * grid.grams_per_mwh
        ) AS carbon
    FROM (SELECT DISTINCT stretch.since, stretch.until FROM stretch) AS term
    CROSS JOIN grid
    GROUP BY term.since, term.until
),

mended AS (
    SELECT
        r.asset_id,
        count(*) AS repairs,
        coalesce(sum(r.cost_pence), 0) AS pence
    FROM repair AS r
    WHERE
        (%(la_code)s::text IS NULL OR r.la_code = %(la_code)s::text)
        AND (
            %(school_ids)s::uuid [] IS NULL
            OR r.school_id = ANY(%(school_ids)s::uuid [])
        )
        AND (%(asset_id)s::uuid IS NULL OR r.asset_id = %(asset_id)s::uuid)
    GROUP BY r.asset_id
),

fed AS (
    SELECT
        u.asset_id,
        sum(u.cost_pence) AS pence
    FROM stock_use AS u
    WHERE
        (%(la_code)s::text IS NULL OR u.la_code = %(la_code)s::text)
        AND (
            %(school_ids)s::uuid [] IS NULL
            OR u.school_id = ANY(%(school_ids)s::uuid [])
        )
        AND (%(asset_id)s::uuid IS NULL OR u.asset_id = %(asset_id)s::uuid)
        AND u.asset_id IS NOT NULL
        AND u.kind = 'used'
    GROUP BY u.asset_id
)

SELECT
    kit.la_code,
    kit.manufacturer,
    kit.model,
    kit.category,
    count(*)::integer AS assets,
    count(kit.price_pence)::integer AS priced,
    coalesce(sum(kit.price_pence), 0)::bigint AS price_pence,
    count(kit.spread)::integer AS spread_over,
    coalesce(sum(kit.spread), 0) AS spread,
    coalesce(sum(mended.repairs), 0)::integer AS repairs,
    coalesce(sum(mended.pence), 0)::bigint AS repairs_pence,
    coalesce(sum(fed.pence), 0)::bigint AS consumables_pence,
    sum(greatest(kit.until - kit.since, 0))::bigint AS days,
    sum(priced.dear_days)::bigint AS dear_days,
    count(kit.kwh)::integer AS measured,
    coalesce(sum(kit.kwh * greatest(kit.until - kit.since, 0)), 0) AS energy,
    coalesce(sum(kit.kwh * priced.power), 0) AS power,
    coalesce(sum(kit.kwh * emitted.carbon), 0) AS carbon,
    coalesce(
        sum(greatest(kit.until - kit.since, 0)) FILTER (WHERE kit.kwh IS NULL), 0
    )::bigint AS other_days,
    coalesce(sum(priced.power) FILTER (WHERE kit.kwh IS NULL), 0) AS other_power,
    coalesce(sum(emitted.carbon) FILTER (WHERE kit.kwh IS NULL), 0) AS other_carbon
FROM kit
INNER JOIN priced
    ON
        kit.place = priced.place
        AND kit.since = priced.since
        AND kit.until = priced.until
INNER JOIN emitted ON kit.since = emitted.since AND kit.until = emitted.until
LEFT JOIN mended ON kit.asset_id = mended.asset_id
LEFT JOIN fed ON kit.asset_id = fed.asset_id
GROUP BY kit.la_code, kit.manufacturer, kit.model, kit.category
ORDER BY kit.la_code, kit.manufacturer, kit.model, kit.category;
