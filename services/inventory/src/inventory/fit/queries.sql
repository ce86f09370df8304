-- list_machines
-- List the machines in use of a school by room and tag.
SELECT
    asset.asset_id,
    asset.tag,
    asset.sort_tag,
    asset.category,
    asset.manufacturer,
    asset.model,
    asset.room,
    asset.system_told,
    asset.hardware_told
FROM asset
WHERE
    asset.school_id = %(school_id)s
    AND asset.status = 'in-use'
    AND asset.system_told IS NOT NULL
    AND (%(room)s::text IS NULL OR lower(asset.room) = lower(%(room)s::text))
    AND (%(category)s::text IS NULL OR asset.category = %(category)s::text)
ORDER BY lower(asset.room) NULLS LAST, asset.sort_tag, asset.asset_id;
