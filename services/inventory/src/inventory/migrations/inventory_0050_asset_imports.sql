-- Imports of files of assets: how each is read, what is wrong in it, what it made.
-- depends: inventory_0041_titles

SET lock_timeout = '2s';

-- Of one school, or (`school_id` is null) of an LA whose file names the schools.
CREATE TABLE asset_import (
    la_code text NOT NULL,
    school_id uuid,
    import_id uuid NOT NULL DEFAULT uuidv7(),
    principal text NOT NULL DEFAULT scope_principal(),
    file_id uuid NOT NULL,
    file_name text NOT NULL,
    layout text NOT NULL,
    preset text,
    headings text [] NOT NULL,
    columns jsonb NOT NULL,
    reading jsonb NOT NULL,
    state text NOT NULL DEFAULT 'sent',
    job_id uuid,
    line_done integer NOT NULL DEFAULT 0,
    rows integer NOT NULL,
    fresh integer NOT NULL DEFAULT 0,
    known integer NOT NULL DEFAULT 0,
    changing integer NOT NULL DEFAULT 0,
    faults integer NOT NULL DEFAULT 0,
    made integer NOT NULL DEFAULT 0,
    updated integer NOT NULL DEFAULT 0,
    undone integer NOT NULL DEFAULT 0,
    kept integer NOT NULL DEFAULT 0,
    problem text,
    sent_at timestamptz NOT NULL DEFAULT now(),
    applied_at timestamptz,
    undone_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT asset_import_pkey PRIMARY KEY (la_code, import_id),
    CONSTRAINT asset_import_school_fkey FOREIGN KEY (la_code, school_id)
    REFERENCES school (la_code, school_id) ON UPDATE CASCADE,
    CONSTRAINT asset_import_layout_check CHECK (layout IN ('csv', 'xlsx', 'jsonl')),
    CONSTRAINT asset_import_state_check CHECK (
        state IN (
            'sent', 'trying', 'tried', 'applying', 'applied', 'stopped', 'undoing',
            'undone', 'failed', 'given-up'
        )
    )
);
CREATE INDEX asset_import_by_id ON asset_import (import_id);
CREATE INDEX asset_import_of_school ON asset_import (school_id, import_id);
CREATE INDEX asset_import_alike ON asset_import (la_code, headings, import_id);
CALL secure_tenant_table('asset_import');

CREATE TABLE asset_import_fault (
    la_code text NOT NULL,
    school_id uuid,
    import_id uuid NOT NULL,
    place integer NOT NULL,
    line integer NOT NULL,
    heading text NOT NULL,
    said text NOT NULL,
    detail text NOT NULL,
    CONSTRAINT asset_import_fault_pkey PRIMARY KEY (la_code, import_id, place),
    CONSTRAINT asset_import_fault_school_fkey FOREIGN KEY (la_code, school_id)
    REFERENCES school (la_code, school_id) ON UPDATE CASCADE
);
CREATE INDEX asset_import_fault_by_import ON asset_import_fault (import_id, place);
CALL secure_tenant_table('asset_import_fault');

-- What an import did to which asset, at which version, until it is undone.
CREATE TABLE asset_import_effect (
    la_code text NOT NULL,
    school_id uuid,
    import_id uuid NOT NULL,
    asset_id uuid NOT NULL,
    asset_version integer NOT NULL,
    line integer NOT NULL,
    CONSTRAINT asset_import_effect_pkey PRIMARY KEY (la_code, import_id, asset_id),
    CONSTRAINT asset_import_effect_school_fkey FOREIGN KEY (la_code, school_id)
    REFERENCES school (la_code, school_id) ON UPDATE CASCADE
);
CREATE INDEX asset_import_effect_by_import
ON asset_import_effect (import_id, asset_id);
CALL secure_tenant_table('asset_import_effect');

GRANT SELECT, INSERT, UPDATE ON asset_import TO joinedup_app;
GRANT SELECT, UPDATE (said) ON asset_import_fault TO joinedup_app;
GRANT SELECT, UPDATE ON asset_import TO joinedup_worker;
GRANT SELECT, INSERT, DELETE ON asset_import_fault, asset_import_effect TO joinedup_worker;

-- The worker registers and changes assets as whoever ordered it, within their scope; and
-- it takes away what an import made by mistake and nobody has touched since.
GRANT INSERT, UPDATE, DELETE ON asset TO joinedup_worker;
GRANT SELECT, INSERT ON asset_history TO joinedup_worker;
GRANT SELECT ON asset_relation, repair, agent_device, software_install TO joinedup_worker;
