-- list_repairs
-- List the repairs of an asset, the newest first.
SELECT
    repair_id,
    la_code,
    school_id,
    asset_id,
    fault,
    supplier,
    reference,
    is_under_warranty,
    sent_on,
    returned_on,
    outcome,
    cost_pence
FROM repair
WHERE asset_id = %(asset_id)s
ORDER BY sent_on DESC, repair_id DESC
LIMIT %(page_size)s;

-- lock_repair
-- Read a repair of the write scope and hold it until the end.
SELECT
    repair_id,
    la_code,
    school_id,
    asset_id,
    fault,
    supplier,
    reference,
    is_under_warranty,
    sent_on,
    returned_on,
    outcome,
    cost_pence
FROM repair
WHERE repair_id = %(repair_id)s AND asset_id = %(asset_id)s
FOR UPDATE;

-- count_open
-- Count the repairs of some assets that are not over.
SELECT count(*)::integer
FROM repair
WHERE asset_id = ANY(%(asset_ids)s::uuid []) AND outcome IS NULL;

-- insert_repair
-- Store a repair that begins, unless one is open.
INSERT INTO repair (
    la_code, school_id, asset_id, fault, supplier, reference, is_under_warranty, sent_on
) VALUES (
    %(la_code)s, %(school_id)s, %(asset_id)s, %(fault)s, %(supplier)s, %(reference)s,
    %(is_under_warranty)s, %(sent_on)s
)
ON CONFLICT (la_code, school_id, asset_id) WHERE outcome IS NULL DO NOTHING
RETURNING
repair_id, la_code, school_id, asset_id, fault, supplier, reference, is_under_warranty,
sent_on, returned_on, outcome, cost_pence;

-- close_repair
-- Store what came of a repair.
UPDATE repair SET
    returned_on = %(returned_on)s,
    outcome = %(outcome)s,
    cost_pence = %(cost_pence)s
WHERE repair_id = %(repair_id)s
RETURNING
repair_id, la_code, school_id, asset_id, fault, supplier, reference, is_under_warranty,
sent_on, returned_on, outcome, cost_pence;

-- restate_repairs
-- Read the next repairs of the scope, in the order of their ids.
SELECT
    repair_id,
    la_code,
    school_id,
    asset_id,
    fault,
    supplier,
    reference,
    is_under_warranty,
    sent_on,
    returned_on,
    outcome,
    cost_pence
FROM repair
WHERE repair_id > %(after_id)s
ORDER BY repair_id
LIMIT %(page_size)s;

-- move_repairs
-- Let repairs be another asset's.
UPDATE repair SET asset_id = %(new_id)s
WHERE
    asset_id = %(old_id)s
    AND (%(only)s::uuid [] IS NULL OR repair_id = ANY(%(only)s::uuid []))
RETURNING repair_id, (outcome IS NULL) AS is_open;
