-- record_assets
-- Take over the assets of a batch of events, newer versions only, and count them.
WITH stored AS (
    INSERT INTO asset (
        la_code, school_id, asset_id, category, status, purchased_on, version, is_device
    )
    SELECT
        said.la_code,
        said.school_id,
        said.asset_id,
        said.category,
        said.status,
        said.purchased_on,
        said.version,
        said.is_device
    FROM
        jsonb_to_recordset(%(assets)s::jsonb)
            AS said (
                la_code text,
                school_id uuid,
                asset_id uuid,
                category text,
                status text,
                purchased_on date,
                version integer,
                is_device boolean
            )
    ORDER BY said.asset_id
    ON CONFLICT (la_code, asset_id) DO UPDATE
        SET
            school_id = excluded.school_id,
            category = excluded.category,
            status = excluded.status,
            purchased_on = excluded.purchased_on,
            version = excluded.version,
            is_device = excluded.is_device
        WHERE excluded.version > asset.version
    RETURNING
        new.la_code,
        old.school_id AS old_school_id,
        old.is_device AS was_device,
        coalesce(date_trunc('month', old.purchased_on)::date, '-infinity')
            AS old_bought_in,
        new.school_id AS new_school_id,
        new.is_device AS is_device,
        coalesce(date_trunc('month', new.purchased_on)::date, '-infinity')
            AS new_bought_in
),

counted AS (
    SELECT
        la_code,
        old_school_id AS school_id,
        old_bought_in AS bought_in,
        -1 AS difference
    FROM stored
    WHERE was_device
    UNION ALL
    SELECT
        la_code,
        new_school_id AS school_id,
        new_bought_in AS bought_in,
        1 AS difference
    FROM stored
    WHERE is_device
),

counted_by_month AS (
    INSERT INTO device_month (la_code, school_id, bought_in, devices)
    SELECT
        la_code,
        school_id,
        bought_in,
        sum(difference) AS devices
    FROM counted
    GROUP BY la_code, school_id, bought_in
    HAVING sum(difference) <> 0
    ORDER BY la_code, school_id, bought_in
    ON CONFLICT (la_code, school_id, bought_in) DO UPDATE SET
        devices = device_month.devices + excluded.devices
)

INSERT INTO device_count (la_code, school_id, devices)
SELECT
    la_code,
    school_id,
    sum(difference) AS devices
FROM counted
GROUP BY la_code, school_id
HAVING sum(difference) <> 0
ORDER BY la_code, school_id
ON CONFLICT (la_code, school_id) DO UPDATE SET
    devices = device_count.devices + excluded.devices;

-- list_devices_by_year
-- Count a school's devices by category and year of purchase, null where it is unknown.
SELECT
    category,
    extract(YEAR FROM purchased_on)::integer AS bought_in,
    count(*)::integer AS devices
FROM asset
WHERE la_code = %(la_code)s AND school_id = %(school_id)s AND is_device
GROUP BY category, bought_in
ORDER BY bought_in NULLS FIRST, category;
