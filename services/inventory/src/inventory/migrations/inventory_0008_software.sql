-- Software: which titles are installed on which kit, as last heard.
-- depends: inventory_0002_assets

SET lock_timeout = '2s';

-- An unknown version is the empty text, so that the key holds it too. What is no longer
-- installed stays with the time at which that was heard. The row goes with its asset to
-- another school or LA.
CREATE TABLE software_install (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    asset_id uuid NOT NULL,
    publisher text NOT NULL,
    name text NOT NULL,
    version text NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT now(),
    gone_at timestamptz,
    CONSTRAINT software_install_pkey PRIMARY KEY (
        la_code, school_id, asset_id, publisher, name, version
    ),
    CONSTRAINT software_install_asset_fkey FOREIGN KEY (la_code, school_id, asset_id)
    REFERENCES asset (la_code, school_id, asset_id) ON UPDATE CASCADE
);

CREATE INDEX software_install_by_title
ON software_install (school_id, lower(name), name, publisher, version)
WHERE gone_at IS NULL;
CREATE INDEX software_install_by_asset ON software_install (asset_id);

CALL secure_tenant_table('software_install');

GRANT SELECT, INSERT, UPDATE (seen_at, gone_at) ON software_install TO joinedup_app;
