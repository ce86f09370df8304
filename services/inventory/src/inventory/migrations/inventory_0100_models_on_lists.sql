-- Lists of kit by the model that the catalogue knows it as; pictures of models.
-- depends: inventory_0098_duplicates inventory_0099_agents_keeping

SET lock_timeout = '2s';

-- From one way of writing a make and model to the next: few are seen of many rows.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX asset_of_la_by_name ON asset (la_code, manufacturer, model);

-- As the other one of this name, and moreover: kit that is written in one of some ways,
-- of which `models` leads to an index and `written` tells LAs apart, and a make from a
-- model; and whether it is out of use. What runs until this is out calls the other.
CREATE FUNCTION asset_is_wanted(
    one asset,
    of_category text,
    of_status text,
    in_room text,
    warranty_by date,
    parts text [],
    likely text [],
    certain text [],
    models text [],
    written text [],
    is_held boolean
) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (models IS NULL OR (one).sort_model = ANY(models))
AND (
    written IS NULL
    OR (one).la_code || E'\n' || (one).manufacturer || E'\n' || (one).model
    = ANY(written)
)
AND (
    is_held IS NULL
    OR ((one).status NOT IN ('retired', 'disposed', 'cancelled')) = is_held
)
AND asset_is_wanted(
    one, of_category, of_status, in_room, warranty_by, parts, likely, certain
);

-- One picture of a model, which its LA shows. Who sends it is with the file.
CREATE TABLE catalogue_picture (
    la_code text NOT NULL,
    -- As catalogue_model has it; kept by its names, which may be merged since.
    model_id uuid NOT NULL,
    make text NOT NULL,
    model text NOT NULL,
    alt text NOT NULL,
    file_id uuid NOT NULL,
    added_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT catalogue_picture_pkey PRIMARY KEY (la_code, model_id),
    CONSTRAINT catalogue_picture_file_fkey FOREIGN KEY (file_id)
    REFERENCES file (file_id)
);

CREATE INDEX catalogue_picture_by_file ON catalogue_picture (file_id);

-- An LA's people write it; so do its schools read it.
ALTER TABLE catalogue_picture ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalogue_picture FORCE ROW LEVEL SECURITY;
CREATE POLICY catalogue_picture_read ON catalogue_picture FOR SELECT
USING (
    la_code = ANY((SELECT scope_read_las())::text [])
    OR EXISTS (
        SELECT FROM school AS s
        WHERE
            s.la_code = catalogue_picture.la_code
            AND s.school_id = ANY((SELECT scope_read_schools())::uuid [])
    )
);
CREATE POLICY catalogue_picture_insert ON catalogue_picture FOR INSERT
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY catalogue_picture_update ON catalogue_picture FOR UPDATE
USING (la_code = ANY((SELECT scope_write_las())::text []))
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY catalogue_picture_delete ON catalogue_picture FOR DELETE
USING (la_code = ANY((SELECT scope_write_las())::text []));
GRANT SELECT, INSERT, DELETE, UPDATE (
    alt, file_id, added_at
) ON catalogue_picture TO joinedup_app;
-- Whoever reads files is asked of each whether it is such a picture.
GRANT SELECT ON catalogue_picture TO joinedup_worker;

-- The file of such a picture is the LA's, and its schools read this one of them.
CREATE POLICY file_of_model ON file FOR SELECT USING (
    school_id IS NULL
    AND EXISTS (
        SELECT FROM catalogue_picture AS p
        WHERE p.file_id = file.file_id AND p.la_code = file.la_code
    )
    AND EXISTS (
        SELECT FROM school AS s
        WHERE
            s.la_code = file.la_code
            AND s.school_id = ANY((SELECT scope_read_schools())::uuid [])
    )
);
