-- The catalogue: what an LA knows of models, and which names it says are one. Makes and
-- models themselves are read off the kit.
-- depends: inventory_0022_agents_privacy

SET lock_timeout = '2s';

CREATE TABLE catalogue_model (
    la_code text NOT NULL,
    -- Follows from the LA and the names' keys: see inventory.catalogue.model.
    model_id uuid NOT NULL,
    make text NOT NULL,
    model text NOT NULL,
    launched_on date,
    sold_until date,
    supported_until date,
    source text,
    note text,
    version integer NOT NULL DEFAULT 1,
    changed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT catalogue_model_pkey PRIMARY KEY (la_code, model_id),
    CONSTRAINT catalogue_model_order_check CHECK (
        launched_on <= sold_until AND launched_on <= supported_until
    ),
    CONSTRAINT catalogue_model_version_check CHECK (version > 0)
);

CREATE TABLE catalogue_merge (
    la_code text NOT NULL,
    merge_id uuid NOT NULL DEFAULT uuidv7(),
    kind text NOT NULL,
    from_key text NOT NULL,
    from_make text NOT NULL,
    from_model text NOT NULL,
    into_make text NOT NULL,
    into_model text NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT catalogue_merge_pkey PRIMARY KEY (la_code, merge_id),
    CONSTRAINT catalogue_merge_once UNIQUE (la_code, kind, from_key),
    CONSTRAINT catalogue_merge_kind_check CHECK (
        kind = 'model' OR (kind = 'make' AND from_model = '' AND into_model = '')
    )
);

-- An LA's people write it; so do its schools read it.
ALTER TABLE catalogue_model ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalogue_model FORCE ROW LEVEL SECURITY;
CREATE POLICY catalogue_model_read ON catalogue_model FOR SELECT
USING (
    la_code = ANY((SELECT scope_read_las())::text [])
    OR EXISTS (
        SELECT FROM school AS s
        WHERE
            s.la_code = catalogue_model.la_code
            AND s.school_id = ANY((SELECT scope_read_schools())::uuid [])
    )
);
CREATE POLICY catalogue_model_insert ON catalogue_model FOR INSERT
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY catalogue_model_update ON catalogue_model FOR UPDATE
USING (la_code = ANY((SELECT scope_write_las())::text []))
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY catalogue_model_delete ON catalogue_model FOR DELETE
USING (la_code = ANY((SELECT scope_write_las())::text []));
GRANT SELECT, INSERT, DELETE, UPDATE (
    launched_on, sold_until, supported_until, source, note, version, changed_at
) ON catalogue_model TO joinedup_app;

ALTER TABLE catalogue_merge ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalogue_merge FORCE ROW LEVEL SECURITY;
CREATE POLICY catalogue_merge_read ON catalogue_merge FOR SELECT
USING (
    la_code = ANY((SELECT scope_read_las())::text [])
    OR EXISTS (
        SELECT FROM school AS s
        WHERE
            s.la_code = catalogue_merge.la_code
            AND s.school_id = ANY((SELECT scope_read_schools())::uuid [])
    )
);
CREATE POLICY catalogue_merge_insert ON catalogue_merge FOR INSERT
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY catalogue_merge_update ON catalogue_merge FOR UPDATE
USING (la_code = ANY((SELECT scope_write_las())::text []))
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY catalogue_merge_delete ON catalogue_merge FOR DELETE
USING (la_code = ANY((SELECT scope_write_las())::text []));
GRANT SELECT, INSERT, DELETE ON catalogue_merge TO joinedup_app;
