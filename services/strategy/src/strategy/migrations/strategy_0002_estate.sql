-- The estate: assets as the inventory says them, and each school's count of devices.
-- depends: strategy_0001_schools

SET lock_timeout = '2s';

-- One row per asset and LA that ever held it; a row of an LA that it left says so.
CREATE TABLE asset (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    asset_id uuid NOT NULL,
    category text NOT NULL,
    status text NOT NULL,
    purchased_on date,
    version integer NOT NULL,
    is_device boolean NOT NULL,
    CONSTRAINT asset_pkey PRIMARY KEY (la_code, asset_id),
    CONSTRAINT asset_version_check CHECK (version > 0)
);

CREATE INDEX asset_by_school ON asset (la_code, school_id);

CALL secure_tenant_table('asset');

GRANT SELECT, INSERT, UPDATE ON asset TO joinedup_worker;

-- Kept by differences. A check that it is never negative would meet the difference
-- before the sum, since PostgreSQL checks the row proposed before it sees the conflict.
CREATE TABLE device_count (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    devices integer NOT NULL,
    CONSTRAINT device_count_pkey PRIMARY KEY (la_code, school_id)
);

CALL secure_tenant_table('device_count');

GRANT SELECT ON device_count TO joinedup_app;
GRANT SELECT, INSERT, UPDATE ON device_count TO joinedup_worker;
