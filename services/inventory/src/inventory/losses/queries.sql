-- list_losses
-- List the losses of an asset, the newest first.
SELECT
    loss_id,
    la_code,
    school_id,
    asset_id,
    kind,
    lost_on,
    police_reference,
    note,
    found_on
FROM asset_loss
WHERE asset_id = %(asset_id)s
ORDER BY lost_on DESC, loss_id DESC
LIMIT %(page_size)s;

-- lock_loss
-- Read a loss of the write scope and hold it until the end.
SELECT
    loss_id,
    la_code,
    school_id,
    asset_id,
    kind,
    lost_on,
    police_reference,
    note,
    found_on
FROM asset_loss
WHERE loss_id = %(loss_id)s AND asset_id = %(asset_id)s
FOR UPDATE;

-- insert_loss
-- Store that an asset is lost, unless that is known.
INSERT INTO asset_loss (
    la_code, school_id, asset_id, kind, lost_on, police_reference, note
) VALUES (
    %(la_code)s, %(school_id)s, %(asset_id)s, %(kind)s, %(lost_on)s,
    %(police_reference)s, %(note)s
)
ON CONFLICT (la_code, school_id, asset_id) WHERE found_on IS NULL DO NOTHING
RETURNING
loss_id, la_code, school_id, asset_id, kind, lost_on, police_reference, note, found_on;

-- end_loss
-- Store that an asset was found.
UPDATE asset_loss SET found_on = %(found_on)s
WHERE loss_id = %(loss_id)s
RETURNING
loss_id, la_code, school_id, asset_id, kind, lost_on, police_reference, note, found_on;

-- end_losses
-- Store that assets were found by coming back; none was before it was lost.
UPDATE asset_loss AS l SET found_on = greatest(l.lost_on, said.found_on)
FROM jsonb_to_recordset(%(found)s::jsonb) AS said (asset_id uuid, found_on date)
WHERE l.asset_id = said.asset_id AND l.found_on IS NULL;
