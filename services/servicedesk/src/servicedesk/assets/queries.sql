-- get_asset
-- Read an asset of one school of the scope.
SELECT
    asset_id,
    la_code,
    school_id,
    tag,
    category,
    status
FROM asset
WHERE asset_id = %(asset_id)s AND school_id = %(school_id)s;

-- list_assets
-- Read assets of the scope by their ids.
SELECT
    asset_id,
    la_code,
    school_id,
    tag,
    category,
    status
FROM asset
WHERE asset_id = ANY(%(asset_ids)s::uuid []);

-- record_assets
-- Take over the assets of a batch of events, newer versions only.
INSERT INTO asset (
    asset_id, la_code, school_id, tag, category, status, merged_into, version
)
SELECT DISTINCT ON (said.entity_id)
    said.entity_id,
    said.la_code,
    said.school_id,
    said.tag,
    said.category,
    said.status,
    said.merged_into,
    said.entity_version
FROM jsonb_to_recordset(%(states)s::jsonb) AS said (
    entity_id uuid,
    la_code text,
    school_id uuid,
    tag text,
    category text,
    status text,
    merged_into uuid,
    entity_version integer
)
ORDER BY said.entity_id, said.entity_version DESC
ON CONFLICT (asset_id) DO UPDATE SET
la_code = excluded.la_code,
school_id = excluded.school_id,
tag = excluded.tag,
category = excluded.category,
status = excluded.status,
merged_into = excluded.merged_into,
version = excluded.version
WHERE excluded.version > asset.version;

-- list_duplicates
-- List the assets of the scope that turned out to be another one.
SELECT asset_id
FROM asset
WHERE merged_into = %(asset_id)s
ORDER BY asset_id;
