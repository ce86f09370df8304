-- record_seen
-- Keep on which day people saw some assets, which ends that they were missing.
INSERT INTO asset_sighting (la_code, school_id, asset_id, seen_on, seen_in)
SELECT
    a.la_code,
    a.school_id,
    a.asset_id,
    said.seen_on,
    %(stock_take_id)s
FROM jsonb_to_recordset(%(seen)s::jsonb) AS said (asset_id uuid, seen_on date)
INNER JOIN asset AS a ON said.asset_id = a.asset_id
ORDER BY a.asset_id
ON CONFLICT (la_code, school_id, asset_id) DO UPDATE SET
seen_on = greatest(asset_sighting.seen_on, excluded.seen_on),
seen_in = CASE
    WHEN asset_sighting.seen_on > excluded.seen_on THEN asset_sighting.seen_in
    ELSE excluded.seen_in
END,
missed_on = CASE
    WHEN asset_sighting.missed_on > excluded.seen_on THEN asset_sighting.missed_on
END,
missed_in = CASE
    WHEN asset_sighting.missed_on > excluded.seen_on THEN asset_sighting.missed_in
END;

-- record_missed
-- Keep since when some assets are missing, but of none that was seen that day or later.
INSERT INTO asset_sighting (la_code, school_id, asset_id, missed_on, missed_in)
SELECT
    a.la_code,
    a.school_id,
    a.asset_id,
    %(missed_on)s,
    %(stock_take_id)s
FROM asset AS a
WHERE a.asset_id = ANY(%(asset_ids)s::uuid [])
ORDER BY a.asset_id
ON CONFLICT (la_code, school_id, asset_id) DO UPDATE SET
missed_on = excluded.missed_on,
missed_in = excluded.missed_in
WHERE coalesce(asset_sighting.seen_on < excluded.missed_on, true);

-- get_sighting
-- Read when people last saw an asset; stock-takes of where it was before stay there.
SELECT
    g.asset_id,
    g.seen_on,
    seen.stock_take_id AS seen_in,
    g.missed_on,
    missed.stock_take_id AS missed_in
FROM asset_sighting AS g
LEFT JOIN stock_take AS seen
    ON g.seen_in = seen.stock_take_id AND g.school_id = seen.school_id
LEFT JOIN stock_take AS missed
    ON g.missed_in = missed.stock_take_id AND g.school_id = missed.school_id
WHERE g.asset_id = %(asset_id)s;
