-- sum_costs
-- Sum what the kit of a place cost since it was bought, by make, model and kind.
WITH grid AS (
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
            WHEN %(tariffs)s::jsonb ? told.school_id::text THEN told.school_id::text
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
        least(coalesce(told.disposed_on, %(today)s::date), %(today)s::date) AS until,
        mended.repairs,
        mended.pence AS repairs_pence,
        fed.pence AS consumables_pence
    FROM asset_told AS told
    -- Row security hides how much kit there is: what is looked up by one piece of it,
    -- and not joined, takes no longer for what the planner does not foresee.
    CROSS JOIN LATERAL (
        SELECT
            count(*) AS repairs,
            coalesce(sum(r.cost_pence), 0) AS pence
        FROM repair AS r
        WHERE r.asset_id = told.asset_id
    ) AS mended
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(u.cost_pence), 0) AS pence
        FROM stock_use AS u
        WHERE u.asset_id = told.asset_id AND u.kind = 'used'
    ) AS fed
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

-- Much kit of a model was bought on one day: its days are priced together.
alike AS (
    SELECT
        kit.la_code,
        kit.manufacturer,
        kit.model,
        kit.category,
        kit.place,
        kit.since,
        kit.until,
        greatest(kit.until - kit.since, 0) AS days,
        count(*) AS assets,
        count(kit.price_pence) AS priced,
        coalesce(sum(kit.price_pence), 0) AS price_pence,
        count(kit.spread) AS spread_over,
        coalesce(sum(kit.spread), 0) AS spread,
        sum(kit.repairs) AS repairs,
        sum(kit.repairs_pence) AS repairs_pence,
        sum(kit.consumables_pence) AS consumables_pence,
        count(kit.kwh) AS measured,
        coalesce(sum(kit.kwh), 0) AS kwh
    FROM kit
    GROUP BY
        kit.la_code,
        kit.manufacturer,
        kit.model,
        kit.category,
        kit.place,
        kit.since,
        kit.until
)

SELECT
    alike.la_code,
    alike.manufacturer,
    alike.model,
    alike.category,
    sum(alike.assets)::integer AS assets,
    sum(alike.priced)::integer AS priced,
    sum(alike.price_pence)::bigint AS price_pence,
    sum(alike.spread_over)::integer AS spread_over,
    sum(alike.spread) AS spread,
    sum(alike.repairs)::integer AS repairs,
    sum(alike.repairs_pence)::bigint AS repairs_pence,
    sum(alike.consumables_pence)::bigint AS consumables_pence,
    sum(alike.assets * alike.days)::bigint AS days,
    sum(alike.assets * dear.days)::bigint AS dear_days,
    sum(alike.measured)::integer AS measured,
    sum(alike.kwh * alike.days) AS energy,
    sum(alike.kwh * dear.power) AS power,
    sum(alike.kwh * emitted.carbon) AS carbon,
    sum((alike.assets - alike.measured) * alike.days)::bigint AS other_days,
    sum((alike.assets - alike.measured) * dear.power) AS other_power,
    sum((alike.assets - alike.measured) * emitted.carbon) AS other_carbon
FROM alike
CROSS JOIN LATERAL (
    SELECT
        coalesce(sum(shared.days), 0) AS days,
        coalesce(sum(shared.days * shared.pence_per_mwh), 0) AS power
    FROM (
        SELECT
            tariff.pence_per_mwh,
            greatest(
                least(tariff.ends_on, alike.until)
                - greatest(tariff.starts_on, alike.since),
                0
            ) AS days
        FROM jsonb_to_recordset(%(tariffs)s::jsonb -> alike.place) AS tariff (
            starts_on date, ends_on date, pence_per_mwh bigint
        )
    ) AS shared
) AS dear
CROSS JOIN LATERAL (
    SELECT
        sum(
            greatest(
                least(grid.ends_on, alike.until) - greatest(grid.starts_on, alike.since),
                0
            ) * grid.grams_per_mwh
        ) AS carbon
    FROM grid
) AS emitted
GROUP BY alike.la_code, alike.manufacturer, alike.model, alike.category
ORDER BY alike.la_code, alike.manufacturer, alike.model, alike.category;
