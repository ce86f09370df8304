-- Lists of kit by the model that the catalogue knows it as; pictures of models.
-- depends: inventory_0060_estate inventory_0070_attachments inventory_0080_search

SET lock_timeout = '2s';

-- From one way of writing a make and model to the next: few are seen of many rows.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX asset_of_la_by_name ON asset (la_code, manufacturer, model);

-- As the other one of this name, which what runs until this is out still calls: kit
-- that is written in one of some ways, of which `models` leads to an index and `written`
-- tells LAs apart, and a make from a model; and whether it is out of use.
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
RETURN (of_category IS NULL OR (one).category = of_category)
AND (of_status IS NULL OR (one).status = of_status)
AND (in_room IS NULL OR lower((one).room) = lower(in_room))
AND (warranty_by IS NULL OR (one).warranty_until <= warranty_by)
AND (models IS NULL OR (one).sort_model = ANY(models))
AND (
    written IS NULL
    OR (one).la_code || E'\n' || (one).manufacturer || E'\n' || (one).model
    = ANY(written)
)
AND (
    is_held IS NULL
    OR ((one).status NOT IN ('retired', 'disposed', 'cancelled')) = is_held
)
AND (parts IS NULL OR (one).search_text LIKE ALL(parts))
AND (
    likely IS NULL
    OR CASE
        WHEN (one).search_text LIKE ANY(likely) THEN (one).search_text ~ ALL(certain)
        ELSE false
    END
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
