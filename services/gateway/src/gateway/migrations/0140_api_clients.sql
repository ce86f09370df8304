-- API clients that an LA's managers make: what they may do where, and their secrets.
-- depends: 0122_people_in_sets

SET lock_timeout = '2s';

-- An LA's system: `la_code` is whose it is, `place_la_code` where it works. These are the
-- same but for a sandbox client, which works where nothing real is.
CREATE TABLE api_client (
    la_code text NOT NULL,
    api_client_id uuid NOT NULL DEFAULT uuidv7(),
    name text NOT NULL,
    contact text NOT NULL,
    scopes text [] NOT NULL,
    place_la_code text NOT NULL,
    is_of_whole_la boolean NOT NULL,
    is_sandbox boolean NOT NULL,
    requests_per_minute integer NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    made_by uuid,
    withdrawn_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT api_client_pkey PRIMARY KEY (la_code, api_client_id),
    CONSTRAINT api_client_la_fkey FOREIGN KEY (la_code)
    REFERENCES local_authority (la_code),
    CONSTRAINT api_client_place_fkey FOREIGN KEY (place_la_code)
    REFERENCES local_authority (la_code),
    CONSTRAINT api_client_maker_fkey FOREIGN KEY (made_by)
    REFERENCES person (person_id),
    CONSTRAINT api_client_place_check CHECK (is_sandbox OR place_la_code = la_code),
    CONSTRAINT api_client_scopes_check CHECK (
        cardinality(scopes) > 0
        AND scopes <@ ARRAY[
            'directory:read', 'people:read', 'inventory:read', 'inventory:write',
            'servicedesk:read', 'servicedesk:write', 'strategy:read'
        ]
    ),
    CONSTRAINT api_client_limit_check CHECK (requests_per_minute BETWEEN 1 AND 6000)
);

CREATE UNIQUE INDEX api_client_name_unique ON api_client (la_code, lower(name))
WHERE withdrawn_at IS NULL;
CREATE INDEX api_client_id ON api_client (api_client_id);
CREATE INDEX api_client_maker ON api_client (made_by);

-- The schools in which a client works that is not of the whole LA. What is tied to a
-- school goes with it to another LA, where the client has no business any more.
CREATE TABLE api_client_school (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    client_la_code text NOT NULL,
    api_client_id uuid NOT NULL,
    CONSTRAINT api_client_school_pkey PRIMARY KEY (school_id, api_client_id),
    CONSTRAINT api_client_school_school_fkey FOREIGN KEY (la_code, school_id)
    REFERENCES school (la_code, school_id) ON UPDATE CASCADE,
    CONSTRAINT api_client_school_client_fkey FOREIGN KEY (client_la_code, api_client_id)
    REFERENCES api_client (la_code, api_client_id)
);

CREATE INDEX api_client_school_client
ON api_client_school (client_la_code, api_client_id);

-- A client id and its secret, as Keycloak has them; two of a client overlap while its
-- secret is being changed. The secret is here only until Keycloak has it, and sealed.
CREATE TABLE api_credential (
    la_code text NOT NULL,
    credential_id uuid NOT NULL DEFAULT uuidv7(),
    api_client_id uuid NOT NULL,
    client_id text NOT NULL,
    sealed_secret bytea,
    made_at timestamptz NOT NULL DEFAULT now(),
    ends_at timestamptz,
    kept_at timestamptz,
    removed_at timestamptz,
    last_used_at timestamptz,
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT api_credential_pkey PRIMARY KEY (la_code, credential_id),
    CONSTRAINT api_credential_client_id_unique UNIQUE (client_id),
    CONSTRAINT api_credential_client_id_check CHECK (client_id ~ '^api-[0-9a-f]{20}$'),
    CONSTRAINT api_credential_client_fkey FOREIGN KEY (la_code, api_client_id)
    REFERENCES api_client (la_code, api_client_id)
);

CREATE INDEX api_credential_client ON api_credential (la_code, api_client_id);
CREATE INDEX api_credential_due ON api_credential (next_attempt_at)
WHERE kept_at IS NULL OR (ends_at IS NOT NULL AND removed_at IS NULL);

-- The gateway itself finds whose a token is, before anybody's scope is known.
ALTER TABLE api_client ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_client FORCE ROW LEVEL SECURITY;
CREATE POLICY api_client_read ON api_client FOR SELECT
USING (
    la_code = ANY((SELECT scope_read_las())::text [])
    OR (SELECT scope_principal()) = 'service:gateway'
);
CREATE POLICY api_client_insert ON api_client FOR INSERT
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY api_client_update ON api_client FOR UPDATE
USING (la_code = ANY((SELECT scope_write_las())::text []))
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY api_client_delete ON api_client FOR DELETE
USING (la_code = ANY((SELECT scope_write_las())::text []));

ALTER TABLE api_client_school ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_client_school FORCE ROW LEVEL SECURITY;
CREATE POLICY api_client_school_read ON api_client_school FOR SELECT
USING (
    la_code = ANY((SELECT scope_read_las())::text [])
    OR (SELECT scope_principal()) = 'service:gateway'
);
CREATE POLICY api_client_school_insert ON api_client_school FOR INSERT
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY api_client_school_update ON api_client_school FOR UPDATE
USING (la_code = ANY((SELECT scope_write_las())::text []))
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY api_client_school_delete ON api_client_school FOR DELETE
USING (la_code = ANY((SELECT scope_write_las())::text []));

ALTER TABLE api_credential ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_credential FORCE ROW LEVEL SECURITY;
CREATE POLICY api_credential_read ON api_credential FOR SELECT
USING (
    la_code = ANY((SELECT scope_read_las())::text [])
    OR (SELECT scope_principal()) = 'service:gateway'
);
CREATE POLICY api_credential_insert ON api_credential FOR INSERT
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY api_credential_update ON api_credential FOR UPDATE
USING (
    la_code = ANY((SELECT scope_write_las())::text [])
    OR (SELECT scope_principal()) = 'service:gateway'
)
WITH CHECK (
    la_code = ANY((SELECT scope_write_las())::text [])
    OR (SELECT scope_principal()) = 'service:gateway'
);
CREATE POLICY api_credential_delete ON api_credential FOR DELETE
USING (la_code = ANY((SELECT scope_write_las())::text []));

-- How much of a minute's quota is given out to the processes of the gateway. Lost with a
-- crash of the database, when every client begins a new minute.
CREATE UNLOGGED TABLE api_quota (
    principal text NOT NULL,
    minute integer NOT NULL,
    given integer NOT NULL,
    CONSTRAINT api_quota_pkey PRIMARY KEY (principal)
);

ALTER TABLE api_quota ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_quota FORCE ROW LEVEL SECURITY;
CREATE POLICY api_quota_gateway ON api_quota
USING ((SELECT scope_principal()) = 'service:gateway')
WITH CHECK ((SELECT scope_principal()) = 'service:gateway');

GRANT SELECT, INSERT, UPDATE (
    name, contact, scopes, is_of_whole_la, requests_per_minute, withdrawn_at, version
) ON api_client TO joinedup_app;
GRANT SELECT, INSERT, DELETE ON api_client_school TO joinedup_app;
GRANT SELECT, INSERT, UPDATE (ends_at, last_used_at, next_attempt_at)
ON api_credential TO joinedup_app;
GRANT SELECT, INSERT, UPDATE ON api_quota TO joinedup_app;
GRANT SELECT, UPDATE ON api_credential TO joinedup_worker;
