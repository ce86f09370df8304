-- Sessions of the portal. Not a tenant's: a row is found by the hash of its cookie only.
-- depends: 0001_scope

SET lock_timeout = '2s';

-- The cookie's value is nowhere here, and the tokens cannot be read without a key that
-- is not in the database: neither a copy of this table nor a backup signs anyone in.
CREATE TABLE session (
    session_hash bytea NOT NULL,
    keycloak_sid text NOT NULL,
    principal text NOT NULL,
    display_name text NOT NULL,
    tokens bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now(),
    refresh_at timestamptz NOT NULL,
    unreachable_since_at timestamptz,
    CONSTRAINT session_pkey PRIMARY KEY (session_hash),
    CONSTRAINT session_hash_check CHECK (octet_length(session_hash) = 32)
);

CREATE INDEX session_keycloak ON session (keycloak_sid);
CREATE INDEX session_last_seen ON session (last_seen_at);
CREATE INDEX session_created ON session (created_at);

GRANT SELECT, INSERT, DELETE,
UPDATE (tokens, last_seen_at, refresh_at, unreachable_since_at)
ON session TO joinedup_app;
