-- That the data on kit was erased: how, by whom, and whether it was seen to be gone.
-- depends: inventory_0150_tariffs

SET lock_timeout = '2s';

-- Never rewritten: what failed stays beside what came after it.
CREATE TABLE data_wipe (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    wipe_id uuid NOT NULL DEFAULT uuidv7(),
    asset_id uuid NOT NULL,
    wiped_on date NOT NULL,
    method text NOT NULL,
    is_verified boolean NOT NULL,
    tool text,
    done_by text NOT NULL,
    certificate text,
    note text,
    recorded_by text NOT NULL DEFAULT scope_principal(),
    recorded_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT data_wipe_pkey PRIMARY KEY (la_code, school_id, wipe_id),
    CONSTRAINT data_wipe_asset_fkey FOREIGN KEY (la_code, school_id, asset_id)
    REFERENCES asset (la_code, school_id, asset_id) ON UPDATE CASCADE,
    CONSTRAINT data_wipe_method_check CHECK (
        method IN ('clear', 'purge', 'destroy', 'removed')
    )
);

CREATE INDEX data_wipe_by_id ON data_wipe (wipe_id);
CREATE INDEX data_wipe_of_asset
ON data_wipe (asset_id, wiped_on DESC, wipe_id DESC);

CALL secure_tenant_table('data_wipe');

-- What was disposed of is listed by the day and the reference that it left under.
CREATE INDEX asset_by_disposal
ON asset (school_id, disposed_on DESC, disposal_method, left(disposal_reference, 100))
WHERE status = 'disposed';

GRANT SELECT, INSERT, UPDATE (done_by, note) ON data_wipe TO joinedup_app;
