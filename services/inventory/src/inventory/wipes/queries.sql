-- insert_wipes
-- Store that the data on some assets was erased.
INSERT INTO data_wipe (
    la_code, school_id, asset_id, wiped_on, method, is_verified, tool, done_by,
    certificate, note
)
SELECT
    held.la_code,
    held.school_id,
    held.asset_id,
    %(wiped_on)s::date,
    %(method)s::text,
    %(is_verified)s::boolean,
    %(tool)s::text,
    %(done_by)s::text,
    %(certificate)s::text,
    %(note)s::text
FROM unnest(
    %(la_codes)s::text [], %(school_ids)s::uuid [], %(asset_ids)s::uuid []
) AS held (la_code, school_id, asset_id);

-- list_wipes
-- List the wipes of an asset, the newest first.
SELECT
    w.wipe_id,
    w.la_code,
    w.school_id,
    w.asset_id,
    w.wiped_on,
    w.method,
    w.is_verified,
    w.tool,
    w.done_by,
    w.certificate,
    w.note,
    w.recorded_at
FROM data_wipe AS w
WHERE w.asset_id = %(asset_id)s
ORDER BY w.wiped_on DESC, w.wipe_id DESC
LIMIT %(page_size)s;
