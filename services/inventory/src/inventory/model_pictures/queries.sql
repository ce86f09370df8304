-- get_picture
-- Read the picture that a model has by its own id.
SELECT
    la_code,
    model_id,
    make,
    model,
    alt,
    file_id,
    added_at
FROM catalogue_picture
WHERE model_id = %(model_id)s;

-- upsert_picture
-- Show a picture of a model, in place of the one that it had.
INSERT INTO catalogue_picture (la_code, model_id, make, model, alt, file_id)
VALUES (
    %(la_code)s, %(model_id)s, %(make)s, %(model)s, %(alt)s, %(file_id)s
)
ON CONFLICT ON CONSTRAINT catalogue_picture_pkey DO UPDATE SET
alt = excluded.alt,
file_id = excluded.file_id,
added_at = clock_timestamp()
RETURNING old.file_id;

-- delete_picture
-- Show no picture of a model any more.
DELETE FROM catalogue_picture
WHERE la_code = %(la_code)s AND model_id = %(model_id)s
RETURNING file_id;
