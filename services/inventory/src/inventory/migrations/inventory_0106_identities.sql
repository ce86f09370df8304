-- By what a device is found to be an asset stands where an index leads to it: row
-- security lets neither lower() nor the operators of arrays go before it.
-- depends: inventory_0105_far_days

SET lock_timeout = '2s';

-- The table is written anew, once; its readers wait for that anyway.
-- squawk-ignore-file adding-field-with-default, require-concurrent-index-creation
-- squawk-ignore-file ban-drop-column
ALTER TABLE asset
ADD COLUMN sort_serial text GENERATED ALWAYS AS (lower(serial)) STORED;

CREATE INDEX asset_by_serial ON asset (school_id, sort_serial)
WHERE sort_serial IS NOT NULL;

CREATE TABLE agent_mac (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    device_id uuid NOT NULL,
    mac text NOT NULL,
    CONSTRAINT agent_mac_pkey PRIMARY KEY (la_code, school_id, device_id, mac),
    CONSTRAINT agent_mac_device_fkey FOREIGN KEY (la_code, school_id, device_id)
    REFERENCES agent_device (la_code, school_id, device_id) ON UPDATE CASCADE
);

CREATE INDEX agent_mac_by_mac ON agent_mac (school_id, mac, device_id);

ALTER TABLE agent_device NO FORCE ROW LEVEL SECURITY;

INSERT INTO agent_mac (la_code, school_id, device_id, mac)
SELECT DISTINCT
    d.la_code,
    d.school_id,
    d.device_id,
    told.mac
FROM agent_device AS d
CROSS JOIN LATERAL unnest(d.macs) AS told (mac);

ALTER TABLE agent_device FORCE ROW LEVEL SECURITY;

ALTER TABLE agent_device DROP COLUMN macs;

CALL secure_tenant_table('agent_mac');

GRANT SELECT, INSERT, DELETE ON agent_mac TO joinedup_app;
