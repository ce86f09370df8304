-- Repairs of kit: what was wrong, who mends it, what came of it and what it cost.
-- depends: inventory_0015_relations

SET lock_timeout = '2s';

CREATE TABLE repair (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    repair_id uuid NOT NULL DEFAULT uuidv7(),
    asset_id uuid NOT NULL,
    fault text NOT NULL,
    supplier text,
    reference text,
    is_under_warranty boolean NOT NULL,
    sent_on date NOT NULL,
    returned_on date,
    outcome text,
    cost_pence bigint,
    CONSTRAINT repair_pkey PRIMARY KEY (la_code, school_id, repair_id),
    CONSTRAINT repair_asset_fkey FOREIGN KEY (la_code, school_id, asset_id)
    REFERENCES asset (la_code, school_id, asset_id) ON UPDATE CASCADE,
    CONSTRAINT repair_outcome_check CHECK (
        outcome IN ('repaired', 'replaced', 'no-fault-found', 'beyond-repair')
    ),
    CONSTRAINT repair_closed_check CHECK (
        (outcome IS NULL) = (returned_on IS NULL) AND returned_on >= sent_on
    ),
    CONSTRAINT repair_cost_check CHECK (cost_pence >= 0)
);

CREATE INDEX repair_by_asset ON repair (asset_id, sent_on DESC, repair_id DESC);
CREATE INDEX repair_by_id ON repair (repair_id);
-- A thing is in one place.
CREATE UNIQUE INDEX repair_open_once ON repair (la_code, school_id, asset_id)
WHERE outcome IS NULL;

CALL secure_tenant_table('repair');

GRANT SELECT, INSERT,
UPDATE (returned_on, outcome, cost_pence, fault, supplier) ON repair TO joinedup_app;
