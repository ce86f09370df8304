-- insert_entries
-- Add what made some assets the versions they are.
INSERT INTO asset_history (
    la_code, school_id, asset_id, version, fact, batch_id, changes
)
SELECT
    said.la_code,
    said.school_id,
    said.asset_id,
    said.version,
    said.fact,
    %(batch_id)s::uuid,
    said.changes
FROM jsonb_to_recordset(%(entries)s::jsonb) AS said (
    la_code text, school_id uuid, asset_id uuid, version integer, fact text,
    changes jsonb
);

-- list_entries
-- List what happened to an asset, oldest first.
SELECT
    version,
    fact,
    actor_id,
    happened_at AS at,
    batch_id,
    changes
FROM asset_history
WHERE
    asset_id = %(asset_id)s
    AND (%(after_version)s::int IS NULL OR version > %(after_version)s::int)
ORDER BY version
LIMIT %(page_size)s;

-- list_retirements
-- Read how some assets were before they were last taken out of use.
SELECT DISTINCT ON (h.asset_id)
    h.asset_id,
    h.version,
    h.changes
FROM asset_history AS h
INNER JOIN asset AS a ON h.asset_id = a.asset_id
-- The states that one leaves by a step of their own are named like that step.
WHERE h.asset_id = ANY(%(asset_ids)s::uuid []) AND h.fact = a.status
ORDER BY h.asset_id, h.version DESC;

-- list_batch
-- Read what one caller's change of many did to each.
SELECT
    asset_id,
    version,
    changes
FROM asset_history
WHERE batch_id = %(batch_id)s AND actor_id = (SELECT scope_principal())
ORDER BY asset_id
LIMIT %(page_size)s;

-- list_versions
-- Read what made some assets the versions that they are.
SELECT
    h.asset_id,
    h.version,
    h.changes
FROM
    jsonb_to_recordset(%(versions)s::jsonb) AS told (asset_id uuid, version integer)
INNER JOIN asset_history AS h
    ON told.asset_id = h.asset_id AND told.version = h.version
ORDER BY h.asset_id;

-- list_stood
-- Say at which version each of some assets stands if but papers came and went since.
SELECT
    told.asset_id,
    (told.version + count(h.version))::integer AS version
FROM
    jsonb_to_recordset(%(versions)s::jsonb) AS told (asset_id uuid, version integer)
LEFT JOIN asset_history AS h
    ON
        told.asset_id = h.asset_id
        AND told.version < h.version
        AND h.fact IN ('attached', 'detached')
GROUP BY told.asset_id, told.version;
