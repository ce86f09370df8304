-- What agents told: each device, what changed on it, and what was refused.
-- depends: inventory_0020_enrolment inventory_0014_lives

SET lock_timeout = '2s';

-- The row goes with its asset to another school or LA, and before it has one with its
-- school: a device reports for one school at a time.
CREATE TABLE agent_device (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    device_id uuid NOT NULL DEFAULT uuidv7(),
    binding bytea NOT NULL,
    deviceid text NOT NULL,
    kind text NOT NULL,
    name text,
    serial text,
    uuid text,
    macs text [] NOT NULL,
    manufacturer text,
    model text,
    agent text,
    content_hash bytea NOT NULL,
    software_hash bytea,
    taken_at timestamptz,
    first_seen_at timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now(),
    sections jsonb NOT NULL,
    asset_id uuid,
    matched_by text,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT agent_device_pkey PRIMARY KEY (la_code, school_id, device_id),
    CONSTRAINT agent_device_school_fkey FOREIGN KEY (la_code, school_id)
    REFERENCES school (la_code, school_id) ON UPDATE CASCADE,
    CONSTRAINT agent_device_asset_fkey FOREIGN KEY (la_code, school_id, asset_id)
    REFERENCES asset (la_code, school_id, asset_id) ON UPDATE CASCADE,
    CONSTRAINT agent_device_matched_check CHECK (
        matched_by IN ('serial', 'uuid', 'mac', 'tag', 'new', 'hand')
        AND (asset_id IS NULL) = (matched_by IS NULL)
    ),
    CONSTRAINT agent_device_version_check CHECK (version > 0)
);

CREATE UNIQUE INDEX agent_device_binding_unique ON agent_device (binding);
CREATE INDEX agent_device_by_id ON agent_device (device_id);
CREATE INDEX agent_device_by_asset ON agent_device (asset_id)
WHERE asset_id IS NOT NULL;
CREATE INDEX agent_device_by_uuid ON agent_device (school_id, uuid)
WHERE uuid IS NOT NULL;
CREATE INDEX agent_device_of_school_by_seen
ON agent_device (school_id, last_seen_at, device_id);
CREATE INDEX agent_device_of_la_by_seen
ON agent_device (la_code, last_seen_at, device_id);

CREATE TABLE agent_change (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    change_id uuid NOT NULL DEFAULT uuidv7(),
    device_id uuid NOT NULL,
    section text NOT NULL,
    before jsonb NOT NULL,
    after jsonb NOT NULL,
    taken_at timestamptz,
    heard_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT agent_change_pkey PRIMARY KEY (la_code, school_id, change_id),
    CONSTRAINT agent_change_device_fkey FOREIGN KEY (la_code, school_id, device_id)
    REFERENCES agent_device (la_code, school_id, device_id) ON UPDATE CASCADE
);

CREATE INDEX agent_change_of_device ON agent_change (device_id, change_id);

-- A device that may be one asset or another: somebody says which.
CREATE TABLE agent_doubt (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    doubt_id uuid NOT NULL DEFAULT uuidv7(),
    device_id uuid NOT NULL,
    reason text NOT NULL,
    candidates uuid [] NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    resolution text,
    resolved_at timestamptz,
    resolved_by text,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT agent_doubt_pkey PRIMARY KEY (la_code, school_id, doubt_id),
    CONSTRAINT agent_doubt_device_fkey FOREIGN KEY (la_code, school_id, device_id)
    REFERENCES agent_device (la_code, school_id, device_id) ON UPDATE CASCADE,
    CONSTRAINT agent_doubt_resolution_check CHECK (
        resolution IN ('asset', 'new', 'ignored')
        AND (resolution IS NULL) = (resolved_at IS NULL)
        AND (resolution IS NULL) = (resolved_by IS NULL)
    )
);

CREATE INDEX agent_doubt_by_id ON agent_doubt (doubt_id);
CREATE INDEX agent_doubt_of_device ON agent_doubt (device_id);
CREATE INDEX agent_doubt_of_school ON agent_doubt (school_id, doubt_id)
WHERE resolved_at IS NULL;
CREATE INDEX agent_doubt_of_la ON agent_doubt (la_code, doubt_id)
WHERE resolved_at IS NULL;

-- How often agents with a school's key were refused, by day and reason.
CREATE TABLE agent_refusal (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    on_day date NOT NULL,
    reason text NOT NULL,
    times integer NOT NULL,
    last_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT agent_refusal_pkey PRIMARY KEY (la_code, school_id, on_day, reason),
    CONSTRAINT agent_refusal_school_fkey FOREIGN KEY (la_code, school_id)
    REFERENCES school (la_code, school_id) ON UPDATE CASCADE
);

CREATE INDEX agent_refusal_of_school ON agent_refusal (school_id, on_day);

CALL secure_tenant_table('agent_device');
CALL secure_tenant_table('agent_change');
CALL secure_tenant_table('agent_doubt');
CALL secure_tenant_table('agent_refusal');

GRANT SELECT, INSERT, UPDATE ON agent_device TO joinedup_app;
GRANT SELECT, INSERT ON agent_change TO joinedup_app;
GRANT SELECT, INSERT, UPDATE (resolution, resolved_at, resolved_by, version)
ON agent_doubt TO joinedup_app;
GRANT SELECT, INSERT, UPDATE (times, last_at) ON agent_refusal TO joinedup_app;
