-- A consortium's system sends the register of its region's schools: the operator's
-- clients may be let change the directory, which no LA lets a client do.
-- depends: 0183_operators_clients

SET lock_timeout = '2s';

-- What is dropped comes back wider in the same statement; as many rows as there are
-- connected systems.
-- squawk-ignore-file constraint-missing-not-valid, ban-drop-constraint
ALTER TABLE client
DROP CONSTRAINT client_scopes_check,
ADD CONSTRAINT client_scopes_check CHECK (
    cardinality(scopes) > 0
    AND scopes <@ ARRAY[
        'directory:read', 'directory:write', 'people:read', 'inventory:read',
        'inventory:write', 'servicedesk:read', 'servicedesk:write', 'strategy:read'
    ]
),
ALTER COLUMN scopes SET DEFAULT ARRAY[
    'directory:read', 'directory:write', 'people:read', 'inventory:read',
    'inventory:write', 'servicedesk:read', 'servicedesk:write', 'strategy:read'
];

-- Those that had every scope there was do what they did before scopes were said.
UPDATE client SET scopes = scopes || ARRAY['directory:write']
WHERE cardinality(scopes) = 7;
