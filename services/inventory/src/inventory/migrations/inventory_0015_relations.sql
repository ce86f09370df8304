-- What of the kit hangs on what else: runs on, is connected to, is part of.
-- depends: inventory_0014_lives

SET lock_timeout = '2s';

-- A relation is kept after it ended. It goes with the asset that depends, and rests while
-- the two are at different schools.
CREATE TABLE asset_relation (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    relation_id uuid NOT NULL DEFAULT uuidv7(),
    asset_id uuid NOT NULL,
    kind text NOT NULL,
    other_id uuid NOT NULL,
    began_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz,
    CONSTRAINT asset_relation_pkey PRIMARY KEY (la_code, school_id, relation_id),
    CONSTRAINT asset_relation_asset_fkey FOREIGN KEY (la_code, school_id, asset_id)
    REFERENCES asset (la_code, school_id, asset_id) ON UPDATE CASCADE,
    CONSTRAINT asset_relation_kind_check CHECK (
        kind IN ('runs-on', 'connected-to', 'part-of')
    ),
    CONSTRAINT asset_relation_self_check CHECK (asset_id <> other_id)
);

CREATE UNIQUE INDEX asset_relation_once
ON asset_relation (la_code, school_id, asset_id, kind, other_id)
WHERE ended_at IS NULL;
CREATE INDEX asset_relation_by_asset ON asset_relation (asset_id);
CREATE INDEX asset_relation_by_other ON asset_relation (other_id)
WHERE ended_at IS NULL;
CREATE INDEX asset_relation_by_id ON asset_relation (relation_id);

CALL secure_tenant_table('asset_relation');

GRANT SELECT, INSERT, UPDATE (ended_at) ON asset_relation TO joinedup_app;
