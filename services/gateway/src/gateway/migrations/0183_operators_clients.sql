-- The operator's clients have scopes and a limit as those of LAs have. Whoever was here
-- before may do what it did, as often as a client usually may.
-- depends: 0182_failed_sign_ins

SET lock_timeout = '2s';

ALTER TABLE client
ADD COLUMN scopes text [] NOT NULL DEFAULT ARRAY[
    'directory:read', 'people:read', 'inventory:read', 'inventory:write',
    'servicedesk:read', 'servicedesk:write', 'strategy:read'
],
ADD COLUMN requests_per_minute integer DEFAULT 600;

-- As many rows as there are connected systems: looked through at once.
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE client ADD CONSTRAINT client_scopes_check CHECK (
    cardinality(scopes) > 0
    AND scopes <@ ARRAY[
        'directory:read', 'people:read', 'inventory:read', 'inventory:write',
        'servicedesk:read', 'servicedesk:write', 'strategy:read'
    ]
);

-- Nothing said means no limit: only the operator's own hand writes that, to measure by.
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE client ADD CONSTRAINT client_limit_check
CHECK (requests_per_minute BETWEEN 1 AND 6000);
