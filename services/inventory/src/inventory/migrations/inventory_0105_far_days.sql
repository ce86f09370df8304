-- No day of replacement follows from a purchase in a year that no calendar has room for.
-- depends: inventory_0100_models_on_lists

SET lock_timeout = '2s';

-- The year 10000 is none that Python knows: a list with such a day could not be read. A
-- life is 30 years at most.
CREATE FUNCTION replaced_on(purchased_on date, years integer) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN purchased_on < '9900-01-01'::date
        THEN (purchased_on + make_interval(years => years))::date
END;

CREATE OR REPLACE VIEW asset_told WITH (security_invoker = true) AS
SELECT
    a.asset_id,
    a.school_id,
    s.urn AS school_urn,
    a.la_code,
    a.tag,
    a.category,
    a.manufacturer,
    a.model,
    a.serial,
    a.site,
    a.building,
    a.room,
    a.status,
    a.order_number,
    a.ordered_on,
    a.purchased_on,
    a.price_pence,
    a.supplier,
    a.funding_line,
    a.cfr_code,
    a.warranty_until,
    a.support_until,
    coalesce(sl.years, al.years, usual_life(a.category)) AS expected_years,
    replaced_on(
        a.purchased_on, coalesce(sl.years, al.years, usual_life(a.category))
    ) AS replace_on,
    a.disposed_on,
    a.disposal_method,
    a.disposal_reference,
    a.details,
    a.version,
    a.registered_at,
    a.changed_at,
    a.merged_into
FROM asset AS a
INNER JOIN school AS s ON a.school_id = s.school_id
LEFT JOIN school_life AS sl
    ON
        a.la_code = sl.la_code
        AND a.school_id = sl.school_id
        AND a.category = sl.category
LEFT JOIN authority_life AS al
    ON a.la_code = al.la_code AND a.category = al.category;

CREATE OR REPLACE VIEW estate_kit_told WITH (security_invoker = true) AS
SELECT
    a.asset_id,
    a.school_id,
    s.urn AS school_urn,
    s.name AS school_name,
    a.la_code,
    a.tag,
    a.sort_tag,
    a.category,
    a.manufacturer,
    a.model,
    a.serial,
    a.room,
    a.status,
    a.purchased_on,
    a.price_pence,
    a.warranty_until,
    a.support_until,
    coalesce(sl.years, al.years, usual_life(a.category)) AS expected_years,
    replaced_on(
        a.purchased_on, coalesce(sl.years, al.years, usual_life(a.category))
    ) AS replace_on,
    -- When a machine that is this asset was last heard of. A listing takes it for its
    -- rows alone; whoever counts leaves it out, and joins the machines as a set.
    (
        SELECT max(d.last_seen_at)
        FROM agent_device AS d
        WHERE
            d.la_code = a.la_code
            AND d.school_id = a.school_id
            AND d.asset_id = a.asset_id
    ) AS seen_at
FROM asset AS a
INNER JOIN school AS s ON a.school_id = s.school_id
LEFT JOIN school_life AS sl
    ON
        a.la_code = sl.la_code
        AND a.school_id = sl.school_id
        AND a.category = sl.category
LEFT JOIN authority_life AS al
    ON a.la_code = al.la_code AND a.category = al.category
WHERE a.merged_into IS NULL;
