-- list_prices
-- Read what electricity costs in the scope: in one LA, and at one school of it.
(
    SELECT
        la_code,
        null::uuid AS school_id,
        starts_on,
        pence_per_mwh
    FROM authority_tariff
    WHERE %(la_code)s::text IS NULL OR la_code = %(la_code)s::text
    ORDER BY la_code, starts_on
)
UNION ALL
(
    SELECT
        la_code,
        school_id,
        starts_on,
        pence_per_mwh
    FROM school_tariff
    WHERE
        (%(la_code)s::text IS NULL OR la_code = %(la_code)s::text)
        AND (
            %(school_ids)s::uuid [] IS NULL
            OR school_id = ANY(%(school_ids)s::uuid [])
        )
    ORDER BY la_code, school_id, starts_on
);

-- upsert_authority_price
-- Store what electricity costs an LA's schools from a day on.
INSERT INTO authority_tariff (la_code, starts_on, pence_per_mwh)
VALUES (%(la_code)s, %(starts_on)s, %(pence_per_mwh)s)
ON CONFLICT ON CONSTRAINT authority_tariff_pkey DO UPDATE SET
    pence_per_mwh = excluded.pence_per_mwh;

-- delete_authority_price
-- Forget what electricity was to cost an LA's schools from a day on.
DELETE FROM authority_tariff
WHERE la_code = %(la_code)s AND starts_on = %(starts_on)s;

-- upsert_school_price
-- Store what electricity costs a school from a day on.
INSERT INTO school_tariff (la_code, school_id, starts_on, pence_per_mwh)
VALUES (%(la_code)s, %(school_id)s, %(starts_on)s, %(pence_per_mwh)s)
ON CONFLICT ON CONSTRAINT school_tariff_pkey DO UPDATE SET
    pence_per_mwh = excluded.pence_per_mwh;

-- delete_school_price
-- Forget what electricity was to cost a school from a day on.
DELETE FROM school_tariff
WHERE
    la_code = %(la_code)s
    AND school_id = %(school_id)s
    AND starts_on = %(starts_on)s;
