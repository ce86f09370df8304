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

-- Kit as asset_told has it, with what a listing is ordered by and names. With the
-- reader's rights: the scope binds each table below.
CREATE VIEW estate_kit_told WITH (security_invoker = true) AS
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
    (
        a.purchased_on
        + make_interval(
            years => coalesce(sl.years, al.years, usual_life(a.category))
        )
    )::date AS replace_on,
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
    ON a.la_code = al.la_code AND a.category = al.category;
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
