-- When school is on: what an LA writes for its schools, and a school for itself.
-- depends: servicedesk_0012_merged_assets

SET lock_timeout = '2s';

-- A version governs from the moment at which it was written, and is never rewritten:
-- what was counted by it stays as it was counted.
CREATE TABLE authority_calendar (
    la_code text NOT NULL,
    version integer NOT NULL,
    since timestamptz NOT NULL,
    said jsonb NOT NULL,
    CONSTRAINT authority_calendar_pkey PRIMARY KEY (la_code, version),
    CONSTRAINT authority_calendar_since_unique UNIQUE (la_code, since),
    CONSTRAINT authority_calendar_version_check CHECK (version > 0)
);

-- An LA's people write it; so do its schools read it, and go by it.
ALTER TABLE authority_calendar ENABLE ROW LEVEL SECURITY;
ALTER TABLE authority_calendar FORCE ROW LEVEL SECURITY;
CREATE POLICY authority_calendar_read ON authority_calendar FOR SELECT
USING (
    la_code = ANY((SELECT scope_read_las())::text [])
    OR EXISTS (
        SELECT FROM school AS s
        WHERE
            s.la_code = authority_calendar.la_code
            AND s.school_id = ANY((SELECT scope_read_schools())::uuid [])
    )
);
CREATE POLICY authority_calendar_insert ON authority_calendar FOR INSERT
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY authority_calendar_update ON authority_calendar FOR UPDATE
USING (la_code = ANY((SELECT scope_write_las())::text []))
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY authority_calendar_delete ON authority_calendar FOR DELETE
USING (la_code = ANY((SELECT scope_write_las())::text []));
GRANT SELECT, INSERT ON authority_calendar TO joinedup_app;

CREATE TABLE school_calendar (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    version integer NOT NULL,
    since timestamptz NOT NULL,
    said jsonb NOT NULL,
    CONSTRAINT school_calendar_pkey PRIMARY KEY (la_code, school_id, version),
    CONSTRAINT school_calendar_school_fkey FOREIGN KEY (la_code, school_id)
    REFERENCES school (la_code, school_id) ON UPDATE CASCADE,
    CONSTRAINT school_calendar_since_unique UNIQUE (la_code, school_id, since),
    CONSTRAINT school_calendar_version_check CHECK (version > 0)
);
CALL secure_tenant_table('school_calendar');
GRANT SELECT, INSERT ON school_calendar TO joinedup_app;
