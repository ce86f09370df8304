-- What happened to an asset after it was registered, and the indexes of LA-wide lists.
-- depends: inventory_0002_assets

SET lock_timeout = '2s';

-- One fact per version, added and never rewritten. The key follows the asset wherever it
-- goes: whoever has the kit has its history.
CREATE TABLE asset_history (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    asset_id uuid NOT NULL,
    version integer NOT NULL,
    fact text NOT NULL,
    actor_id text NOT NULL DEFAULT scope_principal(),
    -- Which change of many at once it was a part of.
    batch_id uuid,
    changes jsonb NOT NULL,
    happened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT asset_history_pkey PRIMARY KEY (la_code, school_id, asset_id, version),
    CONSTRAINT asset_history_asset_fkey FOREIGN KEY (la_code, school_id, asset_id)
    REFERENCES asset (la_code, school_id, asset_id) ON UPDATE CASCADE,
    CONSTRAINT asset_history_fact_check CHECK (
        fact IN ('changed', 'moved', 'retired', 'reinstated')
    )
);

CREATE INDEX asset_history_by_asset ON asset_history (asset_id, version);
CREATE INDEX asset_history_by_batch ON asset_history (batch_id, asset_id)
WHERE batch_id IS NOT NULL;

CALL secure_tenant_table('asset_history');
-- Whoever writes a fact signs it.
CREATE POLICY asset_history_signed ON asset_history AS RESTRICTIVE FOR INSERT
WITH CHECK (actor_id = (SELECT scope_principal()));

GRANT SELECT, INSERT ON asset_history TO joinedup_app;

-- A page of a whole LA in each order; and by the day of purchase, the undated last.
CREATE INDEX asset_of_la_by_tag ON asset (la_code, lower(tag), asset_id);
CREATE INDEX asset_of_la_by_model ON asset (la_code, sort_model, asset_id);
CREATE INDEX asset_of_la_by_change ON asset (la_code, changed_at DESC, asset_id DESC);
CREATE INDEX asset_of_la_by_purchase
ON asset (la_code, coalesce(purchased_on, 'infinity'::date), asset_id);
CREATE INDEX asset_by_purchase
ON asset (school_id, coalesce(purchased_on, 'infinity'::date), asset_id);
