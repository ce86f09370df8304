-- Imports of the register: what came, what it would change, and what became of it.
-- depends: 0103_register

SET lock_timeout = '2s';

ALTER TABLE school VALIDATE CONSTRAINT school_phase_check;

-- `la_code` is given where an import concerns one LA: others of that LA may read it.
-- `seen` is a digest of the schools in scope when the preview was made.
CREATE TABLE school_import (
    la_code text,
    import_id uuid NOT NULL DEFAULT uuidv7(),
    principal text NOT NULL,
    la_codes text [] NOT NULL,
    file_name text NOT NULL,
    state text NOT NULL DEFAULT 'waiting',
    file_id uuid,
    links_file_id uuid,
    job_id uuid,
    file_rows integer NOT NULL DEFAULT 0,
    as_of date,
    counts jsonb NOT NULL DEFAULT '{}',
    left_out jsonb NOT NULL DEFAULT '{}',
    concerns jsonb NOT NULL DEFAULT '[]',
    ended_roles jsonb NOT NULL DEFAULT '[]',
    seen text NOT NULL DEFAULT '',
    problem text,
    created_at timestamptz NOT NULL DEFAULT now(),
    applied_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT school_import_pkey PRIMARY KEY (import_id),
    CONSTRAINT school_import_state_check CHECK (
        state IN ('waiting', 'previewed', 'applying', 'applied', 'failed', 'cancelled')
    )
);

CREATE INDEX school_import_tenant ON school_import (la_code, import_id);
CREATE INDEX school_import_principal ON school_import (principal, import_id);

-- `details` holds what is applied: facts, identities, past and relations.
CREATE TABLE school_import_change (
    la_code text NOT NULL,
    import_id uuid NOT NULL,
    place integer NOT NULL,
    principal text NOT NULL,
    kind text NOT NULL,
    urn integer NOT NULL,
    name text NOT NULL,
    line integer,
    school_id uuid,
    old_la_code text,
    differences jsonb NOT NULL,
    details jsonb NOT NULL,
    CONSTRAINT school_import_change_pkey PRIMARY KEY (import_id, place),
    CONSTRAINT school_import_change_import_fkey FOREIGN KEY (import_id)
    REFERENCES school_import (import_id)
);

CREATE INDEX school_import_change_kind
ON school_import_change (import_id, kind, place);

CREATE TABLE school_import_fault (
    la_code text,
    import_id uuid NOT NULL,
    place integer NOT NULL,
    principal text NOT NULL,
    file text NOT NULL,
    line integer NOT NULL,
    column_title text NOT NULL,
    detail text NOT NULL,
    CONSTRAINT school_import_fault_pkey PRIMARY KEY (import_id, place),
    CONSTRAINT school_import_fault_import_fkey FOREIGN KEY (import_id)
    REFERENCES school_import (import_id)
);

-- An import is its principal's, and within one LA that LA's. The job that reads and
-- applies it runs as the service; no token can carry that principal.
CREATE PROCEDURE secure_import_table(target regclass)
LANGUAGE plpgsql SECURITY INVOKER
AS $$
DECLARE
    own CONSTANT text :=
        'principal = (SELECT scope_principal())'
        ' OR (SELECT scope_principal()) = ''service:gateway''';
    reads CONSTANT text :=
        own || ' OR la_code = ANY ((SELECT scope_read_las())::text [])';
    writes CONSTANT text :=
        own || ' OR la_code = ANY ((SELECT scope_write_las())::text [])';
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY import_read ON %s FOR SELECT USING (%s)', target, reads);
    EXECUTE format('CREATE POLICY import_insert ON %s FOR INSERT WITH CHECK (%s)', target, own);
    EXECUTE format('CREATE POLICY import_update ON %s FOR UPDATE USING (%s) WITH CHECK (%s)', target, writes, writes);
    EXECUTE format('CREATE POLICY import_delete ON %s FOR DELETE USING (%s)', target, writes);
END
$$;

CALL secure_import_table('school_import');
CALL secure_import_table('school_import_change');
CALL secure_import_table('school_import_fault');

GRANT SELECT, INSERT, UPDATE ON school_import TO joinedup_app, joinedup_worker;
GRANT SELECT, INSERT ON school_import_change, school_import_fault
TO joinedup_app, joinedup_worker;
