-- list_devices
-- List devices of the scope, those unheard of for the longest first.
SELECT
    agent_device.device_id,
    agent_device.la_code,
    agent_device.school_id,
    school.urn AS school_urn,
    agent_device.kind,
    agent_device.name,
    agent_device.serial,
    agent_device.manufacturer,
    agent_device.model,
    agent_device.agent,
    agent_device.asset_id,
    agent_device.matched_by,
    agent_device.first_seen_at,
    agent_device.last_seen_at,
    agent_device.taken_at
FROM agent_device
INNER JOIN school ON agent_device.school_id = school.school_id
WHERE
    (
        agent_device.la_code = ANY(%(las)s::text [])
        OR agent_device.school_id = ANY(%(schools)s::uuid [])
    )
    AND (
        %(school_id)s::uuid IS NULL OR agent_device.school_id = %(school_id)s::uuid
    )
    AND (
        %(unseen_days)s::int IS NULL
        OR agent_device.last_seen_at
        < now() - make_interval(days => %(unseen_days)s::int)
    )
    AND (
        %(after_seen)s::timestamptz IS NULL
        OR (agent_device.last_seen_at, agent_device.device_id)
        > (%(after_seen)s::timestamptz, %(after_id)s::uuid)
    )
ORDER BY agent_device.last_seen_at, agent_device.device_id
LIMIT %(page_size)s;

-- get_device
-- Read a device of the scope.
SELECT
    agent_device.device_id,
    agent_device.la_code,
    agent_device.school_id,
    school.urn AS school_urn,
    agent_device.kind,
    agent_device.name,
    agent_device.serial,
    agent_device.manufacturer,
    agent_device.model,
    agent_device.agent,
    agent_device.asset_id,
    agent_device.matched_by,
    agent_device.first_seen_at,
    agent_device.last_seen_at,
    agent_device.taken_at
FROM agent_device
INNER JOIN school ON agent_device.school_id = school.school_id
WHERE agent_device.device_id = %(device_id)s;

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
