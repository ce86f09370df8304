-- This service's copy of the inventory's assets, fed by their events.
-- depends: servicedesk_0001_schools

SET lock_timeout = '2s';

CREATE TABLE asset (
    asset_id uuid NOT NULL,
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    tag text NOT NULL,
    category text NOT NULL,
    status text NOT NULL,
    version integer NOT NULL,
    CONSTRAINT asset_pkey PRIMARY KEY (asset_id)
);

-- Whoever reports a fault may name the kit that has it.
CALL secure_tenant_table('asset', 'school_id = ANY ((SELECT scope_own_schools())::uuid [])');

-- An asset can move to another LA: its fact takes the row over from there, as a
-- school's does.
CREATE POLICY asset_worker_select ON asset FOR SELECT TO joinedup_worker
USING (true);
CREATE POLICY asset_worker_update ON asset FOR UPDATE TO joinedup_worker
USING (true) WITH CHECK (false);

GRANT SELECT ON asset TO joinedup_app;
GRANT SELECT, INSERT, UPDATE ON asset TO joinedup_worker;
