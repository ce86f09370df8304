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

-- With the reader's rights: the scope binds each table below.
CREATE VIEW estate_kit_told WITH (security_invoker = true) AS
SELECT
    a.asset_id,
    a.school_id,
    a.school_urn,
    s.name AS school_name,
    a.la_code,
    a.tag,
    lower(a.tag) AS sort_tag,
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
    a.expected_years,
    a.replace_on,
    -- When a machine that is this asset was last heard of.
    (
        SELECT max(d.last_seen_at)
        FROM agent_device AS d
        WHERE
            d.la_code = a.la_code
            AND d.school_id = a.school_id
            AND d.asset_id = a.asset_id
    ) AS seen_at
FROM asset_told AS a
INNER JOIN school AS s ON a.school_id = s.school_id;
GRANT SELECT ON estate_kit_told TO joinedup_app;

-- squawk-ignore require-concurrent-index-creation
CREATE INDEX asset_history_of_school_by_time
ON asset_history (school_id, happened_at DESC, asset_id);
