-- is_urn_of
-- Say whether a school has or had a URN.
SELECT count(*) > 0 AS is_urn
FROM (
    SELECT urn FROM school
    WHERE school_id = %(school_id)s AND urn = %(urn)s
    UNION ALL
    SELECT urn FROM earlier_urn
    WHERE school_id = %(school_id)s AND urn = %(urn)s
) AS borne;

-- hold_device
-- Read a device of the school for the next report of it; others of it wait.
SELECT
    agent_device.device_id,
    agent_device.content_hash,
    agent_device.software_hash,
    agent_device.taken_at,
    agent_device.sections,
    agent_device.written,
    agent_device.asset_id,
    (
        SELECT count(*) FROM agent_doubt
        WHERE
            agent_doubt.device_id = agent_device.device_id
            AND agent_doubt.resolved_at IS NULL
    ) > 0 AS is_in_doubt,
    (
        SELECT count(*) FROM agent_doubt
        WHERE
            agent_doubt.device_id = agent_device.device_id
            AND agent_doubt.resolution = 'ignored'
    ) > 0 AS is_ignored
FROM agent_device
WHERE
    agent_device.school_id = %(school_id)s
    AND agent_device.binding = %(binding)s
FOR UPDATE OF agent_device;

-- insert_device
-- Bind a device to the school that first tells of it, as the asset that it is.
WITH bound AS (
    INSERT INTO agent_device (
        la_code, school_id, device_id, binding, deviceid, kind, name, serial, uuid,
        manufacturer, model, agent, content_hash, software_hash, taken_at, sections,
        asset_id, matched_by, written
    )
    VALUES (
        %(la_code)s, %(school_id)s, %(device_id)s, %(binding)s, %(deviceid)s, %(kind)s,
        %(name)s, %(serial)s, %(uuid)s, %(manufacturer)s, %(model)s, %(agent)s,
        %(content_hash)s, %(software_hash)s, %(taken_at)s, %(sections)s::jsonb,
        %(asset_id)s, %(matched_by)s, %(written)s::jsonb
    )
    RETURNING la_code, school_id, device_id
)

INSERT INTO agent_mac (la_code, school_id, device_id, mac)
SELECT DISTINCT
    bound.la_code,
    bound.school_id,
    bound.device_id,
    told.mac
FROM bound
CROSS JOIN LATERAL unnest(%(macs)s::text []) AS told (mac);

-- update_device
-- Keep what the newest report told of a device.
WITH told AS (
    UPDATE agent_device SET
        kind = %(kind)s,
        name = %(name)s,
        serial = %(serial)s,
        uuid = %(uuid)s,
        manufacturer = %(manufacturer)s,
        model = %(model)s,
        agent = %(agent)s,
        content_hash = %(content_hash)s,
        taken_at = coalesce(%(taken_at)s, taken_at),
        sections = %(sections)s::jsonb,
        last_seen_at = now(),
        version = version + 1
    WHERE device_id = %(device_id)s
    RETURNING la_code, school_id, device_id
),

gone AS (
    DELETE FROM agent_mac
    USING told
    WHERE
        agent_mac.la_code = told.la_code
        AND agent_mac.school_id = told.school_id
        AND agent_mac.device_id = told.device_id
        AND agent_mac.mac <> ALL(%(macs)s::text [])
)

INSERT INTO agent_mac (la_code, school_id, device_id, mac)
SELECT
    told.la_code,
    told.school_id,
    told.device_id,
    card.mac
FROM told
CROSS JOIN LATERAL unnest(%(macs)s::text []) AS card (mac)
ON CONFLICT DO NOTHING;

-- see_device
-- Note that a device told the same as before.
UPDATE agent_device SET last_seen_at = now()
WHERE device_id = %(device_id)s;

-- hold_asset
-- Hold an asset, and say which it is: a duplicate is the one that it was merged into.
WITH held AS MATERIALIZED (
    -- Whoever merges it at this moment, or what it leads to, is waited for: in the order
    -- in which these hold them.
    SELECT asset_id, merged_into
    FROM asset
    WHERE
        asset_id = %(asset_id)s
        OR asset_id = (
            SELECT gone.merged_into
            FROM asset AS gone
            WHERE gone.asset_id = %(asset_id)s
        )
    ORDER BY asset_id
    FOR KEY SHARE
)

SELECT coalesce(merged_into, asset_id) AS asset_id
FROM held
WHERE asset_id = %(asset_id)s;

-- link_device
-- Say which asset a device is.
UPDATE agent_device SET
    asset_id = %(asset_id)s,
    matched_by = %(matched_by)s,
    -- By what it told before, nothing of it counts as known.
    software_hash = NULL,
    written = %(written)s::jsonb,
    version = version + 1
WHERE device_id = %(device_id)s;

-- keep_written
-- Keep what was written into the asset of a device, by field.
UPDATE agent_device SET written = written || %(written)s::jsonb
WHERE device_id = %(device_id)s;

-- keep_software_hash
-- Keep by what a device's list of software is known again.
UPDATE agent_device SET software_hash = %(software_hash)s
WHERE device_id = %(device_id)s;

-- insert_changes
-- Add what changed on a device, section by section.
INSERT INTO agent_change (
    la_code, school_id, device_id, section, before, after, taken_at
)
SELECT
    %(la_code)s,
    %(school_id)s,
    %(device_id)s,
    said.section,
    said.before,
    said.after,
    %(taken_at)s
FROM jsonb_to_recordset(%(changes)s::jsonb) AS said (
    section text, before jsonb, after jsonb
);

-- list_candidates
-- List the school's assets that have something in common with a device.
-- What is told stands in SELECTs of its own: the plan is then the same whatever it is,
-- and is made once. To make it took ten times as long as to read what is there.
SELECT
    coalesce(asset.merged_into, asset.asset_id) AS asset_id,
    'serial' AS matched_on,
    asset.serial
FROM asset
WHERE
    asset.school_id = %(school_id)s
    AND asset.sort_serial = (SELECT lower(%(serial)s))
UNION
SELECT
    asset.asset_id,
    'uuid' AS matched_on,
    asset.serial
FROM agent_device
INNER JOIN asset ON agent_device.asset_id = asset.asset_id
WHERE
    agent_device.school_id = %(school_id)s
    AND agent_device.uuid = (SELECT %(uuid)s::text)
UNION
SELECT
    borne.asset_id,
    'mac' AS matched_on,
    borne.serial
FROM unnest((SELECT %(macs)s::text [])) AS told (mac)
CROSS JOIN LATERAL (
    SELECT
        asset.asset_id,
        asset.serial
    FROM agent_mac
    INNER JOIN agent_device ON agent_mac.device_id = agent_device.device_id
    INNER JOIN asset ON agent_device.asset_id = asset.asset_id
    WHERE
        agent_mac.school_id = %(school_id)s
        AND agent_mac.mac = told.mac
    ORDER BY asset.asset_id
    LIMIT 50
) AS borne
UNION
SELECT
    coalesce(asset.merged_into, asset.asset_id) AS asset_id,
    'tag' AS matched_on,
    asset.serial
FROM asset
WHERE
    asset.school_id = %(school_id)s
    AND asset.sort_tag = (SELECT lower(%(asset_tag)s))
ORDER BY asset_id, matched_on
LIMIT 50;

-- insert_doubt
-- Put a device before a person.
INSERT INTO agent_doubt (la_code, school_id, device_id, reason, candidates)
VALUES (
    %(la_code)s, %(school_id)s, %(device_id)s, %(reason)s, %(candidates)s::uuid []
);

-- count_refusal
-- Count that an agent with a school's key was refused.
INSERT INTO agent_refusal (la_code, school_id, on_day, reason, times)
VALUES (%(la_code)s, %(school_id)s, current_date, %(reason)s, 1)
ON CONFLICT (la_code, school_id, on_day, reason)
DO UPDATE SET times = agent_refusal.times + 1, last_at = now();
