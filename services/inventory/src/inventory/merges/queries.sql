-- list_merges_newest
-- Read one page of the merges of the scope, the newest first.
SELECT
    la_code,
    merge_id,
    kind,
    from_make,
    from_model,
    into_make,
    into_model,
    made_at
FROM catalogue_merge
WHERE
    la_code = ANY(%(la_codes)s::text [])
    AND (%(after_id)s::uuid IS NULL OR merge_id < %(after_id)s::uuid)
ORDER BY merge_id DESC
LIMIT %(page_size)s;

-- get_merge
-- Read one merge of the scope.
SELECT
    la_code,
    merge_id,
    kind,
    from_make,
    from_model,
    into_make,
    into_model,
    made_at
FROM catalogue_merge
WHERE merge_id = %(merge_id)s;

-- insert_merge
-- Keep that two makes or models of an LA are one.
INSERT INTO catalogue_merge (
    la_code, kind, from_key, from_make, from_model, into_make, into_model
)
VALUES (
    %(la_code)s,
    %(kind)s,
    %(from_key)s,
    %(from_make)s,
    %(from_model)s,
    %(into_make)s,
    %(into_model)s
)
RETURNING
    la_code, merge_id, kind, from_make, from_model, into_make, into_model, made_at;

-- delete_merge
-- Take back that two makes or models are one.
DELETE FROM catalogue_merge
WHERE la_code = %(la_code)s AND merge_id = %(merge_id)s;
