-- How people set the tables of the portal: what each last looked at, and saved views.
-- depends: 0101_directory

SET lock_timeout = '2s';

-- What a person last looked at belongs to the person and to no tenant.
CREATE TABLE table_memory (
    principal text NOT NULL DEFAULT scope_principal(),
    table_key text NOT NULL,
    state jsonb NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT table_memory_pkey PRIMARY KEY (principal, table_key)
);

ALTER TABLE table_memory ENABLE ROW LEVEL SECURITY;
ALTER TABLE table_memory FORCE ROW LEVEL SECURITY;
CREATE POLICY table_memory_own ON table_memory
USING (principal = (SELECT scope_principal()))
WITH CHECK (principal = (SELECT scope_principal()));

-- A view is its owner's; shared, it is also a school's (with its LA) or a whole LA's.
CREATE TABLE saved_view (
    view_id uuid NOT NULL DEFAULT uuidv7(),
    owner text NOT NULL DEFAULT scope_principal(),
    la_code text,
    school_id uuid,
    table_key text NOT NULL,
    name text NOT NULL,
    state jsonb NOT NULL,
    version integer NOT NULL DEFAULT 1,
    changed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT saved_view_pkey PRIMARY KEY (view_id),
    CONSTRAINT saved_view_place_check CHECK (school_id IS NULL OR la_code IS NOT NULL),
    CONSTRAINT saved_view_school_fkey FOREIGN KEY (school_id)
    REFERENCES school (school_id),
    CONSTRAINT saved_view_la_fkey FOREIGN KEY (la_code)
    REFERENCES local_authority (la_code)
);

CREATE UNIQUE INDEX saved_view_name_unique ON saved_view (owner, table_key, lower(name));
CREATE INDEX saved_view_by_table ON saved_view (table_key, lower(name), view_id);
CREATE INDEX saved_view_tenant ON saved_view (la_code, school_id);

ALTER TABLE saved_view ENABLE ROW LEVEL SECURITY;
ALTER TABLE saved_view FORCE ROW LEVEL SECURITY;
CREATE POLICY saved_view_read ON saved_view FOR SELECT
USING (
    owner = (SELECT scope_principal())
    OR la_code = ANY((SELECT scope_read_las())::text [])
    OR school_id = ANY((SELECT scope_read_schools())::uuid [])
);
CREATE POLICY saved_view_insert ON saved_view FOR INSERT
WITH CHECK (
    owner = (SELECT scope_principal())
    AND (
        la_code IS NULL
        OR la_code = ANY((SELECT scope_write_las())::text [])
        OR school_id = ANY((SELECT scope_write_schools())::uuid [])
    )
);
CREATE POLICY saved_view_update ON saved_view FOR UPDATE
USING (owner = (SELECT scope_principal()))
WITH CHECK (
    owner = (SELECT scope_principal())
    AND (
        la_code IS NULL
        OR la_code = ANY((SELECT scope_write_las())::text [])
        OR school_id = ANY((SELECT scope_write_schools())::uuid [])
    )
);
-- Who may share in a place may also tidy up what others shared there.
CREATE POLICY saved_view_delete ON saved_view FOR DELETE
USING (
    owner = (SELECT scope_principal())
    OR la_code = ANY((SELECT scope_write_las())::text [])
    OR school_id = ANY((SELECT scope_write_schools())::uuid [])
);

-- Which view a person's table opens with.
CREATE TABLE default_view (
    principal text NOT NULL DEFAULT scope_principal(),
    table_key text NOT NULL,
    view_id uuid NOT NULL,
    CONSTRAINT default_view_pkey PRIMARY KEY (principal, table_key),
    CONSTRAINT default_view_view_fkey FOREIGN KEY (view_id)
    REFERENCES saved_view (view_id) ON DELETE CASCADE
);

CREATE INDEX default_view_view ON default_view (view_id);

ALTER TABLE default_view ENABLE ROW LEVEL SECURITY;
ALTER TABLE default_view FORCE ROW LEVEL SECURITY;
CREATE POLICY default_view_own ON default_view
USING (principal = (SELECT scope_principal()))
WITH CHECK (principal = (SELECT scope_principal()));

GRANT SELECT, INSERT, DELETE, UPDATE (state, changed_at) ON table_memory TO joinedup_app;
GRANT SELECT, INSERT, DELETE, UPDATE (
    name, state, la_code, school_id, version, changed_at
) ON saved_view TO joinedup_app;
GRANT SELECT, INSERT, DELETE, UPDATE (view_id) ON default_view TO joinedup_app;
