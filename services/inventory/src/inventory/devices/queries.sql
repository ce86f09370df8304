-- list_devices_by_seen
-- List devices of the scope, those unheard of for the longest first.
SELECT told.*
FROM agent_device_told AS told
WHERE
    (
        told.la_code = ANY(%(las)s::text [])
        OR told.school_id = ANY(%(schools)s::uuid [])
    )
    AND (%(la_code)s::text IS NULL OR told.la_code = %(la_code)s::text)
    AND (%(school_id)s::uuid IS NULL OR told.school_id = %(school_id)s::uuid)
    AND (%(asset_id)s::uuid IS NULL OR told.asset_id = %(asset_id)s::uuid)
    AND (%(kind)s::text IS NULL OR told.kind = %(kind)s::text)
    AND (%(standing)s::text IS NULL OR told.standing = %(standing)s::text)
    AND (
        %(unseen_days)s::int IS NULL
        OR told.last_seen_at < now() - make_interval(days => %(unseen_days)s::int)
    )
    AND (
        %(parts)s::text [] IS NULL
        OR lower(
            concat_ws(
                ' ', told.name, told.serial, told.manufacturer, told.model,
                told.asset_tag
            )
        ) LIKE ALL(%(parts)s::text [])
    )
    AND (
        %(after_key)s::timestamptz IS NULL
        OR (told.last_seen_at, told.device_id)
        > (%(after_key)s::timestamptz, %(after_id)s::uuid)
    )
ORDER BY told.last_seen_at, told.device_id
LIMIT %(page_size)s;

-- list_devices_by_seen_down
-- List devices of the scope, those heard of last first.
SELECT told.*
FROM agent_device_told AS told
WHERE
    (
        told.la_code = ANY(%(las)s::text [])
        OR told.school_id = ANY(%(schools)s::uuid [])
    )
    AND (%(la_code)s::text IS NULL OR told.la_code = %(la_code)s::text)
    AND (%(school_id)s::uuid IS NULL OR told.school_id = %(school_id)s::uuid)
    AND (%(asset_id)s::uuid IS NULL OR told.asset_id = %(asset_id)s::uuid)
    AND (%(kind)s::text IS NULL OR told.kind = %(kind)s::text)
    AND (%(standing)s::text IS NULL OR told.standing = %(standing)s::text)
    AND (
        %(unseen_days)s::int IS NULL
        OR told.last_seen_at < now() - make_interval(days => %(unseen_days)s::int)
    )
    AND (
        %(parts)s::text [] IS NULL
        OR lower(
            concat_ws(
                ' ', told.name, told.serial, told.manufacturer, told.model,
                told.asset_tag
            )
        ) LIKE ALL(%(parts)s::text [])
    )
    AND (
        %(after_key)s::timestamptz IS NULL
        OR (told.last_seen_at, told.device_id)
        < (%(after_key)s::timestamptz, %(after_id)s::uuid)
    )
ORDER BY told.last_seen_at DESC, told.device_id DESC
LIMIT %(page_size)s;

-- list_devices_by_name
-- List devices of the scope by name.
SELECT told.*
FROM agent_device_told AS told
WHERE
    (
        told.la_code = ANY(%(las)s::text [])
        OR told.school_id = ANY(%(schools)s::uuid [])
    )
    AND (%(la_code)s::text IS NULL OR told.la_code = %(la_code)s::text)
    AND (%(school_id)s::uuid IS NULL OR told.school_id = %(school_id)s::uuid)
    AND (%(asset_id)s::uuid IS NULL OR told.asset_id = %(asset_id)s::uuid)
    AND (%(kind)s::text IS NULL OR told.kind = %(kind)s::text)
    AND (%(standing)s::text IS NULL OR told.standing = %(standing)s::text)
    AND (
        %(unseen_days)s::int IS NULL
        OR told.last_seen_at < now() - make_interval(days => %(unseen_days)s::int)
    )
    AND (
        %(parts)s::text [] IS NULL
        OR lower(
            concat_ws(
                ' ', told.name, told.serial, told.manufacturer, told.model,
                told.asset_tag
            )
        ) LIKE ALL(%(parts)s::text [])
    )
    AND (
        %(after_key)s::text IS NULL
        OR (lower(coalesce(told.name, told.serial, '')), told.device_id)
        > (lower(%(after_key)s::text), %(after_id)s::uuid)
    )
ORDER BY lower(coalesce(told.name, told.serial, '')), told.device_id
LIMIT %(page_size)s;

-- list_devices_by_name_down
-- List devices of the scope by name, the last first.
SELECT told.*
FROM agent_device_told AS told
WHERE
    (
        told.la_code = ANY(%(las)s::text [])
        OR told.school_id = ANY(%(schools)s::uuid [])
    )
    AND (%(la_code)s::text IS NULL OR told.la_code = %(la_code)s::text)
    AND (%(school_id)s::uuid IS NULL OR told.school_id = %(school_id)s::uuid)
    AND (%(asset_id)s::uuid IS NULL OR told.asset_id = %(asset_id)s::uuid)
    AND (%(kind)s::text IS NULL OR told.kind = %(kind)s::text)
    AND (%(standing)s::text IS NULL OR told.standing = %(standing)s::text)
    AND (
        %(unseen_days)s::int IS NULL
        OR told.last_seen_at < now() - make_interval(days => %(unseen_days)s::int)
    )
    AND (
        %(parts)s::text [] IS NULL
        OR lower(
            concat_ws(
                ' ', told.name, told.serial, told.manufacturer, told.model,
                told.asset_tag
            )
        ) LIKE ALL(%(parts)s::text [])
    )
    AND (
        %(after_key)s::text IS NULL
        OR (lower(coalesce(told.name, told.serial, '')), told.device_id)
        < (lower(%(after_key)s::text), %(after_id)s::uuid)
    )
ORDER BY lower(coalesce(told.name, told.serial, '')) DESC, told.device_id DESC
LIMIT %(page_size)s;

-- count_devices
-- Count the devices of the scope that a listing holds.
SELECT count(*)::int
FROM agent_device_told AS told
WHERE
    (
        told.la_code = ANY(%(las)s::text [])
        OR told.school_id = ANY(%(schools)s::uuid [])
    )
    AND (%(la_code)s::text IS NULL OR told.la_code = %(la_code)s::text)
    AND (%(school_id)s::uuid IS NULL OR told.school_id = %(school_id)s::uuid)
    AND (%(asset_id)s::uuid IS NULL OR told.asset_id = %(asset_id)s::uuid)
    AND (%(kind)s::text IS NULL OR told.kind = %(kind)s::text)
    AND (%(standing)s::text IS NULL OR told.standing = %(standing)s::text)
    AND (
        %(unseen_days)s::int IS NULL
        OR told.last_seen_at < now() - make_interval(days => %(unseen_days)s::int)
    )
    AND (
        %(parts)s::text [] IS NULL
        OR lower(
            concat_ws(
                ' ', told.name, told.serial, told.manufacturer, told.model,
                told.asset_tag
            )
        ) LIKE ALL(%(parts)s::text [])
    );

-- get_device
-- Read a device of the scope.
SELECT told.*
FROM agent_device_told AS told
WHERE told.device_id = %(device_id)s;

-- get_sections
-- Read all that is known of a device of the scope.
SELECT sections
FROM agent_device
WHERE device_id = %(device_id)s;

-- list_changes
-- List what changed on a device, the newest first.
SELECT
    change_id,
    section,
    before,
    after,
    taken_at,
    heard_at
FROM agent_change
WHERE
    device_id = %(device_id)s
    AND (%(after_id)s::uuid IS NULL OR change_id < %(after_id)s::uuid)
ORDER BY change_id DESC
LIMIT %(page_size)s;

-- list_doubts
-- List what is doubtful within the scope, the oldest first.
SELECT
    agent_doubt.doubt_id,
    agent_doubt.device_id,
    agent_doubt.la_code,
    agent_doubt.school_id,
    school.urn AS school_urn,
    agent_doubt.reason,
    agent_doubt.candidates,
    agent_device.name,
    agent_device.serial,
    agent_doubt.made_at,
    agent_doubt.resolution,
    agent_doubt.resolved_at,
    agent_doubt.resolved_by,
    agent_doubt.version
FROM agent_doubt
INNER JOIN agent_device ON agent_doubt.device_id = agent_device.device_id
INNER JOIN school ON agent_doubt.school_id = school.school_id
WHERE
    (
        agent_doubt.la_code = ANY(%(las)s::text [])
        OR agent_doubt.school_id = ANY(%(schools)s::uuid [])
    )
    AND agent_doubt.resolved_at IS NULL
    AND (
        %(school_id)s::uuid IS NULL OR agent_doubt.school_id = %(school_id)s::uuid
    )
    AND (%(after_id)s::uuid IS NULL OR agent_doubt.doubt_id > %(after_id)s::uuid)
ORDER BY agent_doubt.doubt_id
LIMIT %(page_size)s;

-- get_doubt
-- Read what is or was doubtful of a device of the scope.
SELECT
    agent_doubt.doubt_id,
    agent_doubt.device_id,
    agent_doubt.la_code,
    agent_doubt.school_id,
    school.urn AS school_urn,
    agent_doubt.reason,
    agent_doubt.candidates,
    agent_device.name,
    agent_device.serial,
    agent_doubt.made_at,
    agent_doubt.resolution,
    agent_doubt.resolved_at,
    agent_doubt.resolved_by,
    agent_doubt.version
FROM agent_doubt
INNER JOIN agent_device ON agent_doubt.device_id = agent_device.device_id
INNER JOIN school ON agent_doubt.school_id = school.school_id
WHERE agent_doubt.doubt_id = %(doubt_id)s;

-- settle_doubt
-- Keep what somebody said of a device, unless somebody else came first.
UPDATE agent_doubt SET
    resolution = %(resolution)s,
    resolved_at = now(),
    resolved_by = scope_principal(),
    version = version + 1
WHERE
    doubt_id = %(doubt_id)s
    AND version = %(version)s
    AND resolved_at IS NULL;

-- list_refusals
-- List how often agents of the scope were refused, the latest day first.
SELECT
    agent_refusal.la_code,
    agent_refusal.school_id,
    school.urn AS school_urn,
    agent_refusal.on_day,
    agent_refusal.reason,
    agent_refusal.times,
    agent_refusal.last_at
FROM agent_refusal
INNER JOIN school ON agent_refusal.school_id = school.school_id
WHERE
    (
        agent_refusal.la_code = ANY(%(las)s::text [])
        OR agent_refusal.school_id = ANY(%(schools)s::uuid [])
    )
    AND (
        %(school_id)s::uuid IS NULL
        OR agent_refusal.school_id = %(school_id)s::uuid
    )
    AND (
        %(after_day)s::date IS NULL
        OR agent_refusal.on_day < %(after_day)s::date
        OR (
            agent_refusal.on_day = %(after_day)s::date
            AND (agent_refusal.reason, agent_refusal.school_id)
            > (%(after_reason)s::text, %(after_school)s::uuid)
        )
    )
ORDER BY
    agent_refusal.on_day DESC, agent_refusal.reason ASC, agent_refusal.school_id ASC
LIMIT %(page_size)s;

-- unlink_device
-- Let a device be no asset for now; nothing of what it told counts as known.
UPDATE agent_device SET
    asset_id = NULL,
    matched_by = NULL,
    software_hash = NULL,
    written = '{}',
    version = version + 1
WHERE device_id = %(device_id)s;

-- hold_device
-- Wait for whoever else says what a device is, or tells of it; read its version.
SELECT version
FROM agent_device
WHERE device_id = %(device_id)s
FOR UPDATE;

-- count_others
-- Count the other devices that are the same asset.
SELECT count(*)::int
FROM agent_device
WHERE asset_id = %(asset_id)s AND device_id <> %(device_id)s;

-- insert_doubt
-- Put a device before a person, unless it is there already.
INSERT INTO agent_doubt (la_code, school_id, device_id, reason, candidates)
SELECT
    agent_device.la_code,
    agent_device.school_id,
    agent_device.device_id,
    %(reason)s,
    %(candidates)s::uuid []
FROM agent_device
WHERE
    agent_device.device_id = %(device_id)s
    AND NOT EXISTS (
        SELECT 1 FROM agent_doubt
        WHERE
            agent_doubt.device_id = agent_device.device_id
            AND agent_doubt.resolved_at IS NULL
    );

-- settle_all
-- Settle whatever is doubtful still of a device.
UPDATE agent_doubt SET
    resolution = %(resolution)s,
    resolved_at = now(),
    resolved_by = scope_principal(),
    version = version + 1
WHERE device_id = %(device_id)s AND resolved_at IS NULL;

-- hold_devices_of
-- Wait for whoever else tells of some assets' devices.
SELECT device_id
FROM agent_device
WHERE asset_id = ANY(%(asset_ids)s::uuid [])
ORDER BY device_id
FOR UPDATE;

-- move_devices
-- Let devices be another asset; what they wrote into the one is theirs in the other.
UPDATE agent_device SET
    asset_id = %(new_id)s,
    software_hash = NULL,
    version = version + 1
WHERE
    asset_id = %(old_id)s
    AND (%(only)s::uuid [] IS NULL OR device_id = ANY(%(only)s::uuid []))
RETURNING device_id;

-- recall_written
-- Let devices have written what they had before they renewed it in another asset.
UPDATE agent_device SET
    written = (agent_device.written - renewed.names) || renewed.written
FROM (
    SELECT
        device.device_id,
        array_agg(first.name) AS names,
        coalesce(
            jsonb_object_agg(first.name, first.before)
            FILTER (WHERE first.before <> 'null'),
            '{}'
        ) AS written
    FROM agent_device AS device
    CROSS JOIN LATERAL (
        -- What an agent renewed was what it had written.
        SELECT DISTINCT ON (field.name)
            field.name,
            field.told -> 'before' AS before
        FROM asset_history AS h
        CROSS JOIN LATERAL jsonb_each(h.changes) AS field (name, told)
        WHERE
            h.asset_id = %(asset_id)s
            AND h.version > %(version)s
            AND starts_with(h.actor_id, 'enrolment-key:')
            AND EXISTS (
                SELECT
                FROM asset_history AS its
                WHERE
                    its.asset_id = %(asset_id)s
                    AND its.version > %(version)s
                    AND starts_with(its.actor_id, 'enrolment-key:')
                    AND its.changes -> field.name -> 'after'
                    = device.written -> field.name
            )
        ORDER BY field.name, h.version
    ) AS first
    WHERE device.device_id = ANY(%(device_ids)s::uuid [])
    GROUP BY device.device_id
) AS renewed
WHERE agent_device.device_id = renewed.device_id;

-- unlearn_software
-- Let the next list of software of an asset's devices be read, whatever it holds.
UPDATE agent_device SET software_hash = NULL
WHERE asset_id = %(asset_id)s;
