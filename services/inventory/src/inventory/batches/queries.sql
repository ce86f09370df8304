-- lock_assets
-- Hold some assets of the write scope, in one order for all, until the end.
SELECT asset_id
FROM asset
WHERE asset_id = ANY(%(asset_ids)s::uuid [])
ORDER BY asset_id
FOR UPDATE;

-- get_assets
-- Read some assets of the scope.
SELECT
    asset.asset_id,
    asset.school_id,
    school.urn AS school_urn,
    asset.la_code,
    asset.tag,
    asset.category,
    asset.manufacturer,
    asset.model,
    asset.serial,
    asset.room,
    asset.status,
    asset.purchased_on,
    asset.version,
    asset.registered_at,
    asset.changed_at
FROM asset
INNER JOIN school ON asset.school_id = school.school_id
WHERE asset.asset_id = ANY(%(asset_ids)s::uuid [])
ORDER BY asset.asset_id
LIMIT %(page_size)s;

-- list_taken
-- Say which of some tags are borne at the schools they are to go to.
WITH said AS MATERIALIZED (
    SELECT
        wanted.la_code,
        wanted.school_id,
        lower(wanted.tag) AS sort_tag
    FROM
        jsonb_to_recordset(%(tags)s::jsonb) AS wanted (
            la_code text, school_id uuid, tag text
        )
)

SELECT
    asset.school_id,
    asset.sort_tag AS tag
FROM said
INNER JOIN asset
    ON
        said.la_code = asset.la_code
        AND said.school_id = asset.school_id
        AND said.sort_tag = asset.sort_tag;

-- update_assets
-- Store the next version of many assets, but of none that another change came to first.
UPDATE asset SET
    la_code = said.la_code,
    school_id = said.school_id,
    status = said.status,
    room = said.room,
    version = asset.version + 1,
    changed_at = clock_timestamp()
FROM jsonb_to_recordset(%(assets)s::jsonb) AS said (
    asset_id uuid, la_code text, school_id uuid, status text, room text,
    version integer, school_urn integer
)
WHERE asset.asset_id = said.asset_id AND asset.version = said.version
RETURNING
asset.asset_id,
asset.school_id,
said.school_urn,
asset.la_code,
asset.tag,
asset.category,
asset.manufacturer,
asset.model,
asset.serial,
asset.room,
asset.status,
asset.purchased_on,
asset.version,
asset.registered_at,
asset.changed_at;
