-- Kit as the pages of an estate count it, and what happened lately at a school.
-- depends: inventory_0051_effects_again

SET lock_timeout = '2s';

-- Whole years since a purchase, from 0 to 7 and over; -1 where the day is not known.
CREATE FUNCTION kit_age(purchased_on date, today date) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN purchased_on IS NULL THEN -1
    ELSE least(
        greatest(
            extract(YEAR FROM age(today::timestamp, purchased_on::timestamp))::integer,
            0
        ),
        7
    )
END;

-- As before, with what a listing of kit is ordered by and names, at the end.
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
    (
        a.purchased_on
        + make_interval(
            years => coalesce(sl.years, al.years, usual_life(a.category))
        )
    )::date AS replace_on,
    a.disposed_on,
    a.disposal_method,
    a.disposal_reference,
    a.details,
    a.version,
    a.registered_at,
    a.changed_at,
    a.sort_tag,
    s.name AS school_name
FROM asset AS a
INNER JOIN school AS s ON a.school_id = s.school_id
LEFT JOIN school_life AS sl
    ON
        a.la_code = sl.la_code
        AND a.school_id = sl.school_id
        AND a.category = sl.category
LEFT JOIN authority_life AS al
    ON a.la_code = al.la_code AND a.category = al.category;

-- With the reader's rights: the scope binds each table below. A listing takes the moment
-- from here, for its rows alone; whoever counts joins the machines as a set.
CREATE VIEW estate_kit_told WITH (security_invoker = true) AS
SELECT
    told.asset_id,
    told.school_id,
    told.school_urn,
    told.school_name,
    told.la_code,
    told.tag,
    told.sort_tag,
    told.category,
    told.manufacturer,
    told.model,
    told.serial,
    told.room,
    told.status,
    told.purchased_on,
    told.price_pence,
    told.warranty_until,
    told.support_until,
    told.replace_on,
    -- When a machine that is this asset was last heard of.
    (
        SELECT max(d.last_seen_at)
        FROM agent_device AS d
        WHERE
            d.la_code = told.la_code
            AND d.school_id = told.school_id
            AND d.asset_id = told.asset_id
    ) AS seen_at
FROM asset_told AS told;
GRANT SELECT ON estate_kit_told TO joinedup_app;

-- What happened to kit, and whether a machine's report or somebody made it: its history
-- begins with its first change, so its registration is taken from the asset.
CREATE VIEW kit_happening WITH (security_invoker = true) AS
SELECT
    h.la_code,
    h.school_id,
    h.asset_id,
    h.fact,
    CASE WHEN h.actor_id LIKE 'enrolment-key:%' THEN 'agent' ELSE 'person' END
        AS teller,
    h.happened_at
FROM asset_history AS h
UNION ALL
SELECT
    made.la_code,
    made.school_id,
    made.asset_id,
    'registered' AS fact,
    CASE
        WHEN EXISTS (
            SELECT FROM agent_device AS d
            WHERE d.asset_id = made.asset_id AND d.matched_by = 'new'
        ) THEN 'agent'
        ELSE 'person'
    END AS teller,
    made.registered_at AS happened_at
FROM asset AS made;
GRANT SELECT ON kit_happening TO joinedup_app;

-- squawk-ignore require-concurrent-index-creation
CREATE INDEX asset_history_of_school_by_time
ON asset_history (school_id, happened_at DESC, asset_id);
