-- A device as people see it: beside the asset that it is, or the doubt that it waits for.
-- depends: inventory_0022_agents_privacy

SET lock_timeout = '2s';

CREATE VIEW agent_device_told WITH (security_invoker = true) AS
SELECT
    d.device_id,
    d.la_code,
    d.school_id,
    s.urn AS school_urn,
    d.kind,
    d.name,
    d.serial,
    d.manufacturer,
    d.model,
    d.agent,
    d.asset_id,
    a.tag AS asset_tag,
    a.status AS asset_status,
    d.matched_by,
    w.doubt_id,
    CASE
        WHEN d.asset_id IS NOT NULL THEN 'matched'
        WHEN w.doubt_id IS NOT NULL THEN 'doubtful'
        ELSE 'ignored'
    END AS standing,
    d.first_seen_at,
    d.last_seen_at,
    d.taken_at,
    d.version
FROM agent_device AS d
INNER JOIN school AS s ON d.school_id = s.school_id
LEFT JOIN asset AS a
    ON
        d.la_code = a.la_code
        AND d.school_id = a.school_id
        AND d.asset_id = a.asset_id
LEFT JOIN agent_doubt AS w
    ON
        d.la_code = w.la_code
        AND d.school_id = w.school_id
        AND d.device_id = w.device_id
        AND w.resolved_at IS NULL;

GRANT SELECT ON agent_device_told TO joinedup_app, joinedup_worker;
