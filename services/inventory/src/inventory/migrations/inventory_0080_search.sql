-- Assets are found by what their machine is called and the building they stand in, too;
-- and what the listings filter by is said once.
-- depends: inventory_0051_effects_again

SET lock_timeout = '2s';

-- An LA's 60,000 assets are written anew within seconds.
ALTER TABLE asset ALTER COLUMN search_text SET EXPRESSION AS (
    lower(
        tag || ' ' || manufacturer || ' ' || model || ' ' || coalesce(serial, '') || ' '
        || coalesce(building, '') || ' ' || coalesce(room, '') || ' '
        || coalesce(details ->> 'hostname', '')
    )
);

-- Whether an asset passes the filters, each where it is not null. It is written into
-- the statements that call it: what is null there is not looked at. The cheap look at
-- one half of a word comes before the dear one at its every slip.
CREATE FUNCTION asset_is_wanted(
    one asset,
    of_category text,
    of_status text,
    in_room text,
    warranty_by date,
    parts text [],
    likely text [],
    certain text []
) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (of_category IS NULL OR (one).category = of_category)
AND (of_status IS NULL OR (one).status = of_status)
AND (in_room IS NULL OR lower((one).room) = lower(in_room))
AND (warranty_by IS NULL OR (one).warranty_until <= warranty_by)
AND (parts IS NULL OR (one).search_text LIKE ALL(parts))
AND (
    likely IS NULL
    OR CASE
        WHEN (one).search_text LIKE ANY(likely) THEN (one).search_text ~ ALL(certain)
        ELSE false
    END
);
